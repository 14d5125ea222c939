package nn

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// BatchNorm brings each channel to mean 0 and variance 1 over the batch.
// Parameters: gain[channels], bias[channels]; kept from batch to batch:
// mean[channels], variance[channels].
type BatchNorm struct {
	Eps, Momentum float64
}

func init() {
	Register(Info{Type: "batch_norm", Title: "Batch normalisation", Group: "normalisation", WholeBatch: true,
		Doc: "Brings each channel to mean 0 and variance 1 over the batch, then stretches it as learned; " +
			"outside training it uses running means of both",
		Formula: "y = (x - mean x)/√(var x + eps)·gain + bias",
		New:     func() Layer { return &BatchNorm{Eps: 1e-5, Momentum: 0.9} }})
}

func (l *BatchNorm) Fields() []config.Field {
	return []config.Field{
		epsField(&l.Eps),
		config.Float("momentum", &l.Momentum, 0, 0.9999,
			"How much of the running mean and variance stays in each step, as Keras counts it; PyTorch's momentum is 1 minus this"),
	}
}

func (l *BatchNorm) Build(b *Builder, in ...graph.Value) graph.Value {
	n := b.channels(in[0])
	return b.Apply(op.BatchNorm{Eps: l.Eps, Frozen: b.Frozen}, in[0], b.Gain("gain", n), b.Bias("bias", n),
		b.State("mean", 0, l.Momentum, n), b.State("variance", 1, l.Momentum, n))
}

func (l *BatchNorm) PyTorch(c *Code) {
	name := "nn.BatchNorm1d"
	if c.In[0].image() {
		name = "nn.BatchNorm2d"
	}
	m := c.module("", python.Call(name, c.In[0].channels(), python.Unless("eps", l.Eps, 1e-5), python.Unless("momentum", rounded(1-l.Momentum), 0.1)))
	for theirs, ours := range map[string]string{"weight": "gain", "bias": "bias", "running_mean": "mean", "running_var": "variance"} {
		c.take(m+"."+theirs, ours, asIs)
	}
	if c.Frozen {
		c.Eval = append(c.Eval, m)
	}
	c.Expr = c.across(m)
}

// across applies a module of PyTorch's that wants the channels first, which a
// sequence has last.
func (c *Code) across(module string) string {
	if len(c.Out) == 2 {
		return module + "(" + c.x() + ".transpose(1, 2)).transpose(1, 2)"
	}
	return module + "(" + c.x() + ")"
}

// rounded is a number that was worked out, without the noise of its last digits.
func rounded(v float64) float64 { return math.Round(v*1e12) / 1e12 }

func (l *BatchNorm) Keras(c *Code) {
	c.keras("layers.BatchNormalization", python.Unless("momentum", l.Momentum, 0.99), python.Unless("epsilon", l.Eps, 1e-3))
}
