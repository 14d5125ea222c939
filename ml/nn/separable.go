package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// SeparableConv2D is a depthwise convolution and then one of 1×1 that mixes
// the channels. Parameters: depthwise[kh, kw, 1, channels·multiplier],
// pointwise[1, 1, channels·multiplier, filters], bias[filters].
type SeparableConv2D struct {
	Filters                  int
	Kernel, Stride, Dilation [2]int
	Padding                  config.Series
	Multiplier               int
	Activation               string
	Init                     string
}

func init() {
	Register(Info{Type: "separable_conv2d", Title: "Separable convolution", Group: "image",
		Doc:     "Looks at each channel on its own and then mixes them cell by cell: nearly a convolution, for far less work",
		Formula: "y[i,j,f] = f(Σc (Σ x[i+p, j+q, c]·d[p,q,c])·w[c,f] + b[f])",
		New: func() Layer {
			return &SeparableConv2D{Filters: 32, Kernel: [2]int{3, 3}, Stride: one, Dilation: one, Padding: valid, Multiplier: 1,
				Activation: "none", Init: "glorot_uniform"}
		}})
}

func (l *SeparableConv2D) Fields() []config.Field {
	return []config.Field{
		config.Int("filters", &l.Filters, 1, 65536, "How many channels the output has"),
		config.Pair("kernel", &l.Kernel, 1, 1024, "Height and width of a filter").With("px"),
		config.Pair("stride", &l.Stride, 1, 1024, "How far the filter moves between two outputs").With("px"),
		paddingField(&l.Padding),
		dilationField(&l.Dilation),
		config.Int("multiplier", &l.Multiplier, 1, 1024, "How many filters each channel has before they are mixed"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
	}
}

func (l *SeparableConv2D) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("separable_conv2d", in[0])
	if !ok {
		return graph.Value{}
	}
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	pad, ok := b.padding(l.Padding, [2]int{s[0], s[1]}, w)
	if !ok {
		return graph.Value{}
	}
	middle := s[2] * l.Multiplier
	each := b.Part("channels", op.Conv2D{Stride: l.Stride, Dilation: l.Dilation, Pad: pad, Groups: s[2]}, in[0],
		b.filters("depthwise", l.Init, w, 1, l.Multiplier, l.Kernel[0], l.Kernel[1], 1, middle))
	return b.activate(l.Activation, op.Conv2D{Stride: one, Dilation: one}, each,
		b.Weight("pointwise", l.Init, 1, 1, middle, l.Filters), b.Bias("bias", l.Filters))
}

func (l *SeparableConv2D) PyTorch(c *Code) {
	s := c.In[0].Shape
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	x, pad := torchPad(c.x(), pads(l.Padding, [2]int{s[0], s[1]}, w), "")
	middle, field := s[2]*l.Multiplier, l.Kernel[0]*l.Kernel[1]
	each := c.module("depthwise", python.Call("nn.Conv2d", s[2], middle, l.Kernel, stretched("stride", l.Stride), python.Unless("padding", pad, [2]int{}),
		stretched("dilation", l.Dilation), python.Arg("groups", s[2]), python.Arg("bias", false)))
	mix := c.module("pointwise", python.Call("nn.Conv2d", middle, l.Filters, 1))
	c.startFilters(each+".weight", l.Init, s[2], field, field*l.Multiplier)
	c.start(mix+".weight", l.Init)
	c.startBias(mix + ".bias")
	c.take(each+".weight", "depthwise", filtered)
	c.take(mix+".weight", "pointwise", filtered)
	c.take(mix+".bias", "bias", asIs)
	c.Expr = c.torchActivation(l.Activation, mix+"("+each+"("+x+"))")
}

func (l *SeparableConv2D) Keras(c *Code) {
	x, pad := c.kerasPad(l.Padding, false)
	field := l.Kernel[0] * l.Kernel[1]
	if l.Stride[0] != l.Stride[1] {
		c.Note("Keras' SeparableConv2D wants the same stride in both directions, and %s has %d and %d.", c.Name, l.Stride[0], l.Stride[1])
	}
	c.Expr = c.kerasOf("", "layers.SeparableConv2D", l.Filters, l.Kernel, stretched("strides", l.Stride), python.Arg("padding", pad),
		stretched("dilation_rate", l.Dilation), python.Unless("depth_multiplier", l.Multiplier, 1), python.Arg("activation", kerasActivation(l.Activation)),
		python.Arg("depthwise_initializer", c.kerasFilters(l.Init, 2, field, field*l.Multiplier)), python.Arg("pointwise_initializer", c.kerasInit(l.Init, 0)),
		python.Arg("depthwise_regularizer", c.penalty()), python.Arg("pointwise_regularizer", c.penalty())) + "(" + x + ")"
}
