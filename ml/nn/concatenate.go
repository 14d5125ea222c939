package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Concatenate joins the results of several nodes along a dimension of a sample,
// counted from 1; -1 is the last.
type Concatenate struct {
	Axis int
}

func init() {
	Register(Info{Type: "concatenate", Title: "Concatenate", Group: "merge", Inputs: [2]int{2, 8},
		Doc:     "Puts the results of several nodes side by side: the channels of images, the values of rows, or with another axis their steps or pixels",
		Formula: "y = [a, b, …]",
		New:     func() Layer { return &Concatenate{Axis: -1} }})
}

func (l *Concatenate) Fields() []config.Field {
	return []config.Field{config.Int("axis", &l.Axis, -1, 7,
		"The dimension that grows, counted from 1: of an image 1 is the height, 2 the width and 3 the channels; -1 for the last")}
}

func (l *Concatenate) Build(b *Builder, in ...graph.Value) graph.Value {
	first := b.Shape(in[0])
	axis := l.Axis
	if axis == -1 {
		axis = len(first)
	}
	if axis < 1 || axis > len(first) {
		return b.Fail("axis", "", "what arrives, %v, has the dimensions 1 to %d; -1 is the last", first, len(first))
	}
	for _, v := range in[1:] {
		s := b.Shape(v)
		if len(s) == len(first) && s[:axis-1].Equal(first[:axis-1]) && s[axis:].Equal(first[axis:]) {
			continue
		}
		if axis < len(first) {
			return b.Fail("", "", "concatenate joins what arrives along dimension %d, so all else must be the same, but %q gives %v and %q gives %v",
				axis, b.graph.Name(in[0]), first, b.graph.Name(v), s)
		}
		return b.Fail("", "", "concatenate puts channels side by side, so all else must be the same, but %q gives %v and %q gives %v; "+
			"pooling, strides or padding \"same\" bring images to one height and width", b.graph.Name(in[0]), first, b.graph.Name(v), s)
	}
	if axis == len(first) {
		return b.Apply(op.Concat{}, in...)
	}
	return b.Apply(op.Concat{Axis: axis}, in...) // dimension 0 is that of the samples
}

func (l *Concatenate) PyTorch(c *Code) {
	axis := l.Axis
	if axis == -1 {
		axis = len(c.Out)
	}
	if len(c.Out) == 3 {
		axis = [...]int{0, 2, 3, 1}[axis] // PyTorch has the channels of images first
	}
	c.Expr = python.Call("torch.cat", python.Raw(c.list()), python.Arg("dim", axis))
}

func (l *Concatenate) Keras(c *Code) {
	c.Expr = c.kerasOf("", "layers.Concatenate", python.Unless("axis", l.Axis, -1)) + "(" + c.list() + ")"
}
