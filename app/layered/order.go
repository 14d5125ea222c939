package layered

import "slices"

// sweeps is how often the rows are gone through; more changes nothing that is
// seen.
const sweeps = 8

// starts is how many orders are tried where edges cross.
const starts = 12

// order sorts each row by the mean place of its neighbours, down and up again,
// and keeps the order with the fewest crossings. It begins with the rows as they
// are and then with others, turned round and shuffled, always the same ones: one
// start leaves some graphs tangled.
func (g *grid) order() {
	best, fewest := g.snapshot(), g.crossings()
	chance := uint32(1)
	for start := 0; start < starts && fewest > 0; start++ {
		for _, row := range g.rows {
			switch {
			case start == 1:
				slices.Reverse(row)
			case start > 1:
				for i := len(row) - 1; i > 0; i-- {
					chance = chance*1664525 + 1013904223
					j := int(chance>>16) % (i + 1)
					row[i], row[j] = row[j], row[i]
				}
			}
			g.number(row)
		}
		for s := 0; s < sweeps && fewest > 0; s++ {
			down := s%2 == 0
			for k := range g.rows {
				r := k
				if !down {
					r = len(g.rows) - 1 - k
				}
				g.sort(g.rows[r], down)
			}
			for _, row := range g.rows {
				g.swap(row, s%4 >= 2)
			}
			if n := g.crossings(); n < fewest {
				best, fewest = g.snapshot(), n
			}
		}
	}
	for r, row := range best {
		copy(g.rows[r], row)
		g.number(g.rows[r])
	}
}

func (g *grid) snapshot() [][]int {
	out := make([][]int, len(g.rows))
	for r, row := range g.rows {
		out[r] = append([]int(nil), row...)
	}
	return out
}

func (g *grid) sort(row []int, down bool) {
	mean := func(c int) float64 {
		near := g.cells[c].down
		if down {
			near = g.cells[c].up
		}
		if len(near) == 0 {
			return float64(g.cells[c].pos)
		}
		sum := 0.0
		for _, n := range near {
			sum += float64(g.cells[n].pos)
		}
		return sum / float64(len(near))
	}
	for i := 1; i < len(row); i++ { // rows are short
		for j := i; j > 0 && mean(row[j]) < mean(row[j-1]); j-- {
			row[j], row[j-1] = row[j-1], row[j]
		}
	}
	g.number(row)
}

// swap changes neighbours of a row where that takes crossings away, which means
// alone leave where they tie; or by turns also where it changes nothing yet, to
// get on from there.
func (g *grid) swap(row []int, ties bool) {
	for i := 1; i < len(row); i++ {
		a, b := row[i-1], row[i]
		now := g.between(g.cells[a].up, g.cells[b].up) + g.between(g.cells[a].down, g.cells[b].down)
		then := g.between(g.cells[b].up, g.cells[a].up) + g.between(g.cells[b].down, g.cells[a].down)
		if then < now || ties && then == now {
			row[i-1], row[i] = b, a
			g.number(row)
		}
	}
}

// between counts the crossings of the edges of two neighbours, the first of
// which is to the left, to cells of the next row.
func (g *grid) between(left, right []int) (n int) {
	for _, x := range left {
		for _, y := range right {
			if g.cells[x].pos > g.cells[y].pos {
				n++
			}
		}
	}
	return n
}

func (g *grid) number(row []int) {
	for i, c := range row {
		g.cells[c].pos = i
	}
}

// crossings counts the pairs of edges between neighbouring rows that cross.
func (g *grid) crossings() (n int) {
	for _, row := range g.rows {
		for i, a := range row {
			for _, b := range row[i+1:] {
				n += g.between(g.cells[a].down, g.cells[b].down)
			}
		}
	}
	return n
}
