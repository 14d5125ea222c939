package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// LayerNorm brings each row of channels to mean 0 and variance 1. Parameters:
// gain[channels], bias[channels] if wanted.
type LayerNorm struct {
	Eps  float64
	Bias bool
}

// RMSNorm brings each row of channels to a mean square of 1. Parameter:
// gain[channels].
type RMSNorm struct {
	Eps float64
}

func init() {
	Register(Info{Type: "layer_norm", Title: "Layer normalisation", Group: "normalisation",
		Doc:     "Brings the channels of each step, cell or sample to mean 0 and variance 1 on their own, then stretches them as learned",
		Formula: "y = (x - mean x)/√(var x + eps)·gain + bias",
		New:     func() Layer { return &LayerNorm{Eps: 1e-5, Bias: true} }})
	Register(Info{Type: "rms_norm", Title: "RMS normalisation", Group: "normalisation",
		Doc:     "Brings the channels of each step, cell or sample to a mean square of 1: layer normalisation without the mean, and cheaper",
		Formula: "y = x/√(mean x² + eps)·gain",
		New:     func() Layer { return &RMSNorm{Eps: 1e-5} }})
}

func (l *LayerNorm) Fields() []config.Field {
	return []config.Field{
		epsField(&l.Eps),
		config.Toggle("bias", &l.Bias, "Whether each channel also has a number of its own that is added"),
	}
}

func (l *RMSNorm) Fields() []config.Field { return []config.Field{epsField(&l.Eps)} }

// epsField is the setting every normalisation has.
func epsField(p *float64) config.Field {
	return config.Float("eps", p, 1e-8, 1, "Added to the variance, so that nothing is divided by zero")
}

func (l *LayerNorm) Build(b *Builder, in ...graph.Value) graph.Value {
	n := b.channels(in[0])
	values := []graph.Value{in[0], b.Gain("gain", n)}
	if l.Bias {
		values = append(values, b.Bias("bias", n))
	}
	return b.Apply(op.LayerNorm{Eps: l.Eps}, values...)
}

func (l *RMSNorm) Build(b *Builder, in ...graph.Value) graph.Value {
	return b.Apply(op.RMSNorm{Eps: l.Eps}, in[0], b.Gain("gain", b.channels(in[0])))
}

// channels returns the size of a value's last dimension.
func (b *Builder) channels(v graph.Value) int {
	s := b.Shape(v)
	return s[len(s)-1]
}

func (l *LayerNorm) PyTorch(c *Code) {
	name := "nn.LayerNorm"
	if !l.Bias {
		c.Need(torchLayerNorm)
		name = "LayerNorm"
	}
	m := c.module("", python.Call(name, c.In[0].channels(), python.Unless("eps", l.Eps, 1e-5)))
	c.take(m+".weight", "gain", asIs)
	if l.Bias {
		c.take(m+".bias", "bias", asIs)
	}
	c.first(m + "(" + c.In[0].last() + ")")
}

func (l *LayerNorm) Keras(c *Code) {
	c.keras("layers.LayerNormalization", python.Arg("epsilon", l.Eps), python.Unless("center", l.Bias, true))
}

func (l *RMSNorm) PyTorch(c *Code) {
	c.Need(torchRMSNorm)
	m := c.module("", python.Call("RMSNorm", c.In[0].channels(), python.Unless("eps", l.Eps, 1e-5)))
	c.take(m+".weight", "gain", asIs)
	c.first(m + "(" + c.In[0].last() + ")")
}

func (l *RMSNorm) Keras(c *Code) {
	c.Need(kerasRMSNorm)
	c.keras("RMSNorm", python.Unless("epsilon", l.Eps, 1e-5))
}

var torchLayerNorm = python.Def{Name: "LayerNorm", Text: `class LayerNorm(nn.Module):
    """Layer normalisation without a bias."""

    def __init__(self, channels, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.eps = eps

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, None, self.eps)
`}

var torchRMSNorm = python.Def{Name: "RMSNorm", Text: `class RMSNorm(nn.Module):
    """Divides by the root of the mean square of the channels."""

    def __init__(self, channels, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps) * self.weight
`}

var kerasRMSNorm = python.Def{Name: "RMSNorm", Text: `class RMSNorm(layers.Layer):
    """Divides by the root of the mean square of the channels."""

    def __init__(self, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon

    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones", name="gain")

    def call(self, x):
        return x * ops.rsqrt(ops.mean(ops.square(x), axis=-1, keepdims=True) + self.epsilon) * self.gain
`}
