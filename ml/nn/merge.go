package nn

import (
	"strconv"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// Merge combines the results of several nodes value by value.
type Merge struct {
	do   op.Arithmetic
	name string
}

func init() {
	Register(Info{Type: "add", Title: "Add", Group: "merge", Inputs: [2]int{2, 8},
		Doc:     "Adds the results of several nodes; around a block of layers it is the shortcut of a residual network",
		Formula: "y = a + b + …",
		New:     func() Layer { return &Merge{do: op.Add, name: "add"} }})
	Register(Info{Type: "multiply", Title: "Multiply", Group: "merge", Inputs: [2]int{2, 8},
		Doc:     "Multiplies the results of several nodes; one of them can so open and close the others like a gate",
		Formula: "y = a·b·…",
		New:     func() Layer { return &Merge{do: op.Mul, name: "multiply"} }})
}

func (*Merge) Fields() []config.Field { return nil }

func (l *Merge) Build(b *Builder, in ...graph.Value) graph.Value {
	if len(in) < 2 {
		return b.Fail("from", "", "%s reads at least two nodes; name them in a list", l.name)
	}
	first := b.Shape(in[0])
	for _, v := range in[1:] {
		s := b.Shape(v)
		fits := len(s) == len(first)
		for i := 0; fits && i < len(s); i++ {
			fits = s[i] == first[i] || s[i] == 1 || first[i] == 1
		}
		if !fits {
			return b.Fail("", b.bridge(first, s), "%s goes value by value, so what it reads must have one shape, but %q gives %v and %q gives %v; "+
				"change one of them, or put a layer between that brings it to the other's shape",
				l.name, b.graph.Name(in[0]), first, b.graph.Name(v), s)
		}
	}
	sum := in[0]
	for i, v := range in[1 : len(in)-1] {
		sum = b.Part(strconv.Itoa(i+2), op.Binary{Do: l.do}, sum, v)
	}
	return b.Apply(op.Binary{Do: l.do}, sum, in[len(in)-1])
}

// bridge names the mend that brings a value to the shape of another: a layer
// between, where one can do it.
func (b *Builder) bridge(to, from tensor.Shape) string {
	switch {
	case len(to) != len(from):
		return ""
	case len(to) == 3 && (from[0]%to[0] != 0 || from[1]%to[1] != 0):
		return ""
	case len(to) == 2 && to[0] != from[0]:
		return ""
	}
	return "match_shapes"
}

func (l *Merge) PyTorch(c *Code) {
	sign := " + "
	if l.name == "multiply" {
		sign = " * "
	}
	var terms []string
	for _, t := range c.In {
		terms = append(terms, t.Expr)
	}
	c.Expr = strings.Join(terms, sign)
}

func (l *Merge) Keras(c *Code) {
	name := "layers.Add"
	if l.name == "multiply" {
		name = "layers.Multiply"
	}
	c.Expr = c.kerasOf("", name) + "(" + c.list() + ")"
}

// list is all inputs, as a list.
func (c *Code) list() string {
	var terms []string
	for _, t := range c.In {
		terms = append(terms, t.Expr)
	}
	return "[" + strings.Join(terms, ", ") + "]"
}
