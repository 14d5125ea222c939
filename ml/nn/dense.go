package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Dense connects every input with every unit. Parameters: weight[in, units],
// bias[units].
type Dense struct {
	Units      int
	Activation string
	Init       string
}

func init() {
	Register(Info{Type: "dense", Title: "Dense", Group: "core",
		Doc:     "Every unit weighs all inputs, adds its bias and applies the activation",
		Formula: "y = f(x·W + b)",
		New:     func() Layer { return &Dense{Units: 64, Activation: "none", Init: "glorot_uniform"} }})
}

func (l *Dense) Fields() []config.Field {
	return []config.Field{
		config.Int("units", &l.Units, 1, 1<<20, "How many outputs the layer has"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
	}
}

func (l *Dense) Build(b *Builder, in ...graph.Value) graph.Value {
	s := b.Shape(in[0])
	if len(s) != 1 {
		return b.Fail("", "insert_flatten", "dense wants a flat row of values, and what arrives has the shape %v; "+
			"put a flatten before it, which makes one row of %d", s, s.Len())
	}
	return b.activate(l.Activation, op.Linear{}, in[0], b.Weight("weight", l.Init, s[0], l.Units), b.Bias("bias", l.Units))
}
