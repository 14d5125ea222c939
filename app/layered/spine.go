package layered

import "slices"

// spineOf finds the nodes of the longest way through the graph, which is to be a
// straight line. Where it parts into several that are as long, those are not
// among them.
func spineOf(nodes []Node, rank []int) []bool {
	rest := make([]int, len(nodes)) // the longest way on from a node
	for i := len(nodes) - 1; i >= 0; i-- {
		for _, from := range nodes[i].In {
			rest[from] = max(rest[from], rest[i]+1)
		}
	}
	longest := 0
	for i := range nodes {
		longest = max(longest, rank[i]+rest[i])
	}
	abreast := make([]int, longest+1)
	for i := range nodes {
		if rank[i]+rest[i] == longest {
			abreast[rank[i]]++
		}
	}
	spine := make([]bool, len(nodes))
	for i := range nodes {
		spine[i] = rank[i]+rest[i] == longest && abreast[rank[i]] == 1
	}
	return spine
}

// straighten puts the spine on one line from now on, where its middle is.
func (g *grid) straighten() {
	if !slices.Contains(g.spine, true) {
		return
	}
	sum, n := 0.0, 0
	for i, c := range g.at {
		if g.spine[i] {
			sum, n = sum+g.cells[c].x, n+1
		}
	}
	g.upright, g.middle = true, sum/float64(n)
}
