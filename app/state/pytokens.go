package state

import (
	"slices"
	"strings"
)

// A Token is a part of a Python program that stands out: a comment, a text, a number or a word of the language.
type Token struct {
	Kind     string // "comment", "text", "number", "word"
	From, To int    // bytes
}

var pythonWords = strings.Fields(`False None True and as assert async await break class continue def del elif else except finally for from global if
	import in is lambda nonlocal not or pass raise return try while with yield self`)

// Tokens finds them. It is for showing programs, so what it does not know it passes over.
func Tokens(text string) (out []Token) {
	add := func(kind string, from, to int) int {
		out = append(out, Token{kind, from, to})
		return to
	}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '#':
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				end = len(text) - i
			}
			i = add("comment", i, i+end)
		case strings.HasPrefix(text[i:], `"""`):
			end := strings.Index(text[i+3:], `"""`)
			if end < 0 {
				end = len(text) - i - 6
			}
			i = add("text", i, i+end+6)
		case c == '"':
			end := i + 1
			for end < len(text) && text[end] != '"' && text[end] != '\n' {
				if text[end] == '\\' {
					end++
				}
				end++
			}
			i = add("text", i, min(end+1, len(text)))
		case c >= '0' && c <= '9':
			end := i
			for end < len(text) && (letter(text[end]) || text[end] == '.' || (text[end] == '-' || text[end] == '+') && text[end-1] == 'e') {
				end++
			}
			i = add("number", i, end)
		case letter(c):
			end := i
			for end < len(text) && letter(text[end]) {
				end++
			}
			if slices.Contains(pythonWords, text[i:end]) {
				add("word", i, end)
			}
			i = end
		default:
			i++
		}
	}
	return out
}

// letter reports whether a byte belongs to a name or a number.
func letter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
