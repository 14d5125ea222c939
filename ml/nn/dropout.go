package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Dropout switches values off at random while training.
type Dropout struct {
	Rate float64
}

func init() {
	Register(Info{Type: "dropout", Title: "Dropout", Group: "regularisation",
		Doc:     "While training, switches a random part of the values off, so that none is relied on alone",
		Formula: "y = x·m/(1-rate), m = 0 with probability rate, else 1",
		New:     func() Layer { return &Dropout{Rate: 0.5} }})
}

func (l *Dropout) Fields() []config.Field {
	return []config.Field{config.Float("rate", &l.Rate, 0, 0.99, "The share of values that is switched off in each step")}
}

func (l *Dropout) Build(b *Builder, in ...graph.Value) graph.Value {
	return b.Apply(op.Dropout{Rate: l.Rate, Stream: b.Stream()}, in[0])
}

func (l *Dropout) PyTorch(c *Code) {
	c.Expr = c.module("", python.Call("nn.Dropout", l.Rate)) + "(" + c.x() + ")"
}

func (l *Dropout) Keras(c *Code) { c.keras("layers.Dropout", l.Rate) }
