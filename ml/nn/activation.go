package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/op"
)

// Activation is an activation function as a layer of its own.
type Activation struct {
	Function string
}

func init() {
	Register(Info{Type: "activation", Title: "Activation", Group: "core",
		Doc:     "Bends each value through a function, without which a stack of layers is one straight map",
		Formula: "y = f(x)",
		New:     func() Layer { return &Activation{Function: "relu"} }})
}

func (l *Activation) Fields() []config.Field {
	return []config.Field{activationField("function", &l.Function)}
}

func (l *Activation) Build(b *Builder, in ...graph.Value) graph.Value {
	return b.Apply(activation(l.Function), in[0])
}

func activationField(name string, p *string) config.Field {
	return config.Choice(name, p, []string{"none", "relu", "tanh", "sigmoid", "softmax"},
		"The function applied to each output; softmax makes the outputs probabilities that add up to 1")
}

func activation(name string) graph.Op {
	switch name {
	case "relu":
		return op.Activation{Act: kernel.ReLU}
	case "tanh":
		return op.Activation{Act: kernel.Tanh}
	case "sigmoid":
		return op.Activation{Act: kernel.Sigmoid}
	case "softmax":
		return op.Softmax{}
	}
	return op.Activation{Act: kernel.None}
}

// activate applies a weighted op and the activation after it; the value
// between them is node.pre.
func (b *Builder) activate(name string, weighted graph.Op, in ...graph.Value) graph.Value {
	if name == "none" {
		return b.Apply(weighted, in...)
	}
	return b.Apply(activation(name), b.Part("pre", weighted, in...))
}
