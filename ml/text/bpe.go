package text

import (
	"descent/ml/config"
)

// BPE is byte-pair encoding (Gage 1994; Sennrich, Haddow and Birch 2016) of
// bytes, as GPT-2 has it: the tokens are first the 256 bytes and then what
// pairs of tokens were merged to, so any text has tokens and none is unknown. A
// text is cut into pieces (a word with the space before it, a number, signs),
// and merges never reach across.
type BPE struct {
	vocabulary
	merges [][2]int
	into   map[pair]int32 // the token that a pair becomes
}

// A pair is two tokens, the first above the second.
type pair uint64

func pairOf(a, b int32) pair { return pair(a)<<32 | pair(b) }

func (p pair) split() (a, b int32) { return int32(p >> 32), int32(p) }

const bytesOnly = 256 // tokens before the first merge

func newBPE(merges [][2]int, special []string) *BPE {
	texts := make([]string, bytesOnly, bytesOnly+len(merges))
	for i := range texts {
		texts[i] = string([]byte{byte(i)})
	}
	b := &BPE{merges: merges, into: make(map[pair]int32, len(merges))}
	for _, m := range merges {
		b.into[pairOf(int32(m[0]), int32(m[1]))] = int32(len(texts))
		texts = append(texts, texts[m[0]]+texts[m[1]])
	}
	b.vocabulary = newVocabulary(texts, special)
	return b
}

func (b *BPE) Kind() string { return Pieces }

// Merges returns which two tokens became each token after the bytes, in the
// order in which they were found: merge i makes token 256+i. It must not be
// written.
func (b *BPE) Merges() [][2]int { return b.merges }

// Encode merges, in each piece, the pair that was found first, as often as
// there is one.
func (b *BPE) Encode(dst []int, s string) []int {
	var done map[string][2]int // where dst has the tokens of pieces that came before
	if len(s) > 1<<10 {
		done = map[string][2]int{}
	}
	for s != "" {
		piece := s[:nextPiece(s)]
		s = s[len(piece):]
		if at, ok := done[piece]; ok {
			dst = append(dst, dst[at[0]:at[1]]...)
			continue
		}
		from := len(dst)
		dst = b.piece(dst, piece)
		if done != nil {
			done[piece] = [2]int{from, len(dst)}
		}
	}
	return dst
}

// piece appends the tokens of one piece.
func (b *BPE) piece(dst []int, s string) []int {
	from := len(dst)
	for i := range len(s) {
		dst = append(dst, int(s[i]))
	}
	for {
		tokens := dst[from:]
		best, at := int32(-1), 0
		for i := 1; i < len(tokens); i++ {
			if t, ok := b.into[pairOf(int32(tokens[i-1]), int32(tokens[i]))]; ok && (best < 0 || t < best) {
				best, at = t, i-1
			}
		}
		if best < 0 {
			return dst
		}
		first, second := tokens[at], tokens[at+1]
		out := tokens[:at]
		for i := at; i < len(tokens); i++ {
			if i+1 < len(tokens) && tokens[i] == first && tokens[i+1] == second {
				out = append(out, int(best))
				i++
			} else {
				out = append(out, tokens[i])
			}
		}
		dst = dst[:from+len(out)]
	}
}

func (b *BPE) Value() *config.Value {
	list := config.List()
	for _, m := range b.merges {
		list.Items = append(list.Items, config.List(config.Num(float64(m[0])), config.Num(float64(m[1]))))
	}
	return b.value(Pieces, "merges", list)
}
