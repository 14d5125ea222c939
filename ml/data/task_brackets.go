package data

import (
	"slices"

	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

func init() {
	Register(Info{
		Type: "brackets", Title: "Brackets", Kind: "task", Made: true,
		Doc: "Does every bracket that opens close again, in the right order? Half of the rows do; of the others half go wrong at one place only.",
		New: func() Source { return &brackets{task: newTask(8000, 1000, ""), longest: 16, kinds: 2} },
	})
}

// brackets asks whether rows of brackets are balanced. All have an even number
// of signs, and half are balanced. Sign 2k opens the k-th kind, and 2k+1 closes it.
type brackets struct {
	task
	longest int
	kinds   int
}

const bracketSigns = "()[]{}"

func (b *brackets) Fields() []config.Field {
	return append(b.amounts(),
		config.Int("max_length", &b.longest, 2, 64, "how many brackets the longest row has; every even number up to it is as frequent, as far as there are different rows"),
		config.Int("kinds", &b.kinds, 1, len(bracketSigns)/2, "how many kinds of brackets there are: round, square, curly"),
	)
}

// spaces are the rows that are balanced, or those that are not.
func (b *brackets) spaces(balanced bool) (out []space) {
	for n := 2; n <= b.longest; n += 2 {
		sp := space{size: catalan(n/2) * power(b.kinds, n/2)}
		sp.draw = func(s tensor.Stream) []int { return nested(s, n, b.kinds) }
		sp.all = func(yield func([]int)) { nest(make([]int, n), 0, nil, b.kinds, yield) }
		if !balanced {
			every := words(2*b.kinds, n)
			sp.size = every.size - sp.size
			sp.draw = func(s tensor.Stream) []int { return unbalanced(s, n, b.kinds) }
			sp.all = func(yield func([]int)) {
				every.all(func(row []int) {
					if !closes(row) {
						yield(row)
					}
				})
			}
		}
		out = append(out, sp)
	}
	return out
}

// Check reports when there are too few rows of a class; of each half is wanted.
func (b *brackets) Check() error {
	return b.enough(2 * min(sizes(b.spaces(true)), sizes(b.spaces(false))))
}

func (b *brackets) Meta() Meta {
	return b.labelled(tokenizer(text.Characters, config.Text(bracketSigns[:2*b.kinds]), []string{text.Pad}), b.longest-b.longest%2, "unbalanced", "balanced")
}

func (b *brackets) Open(seed uint64, _ Files, progress func(done, total int64)) (*Set, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	s := tensor.NewStream(seed, "brackets")
	n := b.samples + b.tests
	rows := append(distinct(s.Fork(0), b.spaces(true), n/2), distinct(s.Fork(1), b.spaces(false), n-n/2)...)
	mixed := make([][]int, n)
	for i, from := range s.Perm(n) {
		mixed[i] = rows[from]
	}
	return b.open(b.Meta(), mixed, s, func(row []int, _ tensor.Stream) item {
		it := item{question: row}
		if closes(row) {
			it.class = 1
		}
		return it
	}, progress), nil
}

// closes reports whether every bracket that opens closes in the right order.
func closes(row []int) bool {
	var open []int
	for _, sign := range row {
		switch n := len(open); {
		case sign%2 == 0:
			open = append(open, sign)
		case n == 0 || open[n-1] != sign-1:
			return false
		default:
			open = open[:n-1]
		}
	}
	return len(open) == 0
}

// catalan returns how many balanced rows of n pairs of one kind there are.
func catalan(n int) float64 {
	c := 1.0
	for i := range n {
		c = c * 2 * float64(2*i+1) / float64(i+2)
	}
	return c
}

// nested draws a balanced row of n signs, each as likely: with r signs to come
// and d brackets open, d(r+d+2) / 2r(d+1) of the ways on begin with one that
// closes (Arnold and Sleep, Uniform random generation of balanced parenthesis
// strings, 1980).
func nested(s tensor.Stream, n, kinds int) []int {
	row := make([]int, n)
	var open []int
	for i := range row {
		r, d := n-i, len(open)
		if s.Intn(uint64(2*i), 2*r*(d+1)) < d*(r+d+2) {
			row[i] = open[d-1] + 1
			open = open[:d-1]
		} else {
			row[i] = 2 * s.Intn(uint64(2*i+1), kinds)
			open = append(open, row[i])
		}
	}
	return row
}

// unbalanced draws a row that is not balanced. Half are any row, and half a
// balanced one in which a sign became another or two changed places.
func unbalanced(s tensor.Stream, n, kinds int) []int {
	if s.Intn(0, 2) == 0 {
		for try := uint64(1); ; try++ {
			if row := words(2*kinds, n).draw(s.Fork(try)); !closes(row) {
				return row
			}
		}
	}
	row := nested(s.Fork(0), n, kinds)
	for at := uint64(1); closes(row); at += 3 {
		i, j := s.Intn(at, n), s.Intn(at+1, n+2*kinds)
		if j < n {
			row[i], row[j] = row[j], row[i]
		} else {
			row[i] = j - n
		}
	}
	return row
}

// nest completes a row in every balanced way, from sign i on.
func nest(row []int, i int, open []int, kinds int, yield func([]int)) {
	if i == len(row) {
		yield(row)
		return
	}
	if n := len(open); n > 0 {
		row[i] = open[n-1] + 1
		nest(row, i+1, slices.Clone(open[:n-1]), kinds, yield)
	}
	for k := 0; k < kinds && len(open) < len(row)-i; k++ {
		row[i] = 2 * k
		nest(row, i+1, append(slices.Clone(open), 2*k), kinds, yield)
	}
}
