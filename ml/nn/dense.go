package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Dense connects every input with every unit; of a sequence, [time, channels],
// it maps each step with the same weights. Parameters: weight[in, units],
// bias[units] if wanted. No units are as many as the data has classes.
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
		config.Int("units", &l.Units, 0, 1<<20, "How many outputs the layer has; 0 means one for each class of the data"),
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
	units := l.Units
	if units == 0 {
		units = b.data.Classes
	}
	if units == 0 {
		return b.Fail("units", "", "0 units mean one for each class, and nothing is known of classes in this data; say how many units")
	}
	values := []graph.Value{in[0], b.Weight("weight", l.Init, b.channels(in[0]), units)}
	if l.Bias {
		values = append(values, b.Bias("bias", units))
	}
	return b.activate(l.Activation, op.Linear{}, values...)
}

func (l *Dense) PyTorch(c *Code) {
	m := c.module("", python.Call("nn.Linear", c.In[0].channels(), c.Out[len(c.Out)-1], python.Unless("bias", l.Bias, true)))
	c.start(m+".weight", l.Init)
	c.take(m+".weight", "weight", transposed)
	if l.Bias {
		c.startBias(m + ".bias")
		c.take(m+".bias", "bias", asIs)
	}
	c.Expr = c.torchActivation(l.Activation, m+"("+c.x()+")")
}

func (l *Dense) Keras(c *Code) {
	units := c.Out[len(c.Out)-1]
	c.keras("layers.Dense", units, python.Arg("activation", kerasActivation(l.Activation)), python.Unless("use_bias", l.Bias, true),
		python.Arg("kernel_initializer", c.kerasInit(l.Init, units)), python.Arg("kernel_regularizer", c.penalty()))
}
