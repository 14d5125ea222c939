package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// GroupNorm brings groups of channels of each sample to mean 0 and variance 1.
// Parameters: gain[channels], bias[channels].
type GroupNorm struct {
	Groups int
	Eps    float64
}

func init() {
	Register(Info{Type: "group_norm", Title: "Group normalisation", Group: "normalisation",
		Doc:     "Brings groups of channels to mean 0 and variance 1 in each sample on its own, then stretches each channel as learned",
		Formula: "y = (x - mean x)/√(var x + eps)·gain + bias",
		New:     func() Layer { return &GroupNorm{Groups: 1, Eps: 1e-5} }})
}

func (l *GroupNorm) Fields() []config.Field {
	return []config.Field{
		config.Int("groups", &l.Groups, 1, 65536, "Into how many groups the channels are parted; 1 takes all together, as many as there are channels takes each alone"),
		epsField(&l.Eps),
	}
}

func (l *GroupNorm) Build(b *Builder, in ...graph.Value) graph.Value {
	n := b.channels(in[0])
	if !b.parted("groups", "channels", n, l.Groups) {
		return graph.Value{}
	}
	return b.Apply(op.GroupNorm{Groups: l.Groups, Eps: l.Eps}, in[0], b.Gain("gain", n), b.Bias("bias", n))
}

func (l *GroupNorm) PyTorch(c *Code) {
	m := c.module("", python.Call("nn.GroupNorm", l.Groups, c.In[0].channels(), python.Unless("eps", l.Eps, 1e-5)))
	c.take(m+".weight", "gain", asIs)
	c.take(m+".bias", "bias", asIs)
	c.Expr = c.across(m)
}

func (l *GroupNorm) Keras(c *Code) {
	c.keras("layers.GroupNormalization", l.Groups, python.Arg("epsilon", l.Eps))
}
