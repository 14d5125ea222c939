package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// DepthwiseConv2D slides filters over each channel of an image on its own.
// Parameters: weight[kh, kw, 1, channels·multiplier], bias[channels·multiplier].
type DepthwiseConv2D struct {
	Kernel, Stride, Dilation [2]int
	Padding                  config.Series
	Multiplier               int
	Activation               string
	Init                     string
}

func init() {
	Register(Info{Type: "depthwise_conv2d", Title: "Depthwise convolution", Group: "image",
		Doc:     "Slides filters over each channel on its own, which costs a small part of a convolution; channels do not meet",
		Formula: "y[i,j,c] = f(Σ x[i+p, j+q, c]·w[p,q,c] + b[c])",
		New: func() Layer {
			return &DepthwiseConv2D{Kernel: [2]int{3, 3}, Stride: one, Dilation: one, Padding: valid, Multiplier: 1,
				Activation: "none", Init: "glorot_uniform"}
		}})
}

func (l *DepthwiseConv2D) Fields() []config.Field {
	return []config.Field{
		config.Pair("kernel", &l.Kernel, 1, 1024, "Height and width of a filter").With("px"),
		config.Pair("stride", &l.Stride, 1, 1024, "How far the filter moves between two outputs").With("px"),
		paddingField(&l.Padding),
		dilationField(&l.Dilation),
		config.Int("multiplier", &l.Multiplier, 1, 1024, "How many filters each channel has, and how many channels come of it"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
	}
}

func (l *DepthwiseConv2D) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("depthwise_conv2d", in[0])
	if !ok {
		return graph.Value{}
	}
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	pad, ok := b.padding(l.Padding, [2]int{s[0], s[1]}, w)
	if !ok {
		return graph.Value{}
	}
	out := s[2] * l.Multiplier
	return b.activate(l.Activation, op.Conv2D{Stride: l.Stride, Dilation: l.Dilation, Pad: pad, Groups: s[2]}, in[0],
		b.filters("weight", l.Init, w, 1, l.Multiplier, l.Kernel[0], l.Kernel[1], 1, out), b.Bias("bias", out))
}

func (l *DepthwiseConv2D) PyTorch(c *Code) {
	s := c.In[0].Shape
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	x, pad := torchPad(c.x(), pads(l.Padding, [2]int{s[0], s[1]}, w), "")
	m := c.module("", python.Call("nn.Conv2d", s[2], s[2]*l.Multiplier, l.Kernel, stretched("stride", l.Stride), python.Unless("padding", pad, [2]int{}),
		stretched("dilation", l.Dilation), python.Arg("groups", s[2])))
	field := l.Kernel[0] * l.Kernel[1]
	c.startFilters(m+".weight", l.Init, s[2], field, field*l.Multiplier)
	c.startBias(m + ".bias")
	c.take(m+".weight", "weight", filtered)
	c.take(m+".bias", "bias", asIs)
	c.Expr = c.torchActivation(l.Activation, m+"("+x+")")
}

func (l *DepthwiseConv2D) Keras(c *Code) {
	x, pad := c.kerasPad(l.Padding, false)
	field := l.Kernel[0] * l.Kernel[1]
	c.Expr = c.kerasOf("", "layers.DepthwiseConv2D", l.Kernel, stretched("strides", l.Stride), python.Arg("padding", pad),
		stretched("dilation_rate", l.Dilation), python.Unless("depth_multiplier", l.Multiplier, 1), python.Arg("activation", kerasActivation(l.Activation)),
		python.Arg("depthwise_initializer", c.kerasFilters(l.Init, 2, field, field*l.Multiplier)),
		python.Arg("depthwise_regularizer", c.penalty())) + "(" + x + ")"
}
