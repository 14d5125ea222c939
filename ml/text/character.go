package text

import (
	"strings"
	"unicode/utf8"

	"descent/ml/config"
)

// characters has a token for each character, which is a code point: a letter
// with a combining accent is two.
type characters struct {
	vocabulary
	ascii [utf8.RuneSelf]int32 // the token of each; -1 where there is none
	more  map[rune]int32
}

func newCharacters(runes []rune, special []string) *characters {
	texts := make([]string, len(runes))
	for i, r := range runes {
		texts[i] = string(r)
	}
	c := &characters{vocabulary: newVocabulary(texts, special), more: map[rune]int32{}}
	for i := range c.ascii {
		c.ascii[i] = -1
	}
	for i, r := range runes {
		if r < utf8.RuneSelf {
			c.ascii[r] = int32(i)
		} else {
			c.more[r] = int32(i)
		}
	}
	return c
}

func (c *characters) Kind() string { return Characters }

func (c *characters) Encode(dst []int, s string) []int {
	for i := 0; i < len(s); {
		token, known := int32(-1), false
		n := 1
		if b := s[i]; b < utf8.RuneSelf {
			token = c.ascii[b]
			known = token >= 0
		} else {
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || n > 1 {
				token, known = c.more[r]
			}
		}
		i += n
		if known {
			dst = append(dst, int(token))
		} else {
			dst = c.unknown(dst)
		}
	}
	return dst
}

func (c *characters) Value() *config.Value {
	return c.value(Characters, "characters", config.Text(strings.Join(c.texts[:c.ordinary], "")))
}
