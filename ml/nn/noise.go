package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// GaussianNoise adds random numbers while training.
type GaussianNoise struct {
	Stddev float64
}

func init() {
	Register(Info{Type: "gaussian_noise", Title: "Gaussian noise", Group: "regularisation",
		Doc:     "While training, adds small random numbers to the values, so that none is trusted to the last digit",
		Formula: "y = x + stddev·z, z from N(0, 1)",
		New:     func() Layer { return &GaussianNoise{Stddev: 0.1} }})
}

func (l *GaussianNoise) Fields() []config.Field {
	return []config.Field{config.Float("stddev", &l.Stddev, 0, 1000, "How large the random numbers are, as their standard deviation")}
}

func (l *GaussianNoise) Build(b *Builder, in ...graph.Value) graph.Value {
	return b.Apply(op.Noise{Stddev: l.Stddev, Stream: b.Stream()}, in[0])
}

func (l *GaussianNoise) PyTorch(c *Code) {
	x := c.x()
	c.Expr = x + " + " + python.Float(l.Stddev) + " * torch.randn_like(" + x + ") if self.training else " + x
}

func (l *GaussianNoise) Keras(c *Code) { c.keras("layers.GaussianNoise", l.Stddev) }
