package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
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
