package graph

// Names returns the names of all inputs, parameters and results, in the order
// they were made.
func (b *Builder) Names() []string {
	out := make([]string, 0, len(b.nodes))
	for _, n := range b.nodes[1:] {
		out = append(out, n.name)
	}
	return out
}
