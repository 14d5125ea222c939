package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// SliceTime keeps some steps of a sequence, or of the tokens of the data.
// Length 0 is all that follow Start.
type SliceTime struct {
	Start, Length int
}

func init() {
	Register(Info{Type: "slice_time", Title: "Slice of time", Group: "sequence",
		Doc:     "Keeps some steps of a sequence, or some tokens of the data: one part of a model reads the question and another what follows",
		Formula: "y[t] = x[start+t], t < length",
		New:     func() Layer { return &SliceTime{} }})
}

func (l *SliceTime) Fields() []config.Field {
	return []config.Field{
		config.Int("start", &l.Start, 0, 1<<16, "The first step that is kept, counted from 0").With("steps"),
		config.Int("length", &l.Length, 0, 1<<16, "How many steps are kept; 0 means all that follow").With("steps"),
	}
}

func (l *SliceTime) Build(b *Builder, in ...graph.Value) graph.Value {
	s := b.Shape(in[0])
	switch {
	case len(s) == 1:
		if !b.tokens("slice_time", in[0]) {
			return graph.Value{}
		}
	case len(s) != 2:
		_, _, _ = b.steps("slice_time", in[0])
		return graph.Value{}
	}
	length := l.Length
	if length == 0 {
		length = s[0] - l.Start
	}
	if l.Start >= s[0] {
		return b.Fail("start", "", "the sequence has %d steps, numbered from 0, and none with the number %d", s[0], l.Start)
	}
	if l.Start+length > s[0] {
		return b.Fail("length", "", "%d steps from step %d on are more than the sequence has, which is %d; make it at most %d, or 0 for all that follow",
			length, l.Start, s[0], s[0]-l.Start)
	}
	return b.Apply(op.Slice{Start: l.Start, Length: length}, in[0])
}

func (l *SliceTime) PyTorch(c *Code) { c.Expr = c.x() + l.brackets(c) }

func (l *SliceTime) Keras(c *Code) { c.Expr = c.x() + l.brackets(c) }

// brackets is the steps that are kept, as Python cuts.
func (l *SliceTime) brackets(c *Code) string {
	from, to := "", ""
	if l.Start > 0 {
		from = python.Literal(l.Start)
	}
	if l.Start+c.Out[0] < c.In[0].Shape[0] {
		to = python.Literal(l.Start + c.Out[0])
	}
	return "[:, " + from + ":" + to + "]"
}
