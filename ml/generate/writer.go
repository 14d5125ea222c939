package generate

import (
	"strings"
	"unicode/utf8"

	"descent/ml/text"
)

// A writer turns tokens into text as they come. A token of bytes may hold a
// part of a character, which is held back until the whole is there.
type writer struct {
	tok  text.Tokenizer
	held []byte // the beginning of a character
	one  [1]int
}

// reset begins after a text.
func (w *writer) reset(before []int) {
	w.held = append(w.held[:0], broken(w.tok.Decode(before[max(0, len(before)-utf8.UTFMax):]))...)
}

// add returns the text that a token adds, as far as it is whole. At the end
// what is left of a character becomes U+FFFD, as does what is no UTF-8.
func (w *writer) add(token int, end bool) string {
	w.one[0] = token
	s := w.tok.Decode(w.one[:])
	if len(w.held) > 0 {
		s = string(w.held) + s
		w.held = w.held[:0]
	}
	if !end {
		part := broken(s)
		w.held = append(w.held, part...)
		s = s[:len(s)-len(part)]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// broken returns the beginning of a character that a text ends with.
func broken(s string) string {
	for n := 1; n < utf8.UTFMax && n <= len(s); n++ {
		if last := s[len(s)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRuneInString(last) {
				return last
			}
			return ""
		}
	}
	return ""
}
