// Package layered places the nodes of a small directed graph in rows, what is
// read above what reads it, as Sugiyama, Tagawa and Toda (1981) do and dagre
// after them: ranks, an order within each that has few crossings, and places
// that keep edges straight. It is plain Go and knows no browser.
//
// Models have tens of layers, so each pass is the simplest one that will do.
package layered

import "math"

// A Node is a box. Its inputs are the indices of nodes before it.
type Node struct {
	Width, Height float64
	In            []int
}

// A Point is a place in a drawing, its origin at the upper left.
type Point struct{ X, Y float64 }

// A Box is where a node lies, by its centre.
type Box struct {
	X, Y          float64
	Width, Height float64
	Rank          int
}

// An Edge runs from a node to an input of another through points.
type Edge struct {
	From, To, Port int
	Points         []Point
}

// A Drawing is nodes at their places.
type Drawing struct {
	Boxes         []Box // one for each node
	Edges         []Edge
	Width, Height float64
}

// A Gap is how far things stay apart: neighbours of a row, rows, and the edges
// that pass between nodes.
type Gap struct{ Across, Down, Edge float64 }

// A cell is a node in its row, or the place where an edge passes through.
type cell struct {
	node      int // -1 for an edge that passes
	width     float64
	up, down  []int // cells
	x         float64
	rank, pos int
}

// Draw places the nodes.
func Draw(nodes []Node, gap Gap) Drawing {
	g := build(nodes, gap)
	g.order()
	g.place()
	return g.drawing(nodes)
}

// A grid is the rows of cells.
type grid struct {
	gap   Gap
	cells []cell
	rows  [][]int
	at    []int   // the cell of each node
	paths []paths // of each edge

	spine   []bool // of each node, whether it is on the longest way
	upright bool   // those are on one line, at middle
	middle  float64
}

type paths struct {
	from, to, port int
	cells          []int // from the one of the first node to that of the last
}

// build ranks the nodes, each below all that it reads, and cuts edges that span
// several ranks into pieces.
func build(nodes []Node, gap Gap) *grid {
	g := &grid{gap: gap, at: make([]int, len(nodes))}
	last := 0
	rank := make([]int, len(nodes))
	for i, n := range nodes {
		for _, from := range n.In {
			rank[i] = max(rank[i], rank[from]+1)
		}
		last = max(last, rank[i])
	}
	g.spine = spineOf(nodes, rank)
	g.rows = make([][]int, last+1)
	for i, n := range nodes {
		g.at[i] = g.add(cell{node: i, width: n.Width, rank: rank[i]})
	}
	for i, n := range nodes {
		for port, from := range n.In {
			p := paths{from, i, port, []int{g.at[from]}}
			for r := rank[from] + 1; r < rank[i]; r++ {
				p.cells = append(p.cells, g.add(cell{node: -1, rank: r}))
			}
			p.cells = append(p.cells, g.at[i])
			for k, c := range p.cells[1:] {
				before := p.cells[k]
				g.cells[before].down = append(g.cells[before].down, c)
				g.cells[c].up = append(g.cells[c].up, before)
			}
			g.paths = append(g.paths, p)
		}
	}
	return g
}

func (g *grid) add(c cell) int {
	c.pos = len(g.rows[c.rank])
	g.cells = append(g.cells, c)
	g.rows[c.rank] = append(g.rows[c.rank], len(g.cells)-1)
	return len(g.cells) - 1
}

// apart is how far the centres of two neighbours of a row stay apart.
func (g *grid) apart(a, b int) float64 {
	gap := g.gap.Across
	if g.cells[a].node < 0 || g.cells[b].node < 0 {
		gap = g.gap.Edge
	}
	return (g.cells[a].width+g.cells[b].width)/2 + gap
}

// place moves each row, down and up again, as near to its neighbours as the
// order and the gaps allow.
func (g *grid) place() {
	for _, row := range g.rows {
		x := 0.0
		for i, c := range row {
			if i > 0 {
				x += g.apart(row[i-1], c)
			}
			g.cells[c].x = x
		}
	}
	for s := range 4 * sweeps {
		if s == 2*sweeps {
			g.straighten()
		}
		for k := range g.rows {
			if s%2 == 0 {
				g.settle(g.rows[k], s > 1)
			} else {
				g.settle(g.rows[len(g.rows)-1-k], s > 1)
			}
		}
	}
}

// straight is how much more an edge counts when it is to continue one that
// passes: bends are seen more than slants beside a node.
const straight = 8

// settle gives a row the places that are nearest to where its cells want to be,
// in the sum of squares, with the gaps kept. Blocks of cells that would
// overlap are merged and moved together, which finds the least sum.
func (g *grid) settle(row []int, both bool) {
	type block struct {
		want, weight float64 // of the first cell's place
		cells        []int
		offsets      []float64
	}
	var blocks []block
	for _, c := range row {
		want, weight := g.wants(c, both)
		b := block{want, weight, []int{c}, []float64{0}}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			end := last.offsets[len(last.offsets)-1]
			shift := end + g.apart(last.cells[len(last.cells)-1], b.cells[0])
			if last.want+shift <= b.want {
				break
			}
			merged := block{weight: last.weight + b.weight, cells: append(last.cells, b.cells...), offsets: last.offsets}
			merged.want = (last.want*last.weight + (b.want-shift)*b.weight) / merged.weight
			for _, o := range b.offsets {
				merged.offsets = append(merged.offsets, o+shift)
			}
			blocks, b = blocks[:len(blocks)-1], merged
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		for i, c := range b.cells {
			g.cells[c].x = b.want + b.offsets[i]
		}
	}
}

// wants is where a cell would like to be, and how much.
func (g *grid) wants(c int, both bool) (x, weight float64) {
	me := &g.cells[c]
	if me.node >= 0 && g.upright && g.spine[me.node] {
		return g.middle, 1e6
	}
	look := func(near []int, share float64) {
		for _, n := range near {
			w := share
			if me.node < 0 && g.cells[n].node < 0 {
				w *= straight
			}
			x += w * g.cells[n].x
			weight += w
		}
	}
	look(me.up, 1)
	if both || len(me.up) == 0 {
		look(me.down, 1)
	}
	if weight == 0 {
		return me.x, 0.01
	}
	return x / weight, weight
}

// drawing moves everything to the origin, and gives rows their heights.
func (g *grid) drawing(nodes []Node) Drawing {
	d := Drawing{Boxes: make([]Box, len(nodes))}
	left, right := math.Inf(1), math.Inf(-1)
	for _, c := range g.cells {
		left, right = min(left, c.x-c.width/2), max(right, c.x+c.width/2)
	}
	if len(nodes) == 0 {
		return d
	}
	top := make([]float64, len(g.rows))
	tall := make([]float64, len(g.rows))
	y := 0.0
	for r, row := range g.rows {
		for _, c := range row {
			if n := g.cells[c].node; n >= 0 {
				tall[r] = max(tall[r], nodes[n].Height)
			}
		}
		top[r] = y
		y += tall[r] + g.gap.Down
	}
	d.Width, d.Height = right-left, y-g.gap.Down
	for i, n := range nodes {
		c := g.cells[g.at[i]]
		d.Boxes[i] = Box{c.x - left, top[c.rank] + tall[c.rank]/2, n.Width, n.Height, c.rank}
	}
	for _, p := range g.paths {
		from, to := d.Boxes[p.from], d.Boxes[p.to]
		e := Edge{From: p.from, To: p.to, Port: p.port, Points: []Point{{from.X, from.Y + from.Height/2}}}
		for _, c := range p.cells[1 : len(p.cells)-1] {
			r := g.cells[c].rank
			x := g.cells[c].x - left
			e.Points = append(e.Points, Point{x, top[r]}, Point{x, top[r] + tall[r]})
		}
		port := to.X - to.Width/2 + to.Width*float64(p.port+1)/float64(len(nodes[p.to].In)+1)
		e.Points = append(e.Points, Point{port, to.Y - to.Height/2})
		d.Edges = append(d.Edges, e)
	}
	return d
}
