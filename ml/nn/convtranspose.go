package nn

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
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

func (l *Conv2DTranspose) PyTorch(c *Code) {
	s := c.In[0].Shape
	w := window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation}
	cut := pads(l.Padding, [2]int{s[0] * l.Stride[0], s[1] * l.Stride[1]}, w)
	var pad, extra [2]int
	if cut[0] == cut[1] && cut[2] == cut[3] {
		pad, cut = [2]int{cut[0], cut[2]}, op.Padding{}
	}
	for i := range extra {
		if reach := (s[i]-1)*l.Stride[i] + (l.Kernel[i]-1)*l.Dilation[i] + 1 - 2*pad[i] - cut[2*i] - cut[2*i+1]; c.Out[i] > reach {
			extra[i] = c.Out[i] - reach
		}
	}
	m := c.module("", python.Call("nn.ConvTranspose2d", s[2], l.Filters, l.Kernel, stretched("stride", l.Stride), python.Unless("padding", pad, [2]int{}),
		python.Unless("output_padding", extra, [2]int{}), stretched("dilation", l.Dilation)))
	field := l.Kernel[0] * l.Kernel[1]
	c.startFilters(m+".weight", l.Init, 2, field*s[2], field*l.Filters) // PyTorch would take its ends the other way round
	c.startBias(m + ".bias")
	c.take(m+".weight", "weight", filtered)
	c.take(m+".bias", "bias", asIs)
	y := m + "(" + c.x() + ")"
	if cut != (op.Padding{}) {
		y += fmt.Sprintf("[:, :, %d:%d, %d:%d]", cut[0], cut[0]+c.Out[0], cut[2], cut[2]+c.Out[1])
	}
	c.Expr = c.torchActivation(l.Activation, y)
}

func (l *Conv2DTranspose) Keras(c *Code) {
	field, s := l.Kernel[0]*l.Kernel[1], c.In[0].Shape
	var pad any
	if l.Padding.Word == "same" {
		pad = "same"
	}
	// Where all that is painted is cut anyway, the activation comes after it.
	cut := pads(l.Padding, [2]int{s[0] * l.Stride[0], s[1] * l.Stride[1]}, window{size: l.Kernel, stride: l.Stride, dilation: l.Dilation})
	activation := kerasActivation(l.Activation)
	c.Expr = c.kerasOf("", "layers.Conv2DTranspose", l.Filters, l.Kernel, python.Arg("strides", python.Raw(python.Tuple(l.Stride[:]...))), python.Arg("padding", pad),
		stretched("dilation_rate", l.Dilation), python.Arg("activation", activation),
		python.Arg("kernel_initializer", c.kerasFilters(l.Init, 2, field*s[2], field*l.Filters)), python.Arg("kernel_regularizer", c.penalty())) + "(" + c.x() + ")"
	if pad == nil {
		c.Expr += fmt.Sprintf("[:, %d:%d, %d:%d]", cut[0], cut[0]+c.Out[0], cut[2], cut[2]+c.Out[1])
	}
}
