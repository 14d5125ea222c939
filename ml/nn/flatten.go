package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Flatten makes one row of an image, row by row with its channels together.
type Flatten struct{}

func init() {
	Register(Info{Type: "flatten", Title: "Flatten", Group: "core",
		Doc:     "Lays an image out as one row of values, as dense layers want it",
		Formula: "y = the same values in one row",
		New:     func() Layer { return &Flatten{} }})
}

func (*Flatten) Fields() []config.Field { return nil }

func (*Flatten) Build(b *Builder, in ...graph.Value) graph.Value {
	return b.Apply(op.Reshape{}, in[0])
}

func (*Flatten) PyTorch(c *Code) {
	x := c.In[0]
	if s := x.Shape; x.image() && s[2] > 1 && s[0]*s[1] > 1 {
		c.Expr = x.last() + ".flatten(1)" // the same order of values as here, so that trained weights fit
		return
	}
	c.Expr = x.Expr + ".flatten(1)"
}

func (*Flatten) Keras(c *Code) { c.keras("layers.Flatten") }
