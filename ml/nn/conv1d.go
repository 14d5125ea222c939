package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Conv1D slides filters along a sequence. Parameters: weight[1, kernel,
// channels/groups, filters], bias[filters] if wanted.
type Conv1D struct {
	Filters                  int
	Kernel, Stride, Dilation int
	Padding                  config.Series
	Groups                   int
	Activation               string
	Init                     string
	Bias                     bool
}

func init() {
	Register(Info{Type: "conv1d", Title: "Convolution over time", Group: "sequence",
		Doc:     "Slides small filters along the sequence; each answers where it finds its own pattern",
		Formula: "y[t,f] = f(Σ x[t+p, c]·w[p,c,f] + b[f])",
		New: func() Layer {
			return &Conv1D{Filters: 32, Kernel: 3, Stride: 1, Dilation: 1, Padding: valid, Groups: 1, Activation: "none", Init: "glorot_uniform", Bias: true}
		}})
}

func (l *Conv1D) Fields() []config.Field {
	return []config.Field{
		config.Int("filters", &l.Filters, 1, 65536, "How many patterns are looked for; each gives one channel of the output"),
		config.Int("kernel", &l.Kernel, 1, 1024, "How many steps a filter sees").With("steps"),
		config.Int("stride", &l.Stride, 1, 1024, "How far the filter moves between two outputs").With("steps"),
		paddingField1D(&l.Padding),
		config.Int("dilation", &l.Dilation, 1, 4096, "How far apart the steps are that a filter sees; 2 leaves out every other one").With("steps"),
		config.Int("groups", &l.Groups, 1, 65536, "Into how many groups channels and filters are parted; a filter sees only its own group's channels"),
		activationField("activation", &l.Activation),
		initField(&l.Init),
		config.Toggle("bias", &l.Bias, "Whether each filter has a number of its own that is added"),
	}
}

func (l *Conv1D) Build(b *Builder, in ...graph.Value) graph.Value {
	time, channels, ok := b.steps("conv1d", in[0])
	if !ok || !b.parted("groups", "channels", channels, l.Groups) || !b.parted("groups", "filters", l.Filters, l.Groups) {
		return graph.Value{}
	}
	w := along(l.Kernel, l.Stride, l.Dilation)
	pad, ok := b.padding(l.Padding, [2]int{1, time}, w)
	if !ok {
		return graph.Value{}
	}
	own := channels / l.Groups
	values := []graph.Value{b.row(in[0]), b.filters("weight", l.Init, w, own, l.Filters/l.Groups, 1, l.Kernel, own, l.Filters)}
	if l.Bias {
		values = append(values, b.Bias("bias", l.Filters))
	}
	y := b.Part("pre", op.Conv2D{Stride: w.stride, Dilation: w.dilation, Pad: pad, Groups: l.Groups}, values...)
	if l.Activation != "none" {
		y = b.Part("act", activation(l.Activation), y)
	}
	return b.upright(y)
}

func (l *Conv1D) PyTorch(c *Code) {
	s := c.In[0].Shape
	pad := pads(l.Padding, [2]int{1, s[0]}, along(l.Kernel, l.Stride, l.Dilation))
	x, both := c.x()+".transpose(1, 2)", 0
	if pad[2] == pad[3] {
		both = pad[2]
	} else {
		x = python.Call("F.pad", python.Raw(x), []int{pad[2], pad[3]})
	}
	m := c.module("", python.Call("nn.Conv1d", s[1], l.Filters, l.Kernel, python.Unless("stride", l.Stride, 1), python.Unless("padding", both, 0),
		python.Unless("dilation", l.Dilation, 1), python.Unless("groups", l.Groups, 1), python.Unless("bias", l.Bias, true)))
	c.startFilters(m+".weight", l.Init, l.Groups, l.Kernel*s[1]/l.Groups, l.Kernel*l.Filters/l.Groups)
	c.take(m+".weight", "weight", "[0].permute(2, 1, 0)")
	if l.Bias {
		c.startBias(m + ".bias")
		c.take(m+".bias", "bias", asIs)
	}
	c.Expr = c.torchActivation(l.Activation, m+"("+x+").transpose(1, 2)")
}

func (l *Conv1D) Keras(c *Code) {
	x, pad := c.kerasPad(l.Padding, true)
	channels := c.In[0].channels()
	c.Expr = c.kerasOf("", "layers.Conv1D", l.Filters, l.Kernel, python.Unless("strides", l.Stride, 1), python.Arg("padding", pad),
		python.Unless("dilation_rate", l.Dilation, 1), python.Unless("groups", l.Groups, 1), python.Arg("activation", kerasActivation(l.Activation)),
		python.Unless("use_bias", l.Bias, true),
		python.Arg("kernel_initializer", c.kerasFilters(l.Init, l.Groups, l.Kernel*channels/l.Groups, l.Kernel*l.Filters/l.Groups)),
		python.Arg("kernel_regularizer", c.penalty())) + "(" + x + ")"
}
