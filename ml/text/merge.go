package text

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"descent/ml/config"
)

// maxTraining is how much text merges are looked for in; the rest is encoded
// with what was found.
const maxTraining = 1 << 24

// trainPieces finds merges until there are enough tokens. Each merge is of the
// pair that comes most often at the time; of pairs that come as often, the one
// with the smaller first token, and then the smaller second. A pair that comes
// once is not merged: it would save nothing.
func trainPieces(size int, special, texts []string) (Tokenizer, error) {
	if size == 0 {
		size = defaultPieces
	}
	wanted := size - bytesOnly - len(special)
	if wanted < 0 {
		return nil, config.Problem("%d is too few: byte-pair encoding begins with the 256 bytes, and there are %d special tokens; set vocabulary to %d or more",
			size, len(special), bytesOnly+len(special)).At("vocabulary")
	}
	m := newMerger(texts)
	var merges [][2]int
	for len(merges) < wanted {
		best, ok := m.best()
		if !ok {
			have := bytesOnly + len(merges) + len(special)
			return nil, config.Problem("the text gives %s tokens and no more: no pair of them comes twice; set vocabulary to %s at most, or bring a longer text",
				group(have), group(have)).At("vocabulary")
		}
		a, b := best.split()
		merges = append(merges, [2]int{int(a), int(b)})
		m.merge(best, int32(bytesOnly+len(merges)-1))
	}
	return newBPE(merges, special), nil
}

// A merger counts pairs of tokens, and keeps the counts while it merges: what a
// merge costs goes by how often its pair comes. Equal pieces are kept once.
type merger struct {
	pieces [][]int32 // the tokens of each
	count  []int     // how often each comes
	pairs  map[pair]*occurrences
	heap   []candidate // what was the count of a pair at some time, the largest first
}

type occurrences struct {
	count  int
	pieces []int32 // that have the pair, or had it once
}

type candidate struct {
	count int
	pair  pair
}

func newMerger(texts []string) *merger {
	m := &merger{pairs: map[pair]*occurrences{}}
	number := map[string]int{}
	left := maxTraining
	for _, s := range texts {
		s = s[:min(len(s), left)]
		left -= len(s)
		for s != "" {
			piece := s[:nextPiece(s)]
			s = s[len(piece):]
			if i, ok := number[piece]; ok {
				m.count[i]++
				continue
			}
			number[piece] = len(m.pieces)
			tokens := make([]int32, len(piece))
			for i := range tokens {
				tokens[i] = int32(piece[i])
			}
			m.pieces, m.count = append(m.pieces, tokens), append(m.count, 1)
		}
	}
	for i, tokens := range m.pieces {
		for j := 1; j < len(tokens); j++ {
			m.add(pairOf(tokens[j-1], tokens[j]), m.count[i], int32(i))
		}
	}
	for p, o := range m.pairs {
		m.heap = append(m.heap, candidate{o.count, p})
	}
	slices.SortFunc(m.heap, before) // sorted is a heap, and the same one each time
	return m
}

// before orders candidates as they are to be merged.
func before(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.pair, b.pair))
}

// add counts a pair of a piece so many times more.
func (m *merger) add(p pair, n int, piece int32) {
	o := m.pairs[p]
	if o == nil {
		o = &occurrences{}
		m.pairs[p] = o
	}
	o.count += n
	if last := len(o.pieces) - 1; last < 0 || o.pieces[last] != piece {
		o.pieces = append(o.pieces, piece)
	}
}

// best takes the pair to merge next from the heap; false when none comes twice.
func (m *merger) best() (pair, bool) {
	for len(m.heap) > 0 {
		top := m.heap[0]
		if top.count < 2 {
			return 0, false
		}
		m.pop()
		if o := m.pairs[top.pair]; o != nil && o.count == top.count {
			return top.pair, true
		}
	}
	return 0, false
}

// merge makes one token of a pair wherever it comes.
func (m *merger) merge(p pair, into int32) {
	a, b := p.split()
	changed := map[pair]bool{}
	where := m.pairs[p].pieces
	slices.Sort(where)
	for _, i := range slices.Compact(where) {
		tokens, n := m.pieces[i], m.count[i]
		out := tokens[:0]
		for j := 0; j < len(tokens); j++ {
			if tokens[j] != a || j+1 == len(tokens) || tokens[j+1] != b {
				out = append(out, tokens[j])
				continue
			}
			if len(out) > 0 {
				left := out[len(out)-1]
				m.lose(pairOf(left, a), n, changed)
				m.gain(pairOf(left, into), n, i, changed)
			}
			if j+2 < len(tokens) {
				right := tokens[j+2]
				m.lose(pairOf(b, right), n, changed)
				m.gain(pairOf(into, right), n, i, changed)
			}
			out = append(out, into)
			j++
		}
		m.pieces[i] = out
	}
	delete(m.pairs, p)
	delete(changed, p)
	order := make([]pair, 0, len(changed))
	for q := range changed {
		order = append(order, q)
	}
	slices.Sort(order)
	for _, q := range order {
		if c := m.pairs[q].count; c > 1 {
			m.push(candidate{c, q})
		}
	}
}

func (m *merger) gain(p pair, n int, piece int32, changed map[pair]bool) {
	m.add(p, n, piece)
	changed[p] = true
}

func (m *merger) lose(p pair, n int, changed map[pair]bool) {
	m.pairs[p].count -= n
	changed[p] = true
}

func (m *merger) push(c candidate) {
	m.heap = append(m.heap, c)
	for i := len(m.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if before(m.heap[up], m.heap[i]) <= 0 {
			return
		}
		m.heap[up], m.heap[i] = m.heap[i], m.heap[up]
		i = up
	}
}

func (m *merger) pop() {
	last := len(m.heap) - 1
	m.heap[0] = m.heap[last]
	m.heap = m.heap[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			return
		}
		if down+1 < last && before(m.heap[down+1], m.heap[down]) < 0 {
			down++
		}
		if before(m.heap[i], m.heap[down]) <= 0 {
			return
		}
		m.heap[i], m.heap[down] = m.heap[down], m.heap[i]
		i = down
	}
}

// nextPiece returns the length of the first piece of a text: letters, digits,
// ideographs or other signs in a row, with one space before them; an apostrophe
// and the letters after it; or white space, without the one space that goes
// with what follows.
func nextPiece(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if classOf(r) == space {
		white := run(s, space, maxPiece)
		if white == len(s) {
			return white
		}
		next, _ := utf8.DecodeRuneInString(s[white:])
		switch {
		case s[white-1] != ' ' || classOf(next) == space:
			return white
		case white > 1:
			return white - 1
		}
		return 1 + run(s[1:], classOf(next), maxPiece-1)
	}
	if apostrophe(r) && letterFollows(s[n:]) {
		return n + run(s[n:], letter, maxPiece-n)
	}
	return run(s, classOf(r), maxPiece)
}
