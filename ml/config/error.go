package config

import (
	"errors"
	"fmt"
	"strings"
)

// An Error is one problem of a document, with its place in it.
type Error struct {
	Node  string // id of the model node, if it is about one
	Field string // dotted path: "train.batch"; within a node only the field: "units"
	Line  int    // from 1; 0 when unknown
	Col   int
	Msg   string  // what is wrong and what to do
	Fix   string  // name of a mend that a user interface can offer, or ""
	Said  Message // Msg and what it was made of; without a Format when that is not known
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&b, "line %d, column %d: ", e.Line, e.Col)
	}
	if e.Node != "" {
		fmt.Fprintf(&b, "node %q: ", e.Node)
	}
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	return b.String() + e.Msg
}

// Errors is every problem found, in document order.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns nil when there are no problems.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// Add notes a problem at the place of a value, which may be nil.
func (e *Errors) Add(at *Value, node, field, format string, args ...any) *Error {
	one := Problem(format, args...)
	one.Node, one.Field = node, field
	if at != nil {
		one.Line, one.Col = at.Line, at.Col
	}
	*e = append(*e, one)
	return one
}

// All returns the problems in err, one or many, and whether it holds any.
func All(err error) (Errors, bool) {
	var many Errors
	if errors.As(err, &many) {
		return many, true
	}
	var one *Error
	if errors.As(err, &one) {
		return Errors{one}, true
	}
	return nil, false
}

// Nearest returns the name most like a misspelt one, or "" when none is near:
// at most a third of its letters differ (Levenshtein distance).
func Nearest(word string, names []string) string {
	best, least := "", min(len(word)/3+2, len(word)) // something of it must be right
	for _, name := range names {
		if d := distance(word, name); d < least {
			best, least = name, d
		}
	}
	return best
}

func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// Misnamed words the problem of a name that is not among those known, but may
// be what others call one of them: also maps such names, in small letters and
// without "_" and "-", to ours.
func Misnamed(what, name string, known []string, also map[string]string) Message {
	folded := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
	if ours, ok := also[folded]; ok {
		return Say("there is no %s %q; did you mean %q?", Word(what), name, ours)
	}
	return Unknown(what, name, known)
}

// Unknown words the problem of a name that is not among those known.
func Unknown(what, name string, known []string) Message {
	thing := Word(what)
	if near := Nearest(name, known); near != "" {
		return Say("there is no %s %q; did you mean %q?", thing, name, near)
	}
	return Say("there is no %s %q; there are %s", thing, name, strings.Join(known, ", "))
}
