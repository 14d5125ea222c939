package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Conv2D slides filters over an image. Parameters: weight[kh, kw,
// channels/groups, filters], bias[filters] if wanted.
type Conv2D struct {
	Filters                  int
	Kernel, Stride, Dilation [2]int
	Padding                  config.Series
	Groups                   int
	Activation               string
	Init                     string
	Bias                     bool
}

func init() {
	Register(Info{Type: "conv2d", Title: "Convolution", Group: "image",
		Doc:     "Slides small filters over the image; each answers where it finds its own pattern",
		Formula: "y[i,j,f] = f(Σ x[i+p, j+q, c]·w[p,q,c,f] + b[f])",
		New: func() Layer {
			return &Conv2D{Filters: 32, Kernel: [2]int{3, 3}, Stride: one, Dilation: one, Padding: valid, Groups: 1,
				Activation: "none", Init: "glorot_uniform", Bias: true}
		}})
}

func (l *Conv2D) Fields() []config.Field {
	return []config.Field{
		config.Int("filters", &l.Filters, 1, 65536, "How many patterns are looked for; each gives one channel of the output"),
		config.Pair("kernel", &l.Kernel, 1, 1024, "Height and width of a filter").With("px"),
		config.Pair("stride", &l.Stride, 1, 1024, "How far the filter moves between two outputs").With("px"),
		paddingField(&l.Padding),
		dilationField(&l.Dilation),
		config.Int("groups", &l.Groups, 1, 65536, "Into how many groups channels and filters are parted; a filter sees only its own group's channels"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
		config.Toggle("bias", &l.Bias, "Whether each filter has a number of its own that is added"),
	}
}

func dilationField(p *[2]int) config.Field {
	return config.Pair("dilation", p, 1, 256, "How far apart the cells are that a filter sees; 2 leaves out every other one").With("px")
}

func (l *Conv2D) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("conv2d", in[0])
	if !ok || !b.parted("groups", "channels", s[2], l.Groups) || !b.parted("groups", "filters", l.Filters, l.Groups) {
		return graph.Value{}
	}
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	pad, ok := b.padding(l.Padding, [2]int{s[0], s[1]}, w)
	if !ok {
		return graph.Value{}
	}
	own := s[2] / l.Groups
	values := []graph.Value{in[0], b.filters("weight", l.Init, w, own, l.Filters/l.Groups, l.Kernel[0], l.Kernel[1], own, l.Filters)}
	if l.Bias {
		values = append(values, b.Bias("bias", l.Filters))
	}
	return b.activate(l.Activation, op.Conv2D{Stride: l.Stride, Dilation: l.Dilation, Pad: pad, Groups: l.Groups}, values...)
}

func (l *Conv2D) PyTorch(c *Code) {
	s := c.In[0].Shape
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	x, pad := torchPad(c.x(), pads(l.Padding, [2]int{s[0], s[1]}, w), "")
	m := c.module("", python.Call("nn.Conv2d", s[2], l.Filters, l.Kernel, stretched("stride", l.Stride), python.Unless("padding", pad, [2]int{}),
		stretched("dilation", l.Dilation), python.Unless("groups", l.Groups, 1), python.Unless("bias", l.Bias, true)))
	field := l.Kernel[0] * l.Kernel[1]
	c.startFilters(m+".weight", l.Init, l.Groups, field*s[2]/l.Groups, field*l.Filters/l.Groups)
	c.take(m+".weight", "weight", filtered)
	if l.Bias {
		c.startBias(m + ".bias")
		c.take(m+".bias", "bias", asIs)
	}
	c.Expr = c.torchActivation(l.Activation, m+"("+x+")")
}

func (l *Conv2D) Keras(c *Code) {
	x, pad := c.kerasPad(l.Padding, false)
	field, channels := l.Kernel[0]*l.Kernel[1], c.In[0].channels()
	c.Expr = c.kerasOf("", "layers.Conv2D", l.Filters, l.Kernel, stretched("strides", l.Stride), python.Arg("padding", pad),
		stretched("dilation_rate", l.Dilation), python.Unless("groups", l.Groups, 1), python.Arg("activation", kerasActivation(l.Activation)),
		python.Unless("use_bias", l.Bias, true),
		python.Arg("kernel_initializer", c.kerasFilters(l.Init, l.Groups, field*channels/l.Groups, field*l.Filters/l.Groups)),
		python.Arg("kernel_regularizer", c.penalty())) + "(" + x + ")"
}
