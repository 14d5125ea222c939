package text

import (
	"fmt"
	"slices"
	"strconv"
)

// Names of special tokens, as a vocabulary has them.
const (
	Pad     = "<pad>"
	Begin   = "<begin>"
	End     = "<end>"
	Unknown = "<unknown>"
	Mask    = "<mask>"
)

var specialNames = []string{Pad, Begin, End, Unknown, Mask}

// A vocabulary is what every tokenizer has: the text of each token. The special
// ones are the last.
type vocabulary struct {
	texts    []string
	ordinary int // tokens that are not special
	special  Special
}

func newVocabulary(texts []string, special []string) vocabulary {
	v := vocabulary{ordinary: len(texts), special: NoSpecial}
	v.texts = append(slices.Clone(texts), special...)
	for i, name := range special {
		*v.special.number(name) = v.ordinary + i
	}
	return v
}

// Set notes the number of the special token of that name; other names say
// nothing.
func (s *Special) Set(name string, token int) {
	if p := s.number(name); p != nil {
		*p = token
	}
}

// number returns where the number of a special token is kept; nil for another name.
func (s *Special) number(name string) *int {
	switch name {
	case Pad:
		return &s.Pad
	case Begin:
		return &s.Begin
	case End:
		return &s.End
	case Unknown:
		return &s.Unknown
	case Mask:
		return &s.Mask
	}
	return nil
}

func (v *vocabulary) Vocabulary() []string { return v.texts }

func (v *vocabulary) Special() Special { return v.special }

// unknown appends the token of what the vocabulary lacks.
func (v *vocabulary) unknown(dst []int) []int {
	if v.special.Unknown >= 0 {
		dst = append(dst, v.special.Unknown)
	}
	return dst
}

func (v *vocabulary) Decode(tokens []int) string {
	n := 0
	for _, t := range tokens {
		if uint(t) >= uint(len(v.texts)) {
			panic(fmt.Sprintf("text: token %d of %d", t, len(v.texts)))
		}
		if t < v.ordinary {
			n += len(v.texts[t])
		}
	}
	out := make([]byte, 0, n)
	for _, t := range tokens {
		if t < v.ordinary {
			out = append(out, v.texts[t]...)
		}
	}
	return string(out)
}

// specials returns the names of the special tokens, in the order of their numbers.
func (v *vocabulary) specials() []string { return v.texts[v.ordinary:] }

// group writes a number with separators: 65,536.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
