package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Concatenate puts the results of several nodes side by side.
type Concatenate struct{}

func init() {
	Register(Info{Type: "concatenate", Title: "Concatenate", Group: "merge", Inputs: [2]int{2, 8},
		Doc:     "Puts the results of several nodes side by side: the channels of images, or the values of rows",
		Formula: "y = [a, b, …]",
		New:     func() Layer { return &Concatenate{} }})
}

func (*Concatenate) Fields() []config.Field { return nil }

func (*Concatenate) Build(b *Builder, in ...graph.Value) graph.Value {
	first := b.Shape(in[0])
	last := len(first) - 1
	for _, v := range in[1:] {
		if s := b.Shape(v); len(s) != len(first) || !s[:last].Equal(first[:last]) {
			return b.Fail("", "", "concatenate puts channels side by side, so all else must be the same, but %q gives %v and %q gives %v; "+
				"pooling, strides or padding \"same\" bring images to one height and width", b.graph.Name(in[0]), first, b.graph.Name(v), s)
		}
	}
	return b.Apply(op.Concat{}, in...)
}
