// Package python writes Python: names, numbers and calls, and the pieces that
// programs are put together from. It knows no library; what a layer, a loss or
// an optimizer is called elsewhere, it says itself.
package python

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Piece is what a part of an experiment becomes in a program.
type Piece struct {
	Expr  string   // the part itself, an expression
	Notes []string // what has no equivalent, in whole sentences
	Defs  []Def    // functions and classes that the expression needs
}

// A Def is a function or class of a program. Programs have one of each name.
type Def struct {
	Name, Text string
	Needs      []Def // what it calls
}

// Note adds a sentence about what has no equivalent.
func (p *Piece) Note(format string, args ...any) {
	if note := fmt.Sprintf(format, args...); !slices.Contains(p.Notes, note) {
		p.Notes = append(p.Notes, note)
	}
}

// Need adds a function or class, and those that it calls before it.
func (p *Piece) Need(defs ...Def) {
	for _, d := range defs {
		if slices.ContainsFunc(p.Defs, func(have Def) bool { return have.Name == d.Name }) {
			continue
		}
		p.Need(d.Needs...)
		p.Defs = append(p.Defs, d)
	}
}

// Call writes a call. Arguments are values as Literal writes them, Raw
// expressions, and Named ones, of which those without a value are left out.
func Call(name string, args ...any) string {
	var b strings.Builder
	b.WriteString(name + "(")
	first := true
	for _, a := range args {
		if n, named := a.(Named); named && n.Value == nil {
			continue
		}
		if !first {
			b.WriteString(", ")
		}
		first = false
		b.WriteString(Literal(a))
	}
	b.WriteString(")")
	return b.String()
}

// Raw is an expression as it stands.
type Raw string

// Named is an argument with its name.
type Named struct {
	Name  string
	Value any
}

// Arg names an argument.
func Arg(name string, value any) Named { return Named{name, value} }

// Unless names an argument that is left out where it has its usual value.
func Unless[T comparable](name string, value, usual T) Named {
	if value == usual {
		return Named{Name: name}
	}
	return Named{name, value}
}

// Literal writes a value: True, 0.001, 1e-07, "same", (3, 3), [1, 2].
func Literal(v any) string {
	switch v := v.(type) {
	case Raw:
		return string(v)
	case Named:
		return v.Name + "=" + Literal(v.Value)
	case string:
		return Quote(v)
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int:
		return strconv.Itoa(v)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float64:
		return Float(v)
	case [2]int:
		if v[0] == v[1] {
			return strconv.Itoa(v[0])
		}
		return fmt.Sprintf("(%d, %d)", v[0], v[1])
	case []int:
		return Tuple(v...)
	}
	panic(fmt.Sprintf("python: no literal for %T", v))
}

// Tuple writes whole numbers as a tuple.
func Tuple(v ...int) string {
	text := make([]string, len(v))
	for i, n := range v {
		text[i] = strconv.Itoa(n)
	}
	if len(text) == 1 {
		return "(" + text[0] + ",)"
	}
	return "(" + strings.Join(text, ", ") + ")"
}

// Float writes a number so that Python reads the same one, and a float.
func Float(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return `float("inf")`
	case math.IsInf(v, -1):
		return `float("-inf")`
	case math.IsNaN(v):
		return `float("nan")`
	}
	text := strconv.FormatFloat(v, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// Quote writes a text. Characters beyond ASCII stay as they are, since Python
// reads UTF-8.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 || r == 0xfffd:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
