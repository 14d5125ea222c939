package data

import (
	"descent/ml/config"
	"descent/ml/text"
)

// maxLength bounds the steps of a sample, as the context of a text is bounded.
const maxLength = 1 << 14

// strung holds the tokens of many short texts, one after the other.
type strung struct {
	tokens []uint16
	ends   []int
}

func newStrung(t text.Tokenizer, list []string) *strung {
	s := &strung{ends: make([]int, len(list))}
	var one []int
	for i, item := range list {
		one = t.Encode(one[:0], item)
		for _, n := range one {
			s.tokens = append(s.tokens, uint16(n))
		}
		s.ends[i] = len(s.tokens)
	}
	return s
}

func (s *strung) of(i int) []uint16 {
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.tokens[from:s.ends[i]]
}

// steps returns how many steps a sample takes that has so many more than its
// text has tokens: as asked, or as the longest text wants.
func (s *strung) steps(from string, asked, more int) (int, error) {
	if asked > 0 {
		return asked, nil
	}
	longest, at := 0, 0
	for i := range s.ends {
		if n := len(s.of(i)); n > longest {
			longest, at = n, i
		}
	}
	if longest+more > maxLength {
		return 0, &FileError{File: from, Want: maxLength, Have: int64(longest + more),
			Msg: config.Say("text %s is %s tokens long; at most %s are handled: set length, to read the beginning of long ones", config.Group(at+1), config.Group(longest), config.Group(maxLength-more))}
	}
	return max(1, longest+more), nil
}

// classed is samples of which only the classes are known yet.
type classed []int

func (c classed) Len() int                   { return len(c) }
func (c classed) Label(i int) int            { return c[i] }
func (c classed) Read(i int, x, y []float32) { y[0] = float32(c[i]) }
