package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Conv2DTranspose spreads each cell of an image over a window of a larger one.
// Parameters: weight[kh, kw, filters, channels], bias[filters].
type Conv2DTranspose struct {
	Filters                  int
	Kernel, Stride, Dilation [2]int
	Padding                  config.Series
	Activation               string
	Init                     string
}

func init() {
	Register(Info{Type: "conv2d_transpose", Title: "Transposed convolution", Group: "image",
		Doc:     "Paints each cell as a small pattern on a larger image: a convolution backwards, as decoders want it",
		Formula: "y[i·s+p, j·s+q, f] += Σc x[i,j,c]·w[p,q,f,c], then f(y + b)",
		New: func() Layer {
			return &Conv2DTranspose{Filters: 32, Kernel: [2]int{3, 3}, Stride: [2]int{2, 2}, Dilation: one,
				Padding: config.Series{Word: "same"}, Activation: "none", Init: "glorot_uniform"}
		}})
}

func (l *Conv2DTranspose) Fields() []config.Field {
	return []config.Field{
		config.Int("filters", &l.Filters, 1, 65536, "How many channels the output has"),
		config.Pair("kernel", &l.Kernel, 1, 1024, "Height and width of the pattern that a cell paints").With("px"),
		config.Pair("stride", &l.Stride, 1, 1024, "How far apart the patterns lie; with padding same, how many times larger the image becomes").With("px"),
		config.Numbers("padding", &l.Padding, 0, 1024,
			"valid keeps all that is painted; same cuts it to stride times the input's size; or how many cells are cut away: "+
				"[top and bottom, left and right], or [top, bottom, left, right]", "valid", "same").With("px"),
		dilationField(&l.Dilation),
		activationField("activation", &l.Activation),
		initField(&l.Init),
	}
}

func (l *Conv2DTranspose) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("conv2d_transpose", in[0])
	if !ok {
		return graph.Value{}
	}
	// The result is what a convolution of this window turns into the input.
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	pad, ok := b.padding(l.Padding, [2]int{s[0] * l.Stride[0], s[1] * l.Stride[1]}, w)
	if !ok {
		return graph.Value{}
	}
	o := op.Conv2DTranspose{Stride: l.Stride, Dilation: l.Dilation, Pad: pad}
	if l.Padding.Word == "same" {
		for i := range o.Extra {
			o.Extra[i] = max(0, l.Stride[i]-(l.Kernel[i]-1)*l.Dilation[i]-1)
		}
	}
	return b.activate(l.Activation, o, in[0],
		b.filters("weight", l.Init, w, s[2], l.Filters, l.Kernel[0], l.Kernel[1], l.Filters, s[2]), b.Bias("bias", l.Filters))
}
