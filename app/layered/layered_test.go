package layered

import (
	"math"
	"testing"
)

var gaps = Gap{Across: 20, Down: 40, Edge: 12}

func chain(n int) []Node {
	nodes := make([]Node, n)
	for i := range nodes {
		nodes[i] = Node{Width: 100, Height: 50}
		if i > 0 {
			nodes[i].In = []int{i - 1}
		}
	}
	return nodes
}

// with adds nodes that read those of the numbers given.
func with(nodes []Node, in ...[]int) []Node {
	for _, from := range in {
		nodes = append(nodes, Node{Width: 100, Height: 50, In: from})
	}
	return nodes
}

var graphs = map[string]struct {
	nodes     []Node
	ranks     []int
	crossings int
}{
	"nothing":       {nil, nil, 0},
	"one":           {chain(1), []int{0}, 0},
	"chain":         {chain(5), []int{0, 1, 2, 3, 4}, 0},
	"residual":      {with(chain(4), []int{3, 1}), []int{0, 1, 2, 3, 4}, 0},
	"two branches":  {with(chain(2), []int{1}, []int{1}, []int{2, 3}), []int{0, 1, 2, 2, 3}, 0},
	"mask":          {with(chain(1), []int{0}, []int{0}, []int{2}, []int{3, 1}, []int{4, 1}), []int{0, 1, 1, 2, 3, 4}, 0},
	"mask of many":  {with(chain(1), []int{0}, []int{0}, []int{2}, []int{3}, []int{4, 1}, []int{5, 1}, []int{6}, []int{7, 1}), []int{0, 1, 1, 2, 3, 4, 5, 6, 7}, 0},
	"crossed":       {with(chain(1), []int{0}, []int{0}, []int{2}, []int{1}, []int{3, 4}), []int{0, 1, 1, 2, 2, 3}, 0},
	"inception":     {with(chain(2), []int{1}, []int{1}, []int{1}, []int{1}, []int{2, 3, 4, 5}), []int{0, 1, 2, 2, 2, 2, 3}, 0},
	"must cross":    {with(chain(1), []int{0}, []int{0}, []int{1, 2}, []int{2, 1}), []int{0, 1, 1, 2, 2}, 1},
	"itself twice":  {with(chain(2), []int{1, 1}), []int{0, 1, 2}, 0},
	"unread":        {with(chain(3), []int{0}, []int{2}), []int{0, 1, 2, 1, 3}, 0},
	"dense network": {with(chain(2), []int{1, 0}, []int{2, 1, 0}, []int{3, 2, 1, 0}), []int{0, 1, 2, 3, 4}, 1}, // five nodes, each joined to all others, cannot be drawn without
}

func TestDraw(t *testing.T) {
	for name, c := range graphs {
		t.Run(name, func(t *testing.T) {
			d := Draw(c.nodes, gaps)
			for i, want := range c.ranks {
				if d.Boxes[i].Rank != want {
					t.Errorf("node %d is in row %d, want %d", i, d.Boxes[i].Rank, want)
				}
			}
			g := build(c.nodes, gaps)
			g.order()
			if n := g.crossings(); n != c.crossings {
				t.Errorf("%d crossings, want %d", n, c.crossings)
			}
			check(t, c.nodes, d)
		})
	}
}

// check holds what every drawing has: boxes inside it that keep apart, what is
// read above what reads, and edges from border to border.
func check(t *testing.T, nodes []Node, d Drawing) {
	t.Helper()
	const most = 1e-6
	edges := 0
	for i, n := range nodes {
		a := d.Boxes[i]
		if a.X-a.Width/2 < -most || a.Y-a.Height/2 < -most || a.X+a.Width/2 > d.Width+most || a.Y+a.Height/2 > d.Height+most {
			t.Errorf("box %d, %+v, is not within %v×%v", i, a, d.Width, d.Height)
		}
		for k := range i {
			b := d.Boxes[k]
			if a.Rank == b.Rank && math.Abs(a.X-b.X) < (a.Width+b.Width)/2+gaps.Across-most {
				t.Errorf("boxes %d and %d are %v apart", k, i, math.Abs(a.X-b.X))
			}
		}
		for _, from := range n.In {
			if b := d.Boxes[from]; b.Y+b.Height/2+gaps.Down > a.Y-a.Height/2+most {
				t.Errorf("node %d is not below %d", i, from)
			}
		}
		edges += len(n.In)
	}
	if len(d.Edges) != edges {
		t.Errorf("%d edges, want %d", len(d.Edges), edges)
	}
	for _, e := range d.Edges {
		from, to := d.Boxes[e.From], d.Boxes[e.To]
		first, last := e.Points[0], e.Points[len(e.Points)-1]
		if first != (Point{from.X, from.Y + from.Height/2}) || last.Y != to.Y-to.Height/2 || math.Abs(last.X-to.X) > to.Width/2 {
			t.Errorf("an edge from %+v to %+v goes from %v to %v", from, to, first, last)
		}
		for i, p := range e.Points[1:] {
			if p.Y < e.Points[i].Y-most {
				t.Errorf("edge %d-%d turns back: %v", e.From, e.To, e.Points)
			}
		}
		for k, b := range d.Boxes { // passing edges meet no box
			for _, p := range e.Points[1 : len(e.Points)-1] {
				if math.Abs(p.X-b.X) < b.Width/2 && math.Abs(p.Y-b.Y) < b.Height/2 {
					t.Errorf("edge %d-%d passes through box %d", e.From, e.To, k)
				}
			}
		}
	}
}

// A chain is a straight line, and a shortcut leaves it one.
func TestStraight(t *testing.T) {
	for name, aside := range map[string]int{"chain": -1, "itself twice": -1, "residual": -1, "mask": 1, "mask of many": 1} {
		d := Draw(graphs[name].nodes, gaps)
		for i, b := range d.Boxes {
			if i != aside && math.Abs(b.X-d.Boxes[0].X) > 2 {
				t.Errorf("%s: node %d is at %v, the first at %v", name, i, b.X, d.Boxes[0].X)
			}
		}
	}
	d := Draw(graphs["two branches"].nodes, gaps)
	if mid := (d.Boxes[2].X + d.Boxes[3].X) / 2; math.Abs(d.Boxes[1].X-mid) > 1 || math.Abs(d.Boxes[4].X-mid) > 1 {
		t.Errorf("what is between two branches is not in their middle: %+v", d.Boxes)
	}
}

// The same graph is drawn the same.
func TestSame(t *testing.T) {
	for name, c := range graphs {
		a, b := Draw(c.nodes, gaps), Draw(c.nodes, gaps)
		for i := range a.Boxes {
			if a.Boxes[i] != b.Boxes[i] {
				t.Errorf("%s: %+v and %+v", name, a.Boxes[i], b.Boxes[i])
			}
		}
	}
}

// Any graph keeps the rules.
func FuzzDraw(f *testing.F) {
	f.Add([]byte{0, 1, 2, 1, 3, 0, 9, 4})
	f.Add([]byte{0, 0, 1, 1, 2, 3, 4, 5, 5, 7})
	f.Fuzz(func(t *testing.T, picks []byte) {
		nodes := chain(1)
		for i := 0; i+1 < len(picks) && len(nodes) < 24; i += 2 {
			in := []int{int(picks[i]) % len(nodes)}
			if picks[i+1] > 100 {
				in = append(in, int(picks[i+1])%len(nodes))
			}
			nodes = append(nodes, Node{Width: 60 + float64(picks[i])/4, Height: 40, In: in})
		}
		check(t, nodes, Draw(nodes, gaps))
	})
}
