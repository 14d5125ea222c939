package data

import (
	"slices"

	"descent/ml/tensor"
)

// A space is some problems of a task: those of one length, say.
type space struct {
	size float64                         // how many there are
	draw func(s tensor.Stream) []int     // one of them; any may come
	all  func(yield func(problem []int)) // each once, in a fixed order; what is yielded may change afterwards
}

// sizes returns how many problems there are in all.
func sizes(spaces []space) (n float64) {
	for _, sp := range spaces {
		n += sp.size
	}
	return n
}

// distinct draws n problems, no two of them alike, in random order. The spaces
// give as many each, as far as they have them. There must be n in all.
func distinct(s tensor.Stream, spaces []space, n int) [][]int {
	order := make([]int, len(spaces)) // the smallest first, for what it lacks the others give
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := spaces[a].size, spaces[b].size; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var out [][]int
	for k, i := range order {
		share := (n - len(out)) / (len(order) - k)
		if spaces[i].size < float64(share) {
			share = int(spaces[i].size)
		}
		out = append(out, spaces[i].some(s.Fork(uint64(i)), share)...)
	}
	mixed := make([][]int, len(out))
	for i, from := range s.Perm(len(out)) {
		mixed[i] = out[from]
	}
	return mixed
}

// some draws n problems of the space. When they are most of it they are picked
// from a list of all; else what was drawn before is drawn again.
func (sp space) some(s tensor.Stream, n int) [][]int {
	if 2*float64(n) > sp.size {
		var all [][]int
		sp.all(func(p []int) { all = append(all, slices.Clone(p)) })
		picked := make([][]int, n)
		for i, from := range s.Perm(len(all))[:n] {
			picked[i] = all[from]
		}
		return picked
	}
	out, seen, key := make([][]int, 0, n), make(map[string]bool, n), []byte(nil)
	for try := uint64(0); len(out) < n; try++ {
		p := sp.draw(s.Fork(try))
		key = key[:0]
		for _, v := range p {
			key = append(key, byte(v), byte(v>>8), byte(v>>16))
		}
		if !seen[string(key)] {
			seen[string(key)] = true
			out = append(out, p)
		}
	}
	return out
}

// words is the space of texts of one length over an alphabet of k letters.
func words(k, length int) space {
	return space{
		size: power(k, length),
		draw: func(s tensor.Stream) []int {
			p := make([]int, length)
			for i := range p {
				p[i] = s.Intn(uint64(i), k)
			}
			return p
		},
		all: func(yield func([]int)) {
			p := make([]int, length)
			for i := 0; i >= 0; { // count up, the last letter first
				yield(p)
				for i = length - 1; i >= 0; i-- {
					if p[i]++; p[i] < k {
						break
					}
					p[i] = 0
				}
			}
		},
	}
}
