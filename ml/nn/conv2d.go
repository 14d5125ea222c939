package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// Conv2D slides filters over an image. Parameters: weight[kh, kw, channels,
// filters], bias[filters].
type Conv2D struct {
	Filters        int
	Kernel, Stride [2]int
	Padding        string
	Activation     string
	Init           string
}

func init() {
	Register(Info{Type: "conv2d", Title: "Convolution", Group: "image",
		Doc:     "Slides small filters over the image; each answers where it finds its own pattern",
		Formula: "y[i,j,f] = f(Σ x[i+p, j+q, c]·w[p,q,c,f] + b[f])",
		New: func() Layer {
			return &Conv2D{Filters: 32, Kernel: [2]int{3, 3}, Stride: [2]int{1, 1}, Padding: "valid", Activation: "none", Init: "glorot_uniform"}
		}})
}

func (l *Conv2D) Fields() []config.Field {
	return []config.Field{
		config.Int("filters", &l.Filters, 1, 65536, "How many patterns are looked for; each gives one channel of the output"),
		config.Pair("kernel", &l.Kernel, 1, 1024, "Height and width of a filter").With("px"),
		config.Pair("stride", &l.Stride, 1, 1024, "How far the filter moves between two outputs").With("px"),
		paddingField(&l.Padding),
		activationField("activation", &l.Activation),
		initField(&l.Init),
	}
}

func (l *Conv2D) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("conv2d", in[0])
	if !ok {
		return graph.Value{}
	}
	one := [2]int{1, 1}
	return b.activate(l.Activation,
		op.Conv2D{Stride: l.Stride, Dilation: one, Pad: padding(l.Padding, s, l.Kernel, l.Stride)}, in[0],
		b.Weight("weight", l.Init, l.Kernel[0], l.Kernel[1], s[2], l.Filters), b.Bias("bias", l.Filters))
}

func paddingField(p *string) config.Field {
	return config.Choice("padding", p, []string{"valid", "same"},
		"valid stays inside the image, which shrinks; same adds zeros around it, so that stride 1 keeps its size")
}

func padding(name string, s tensor.Shape, window, stride [2]int) op.Padding {
	if name == "same" {
		return op.Same([2]int{s[0], s[1]}, window, stride, [2]int{1, 1})
	}
	return op.Padding{}
}

// image checks that a value is height×width×channels.
func (b *Builder) image(layer string, v graph.Value) (tensor.Shape, bool) {
	s := b.Shape(v)
	if len(s) != 3 {
		b.Fail("", "", "%s wants an image, height×width×channels, and what arrives has the shape %v", layer, s)
		return nil, false
	}
	return s, true
}
