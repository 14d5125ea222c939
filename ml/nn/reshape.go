package nn

import (
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
	"descent/ml/tensor"
)

// Reshape sees the values of a sample under another shape.
type Reshape struct {
	Shape config.Series
}

// Permute puts the dimensions of a sample in another order.
type Permute struct {
	Order config.Series
}

func init() {
	Register(Info{Type: "reshape", Title: "Reshape", Group: "shape",
		Doc:     "Sees the same values, in the same order, under another shape",
		Formula: "y = the same values, laid out anew",
		New:     func() Layer { return &Reshape{Shape: config.Series{Values: []float64{-1}}} }})
	Register(Info{Type: "permute", Title: "Permute", Group: "shape",
		Doc:     "Puts the dimensions in another order, as transposing a matrix does",
		Formula: "y[j,i] = x[i,j]",
		New:     func() Layer { return &Permute{Order: config.Series{Values: []float64{2, 1}}} }})
}

func (l *Reshape) Fields() []config.Field {
	return []config.Field{config.Numbers("shape", &l.Shape, -1, 1<<24,
		"The sizes of the result's dimensions, as [28, 28, 1]; one of them may be -1, for what is left over")}
}

func (l *Reshape) Build(b *Builder, in ...graph.Value) graph.Value {
	from := b.Shape(in[0])
	to, open, known := make(tensor.Shape, len(l.Shape.Values)), -1, 1
	for i, v := range l.Shape.Values {
		switch {
		case v != math.Trunc(v) || v == 0:
			return b.Fail("shape", "", "each dimension is a whole number from 1, or -1 for what is left over, not %v", v)
		case v > 0:
			to[i] = int(v)
			if known *= to[i]; known > 1<<32 {
				return b.Fail("shape", "", "what arrives, %v, holds far fewer values", from)
			}
		case open >= 0:
			return b.Fail("shape", "", "only one dimension can be -1, for what is left over")
		default:
			open = i
		}
	}
	switch {
	case len(to) == 0:
		return b.Fail("shape", "", "wants at least one dimension, as [28, 28, 1]")
	case open >= 0 && from.Len()%known != 0:
		return b.Fail("shape", "", "what arrives, %v, holds %d values, which are no multiple of the %d that the other dimensions hold", from, from.Len(), known)
	case open >= 0:
		to[open] = from.Len() / known
	case known != from.Len():
		return b.Fail("shape", "", "what arrives, %v, holds %d values, and %v holds %d", from, from.Len(), to, known)
	}
	return b.Apply(op.Reshape{Sample: to}, in[0])
}

func (l *Permute) Fields() []config.Field {
	return []config.Field{config.Numbers("order", &l.Order, 1, 7,
		"The dimensions in their new order, counted from 1: [2, 1] turns rows into columns, [3, 1, 2] puts an image's channels first")}
}

func (l *Permute) Build(b *Builder, in ...graph.Value) graph.Value {
	s := b.Shape(in[0])
	axes, named := []int{0}, make([]bool, len(s)+1) // the samples stay where they are
	for _, v := range l.Order.Values {
		i := int(v)
		if float64(i) != v || i > len(s) || named[i] || len(axes) > len(s) {
			axes = nil
			break
		}
		axes, named[i] = append(axes, i), true
	}
	if len(axes) != len(s)+1 {
		return b.Fail("order", "", "what arrives, %v, has %d dimensions, so the order names the numbers from 1 to %d, each once", s, len(s), len(s))
	}
	return b.Apply(op.Permute{Axes: axes}, in[0])
}

func (l *Reshape) PyTorch(c *Code) {
	c.first(c.In[0].last() + ".reshape(-1, " + strings.Trim(python.Tuple(c.Out...), "(,)") + ")")
}

func (l *Reshape) Keras(c *Code) { c.keras("layers.Reshape", []int(c.Out)) }

func (l *Permute) PyTorch(c *Code) {
	order := []int{0}
	for _, v := range l.Order.Values {
		order = append(order, int(v))
	}
	c.first(c.In[0].last() + ".permute" + python.Tuple(order...))
}

func (l *Permute) Keras(c *Code) {
	var order []int
	for _, v := range l.Order.Values {
		order = append(order, int(v))
	}
	c.keras("layers.Permute", order)
}
