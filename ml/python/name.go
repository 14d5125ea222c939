package python

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// keywords cannot be names.
var keywords = strings.Fields(`False None True and as assert async await break case class continue def del elif else except
	finally for from global if import in is lambda match nonlocal not or pass raise return try type while with yield`)

// Names gives parts of a program names that Python takes.
type Names struct {
	taken []string
	names map[string]string
}

// NewNames returns names that keep away from those that are taken, which are
// words with spaces between them.
func NewNames(taken string) *Names {
	return &Names{taken: append(strings.Fields(taken), keywords...), names: map[string]string{}}
}

// Of returns the name of what is called id: the id itself where that will do.
func (n *Names) Of(id string) string {
	if name, ok := n.names[id]; ok {
		return name
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', unicode.Is(unicode.Han, r):
			return r
		case r == '-':
			return '_'
		}
		return -1
	}, id)
	if plain == "" || plain[0] >= '0' && plain[0] <= '9' || strings.HasPrefix(plain, "_") {
		plain = "layer" + plain
	}
	name := plain
	for i := 2; slices.Contains(n.taken, name); i++ {
		name = plain + "_" + strconv.Itoa(i)
	}
	n.taken = append(n.taken, name)
	n.names[id] = name
	return name
}

// Comment writes sentences as a comment of lines that are not too long, behind
// an indentation.
func Comment(indent, text string) string {
	const width = 100
	var b strings.Builder
	line := indent + "#"
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > width && len(line) > len(indent)+1 {
			b.WriteString(line + "\n")
			line = indent + "#"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
	return b.String()
}
