package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/op"
	"descent/ml/python"
)

// Activation is an activation function as a layer of its own.
type Activation struct {
	Function     string
	Slope, Alpha float64
}

// activations are the functions by name, as forms list them. Dense and
// convolution compute an op.Activation along with their own work.
var activations = []struct {
	name string
	op   graph.Op
}{
	{"none", op.Activation{Act: kernel.None}},
	{"relu", op.Activation{Act: kernel.ReLU}},
	{"leaky_relu", op.Map{Func: kernel.LeakyReLU, A: 0.01}},
	{"elu", op.Map{Func: kernel.ELU, A: 1}},
	{"selu", op.Map{Func: kernel.SELU}},
	{"gelu", op.Map{Func: kernel.GELU}},
	{"gelu_tanh", op.Map{Func: kernel.GELUTanh}},
	{"silu", op.Map{Func: kernel.SiLU}},
	{"hard_swish", op.Map{Func: kernel.HardSwish}},
	{"softplus", op.Map{Func: kernel.Softplus}},
	{"tanh", op.Activation{Act: kernel.Tanh}},
	{"sigmoid", op.Activation{Act: kernel.Sigmoid}},
	{"softmax", op.Softmax{}},
}

func init() {
	Register(Info{Type: "activation", Title: "Activation", Group: "core",
		Doc:     "Bends each value through a function, without which a stack of layers is one straight map",
		Formula: "y = f(x)",
		New:     func() Layer { return &Activation{Function: "relu", Slope: 0.01, Alpha: 1} }})
}

func (l *Activation) Fields() []config.Field {
	return []config.Field{
		activationField("function", &l.Function),
		config.Float("slope", &l.Slope, 0, 1, "Only for leaky_relu: how steep it is below zero"),
		config.Float("alpha", &l.Alpha, 0, 100, "Only for elu: how far below zero it goes, to -alpha"),
	}
}

func (l *Activation) Build(b *Builder, in ...graph.Value) graph.Value {
	o := activation(l.Function)
	if m, ok := o.(op.Map); ok {
		switch m.Func {
		case kernel.LeakyReLU:
			m.A = l.Slope
		case kernel.ELU:
			m.A = l.Alpha
		}
		o = m
	}
	return b.Apply(o, in[0])
}

func activationField(name string, p *string) config.Field {
	names := make([]string, len(activations))
	for i, a := range activations {
		names[i] = a.name
	}
	return config.Choice(name, p, names,
		"The function applied to each output; softmax makes the outputs probabilities that add up to 1").Called(activationAlsoCalled)
}

func activation(name string) graph.Op {
	for _, a := range activations {
		if a.name == name {
			return a.op
		}
	}
	panic("nn: no activation " + name)
}

// activate applies a weighted op and the activation after it; the value
// between them is node.pre.
func (b *Builder) activate(name string, weighted graph.Op, in ...graph.Value) graph.Value {
	if name == "none" {
		return b.Apply(weighted, in...)
	}
	return b.Apply(activation(name), b.Part("pre", weighted, in...))
}

func (l *Activation) PyTorch(c *Code) {
	switch {
	case l.Function == "leaky_relu":
		c.Expr = python.Call("F.leaky_relu", python.Raw(c.x()), l.Slope)
	case l.Function == "elu":
		c.Expr = python.Call("F.elu", python.Raw(c.x()), python.Unless("alpha", l.Alpha, 1))
	default:
		c.Expr = c.torchActivation(l.Function, c.x())
	}
}

func (l *Activation) Keras(c *Code) {
	switch l.Function {
	case "leaky_relu":
		c.keras("layers.LeakyReLU", python.Arg("negative_slope", l.Slope))
	case "elu":
		c.keras("layers.ELU", python.Unless("alpha", l.Alpha, 1))
	case "none":
		c.keras("layers.Activation", "linear")
	default:
		c.keras("layers.Activation", kerasActivation(l.Function))
	}
}
