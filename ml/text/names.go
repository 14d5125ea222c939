package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Names returns a name for each token that can be shown: its text, with what
// has no sign of its own written as in Go: "\n", "\xe4".
func Names(t Tokenizer) []string {
	names := make([]string, len(t.Vocabulary()))
	for i, s := range t.Vocabulary() {
		names[i] = name(s)
	}
	return names
}

func name(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i]), 16))
		} else if strconv.IsPrint(r) {
			b.WriteString(s[i : i+n])
		} else {
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		i += n
	}
	return b.String()
}

// Lengths returns how many characters each token stands for. The bytes of a
// character that is cut into several tokens count for the token that has its
// first. A special token counts as one: it stands for a word that is not
// known, or the end of a line.
func Lengths(t Tokenizer) []int {
	lengths := make([]int, len(t.Vocabulary()))
	special := t.Special()
	for i, s := range t.Vocabulary() {
		switch i {
		case special.Pad, special.Begin, special.End, special.Unknown, special.Mask:
			lengths[i] = 1
			continue
		}
		for j := range len(s) {
			if utf8.RuneStart(s[j]) {
				lengths[i]++
			}
		}
	}
	return lengths
}
