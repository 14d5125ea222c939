package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Dense connects every input with every unit; of a sequence, [time, channels],
// it maps each step with the same weights. Parameters: weight[in, units],
// bias[units] if wanted.
type Dense struct {
	Units      int
	Activation string
	Init       string
	Bias       bool
}

func init() {
	Register(Info{Type: "dense", Title: "Dense", Group: "core",
		Doc:     "Every unit weighs all inputs, adds its bias and applies the activation",
		Formula: "y = f(x·W + b)",
		New:     func() Layer { return &Dense{Units: 64, Activation: "none", Init: "glorot_uniform", Bias: true} }})
}

func (l *Dense) Fields() []config.Field {
	return []config.Field{
		config.Int("units", &l.Units, 1, 1<<20, "How many outputs the layer has"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
		config.Toggle("bias", &l.Bias, "Whether each unit has a number of its own that is added"),
	}
}

func (l *Dense) Build(b *Builder, in ...graph.Value) graph.Value {
	s := b.Shape(in[0])
	if len(s) != 1 && len(s) != 2 {
		return b.Fail("", "insert_flatten", "dense wants a flat row of values, and what arrives has the shape %v; "+
			"put a flatten before it, which makes one row of %d", s, s.Len())
	}
	return b.activate(l.Activation, op.Linear{}, b.weights(in[0], "", l.Init, l.Units, l.Bias)...)
}

// weights returns the inputs of a linear map of x to units: x, the parameter
// weight and, if wanted, the parameter bias, their names behind a prefix.
func (b *Builder) weights(x graph.Value, prefix, init string, units int, bias bool) []graph.Value {
	s := b.Shape(x)
	in := []graph.Value{x, b.Weight(prefix+"weight", init, s[len(s)-1], units)}
	if bias {
		in = append(in, b.Bias(prefix+"bias", units))
	}
	return in
}
