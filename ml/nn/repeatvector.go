package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// RepeatVector makes a sequence of a row by repeating it.
type RepeatVector struct {
	Times int
}

func init() {
	Register(Info{Type: "repeat_vector", Title: "Repeat", Group: "sequence",
		Doc:     "Shows one row at every step of a sequence: what an encoder has made of a question, to the network that writes the answer",
		Formula: "y[t] = x, t < times",
		New:     func() Layer { return &RepeatVector{Times: 4} }})
}

func (l *RepeatVector) Fields() []config.Field {
	return []config.Field{config.Int("times", &l.Times, 1, 1<<14, "How many steps the sequence has").With("steps")}
}

func (l *RepeatVector) Build(b *Builder, in ...graph.Value) graph.Value {
	if s := b.Shape(in[0]); len(s) != 1 {
		return b.Fail("", "", "repeat_vector wants one row of values, and what arrives has the shape %v; "+
			"let the layer before it return its last step only", s)
	}
	return b.Apply(op.Repeat{Times: l.Times}, in[0])
}

func (l *RepeatVector) PyTorch(c *Code) {
	c.Expr = c.x() + ".unsqueeze(1).expand(-1, " + python.Literal(l.Times) + ", -1)"
}

func (l *RepeatVector) Keras(c *Code) { c.keras("layers.RepeatVector", l.Times) }
