package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// SpatialDropout switches whole channels off at random while training.
type SpatialDropout struct {
	Rate float64
}

func init() {
	Register(Info{Type: "spatial_dropout", Title: "Spatial dropout", Group: "regularisation",
		Doc:     "While training, switches whole channels of an image or a sequence off at random, so that none is relied on alone",
		Formula: "y[…,c] = x[…,c]·m[c]/(1-rate), m = 0 with probability rate, else 1",
		New:     func() Layer { return &SpatialDropout{Rate: 0.2} }})
}

func (l *SpatialDropout) Fields() []config.Field {
	return []config.Field{config.Float("rate", &l.Rate, 0, 0.99, "The share of channels that is switched off in each step")}
}

func (l *SpatialDropout) Build(b *Builder, in ...graph.Value) graph.Value {
	if s := b.Shape(in[0]); len(s) < 2 {
		return b.Fail("", "", "spatial_dropout wants an image or a sequence, whose channels it can switch off, and what arrives is one row of %d; "+
			"use dropout for it", s.Len())
	}
	return b.Apply(op.SpatialDropout{Rate: l.Rate, Stream: b.Stream()}, in[0])
}

func (l *SpatialDropout) PyTorch(c *Code) {
	if c.In[0].image() {
		c.Expr = c.module("", python.Call("nn.Dropout2d", l.Rate)) + "(" + c.x() + ")"
		return
	}
	c.Expr = c.module("", python.Call("nn.Dropout1d", l.Rate)) + "(" + c.x() + ".transpose(1, 2)).transpose(1, 2)"
}

func (l *SpatialDropout) Keras(c *Code) {
	if c.In[0].image() {
		c.keras("layers.SpatialDropout2D", l.Rate)
		return
	}
	c.keras("layers.SpatialDropout1D", l.Rate)
}
