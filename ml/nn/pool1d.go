package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/python"
)

// Pool1D shortens a sequence by taking the largest or the mean value of each window.
type Pool1D struct {
	Size, Stride int
	Padding      config.Series
	average      bool
	name         string
}

func init() {
	Register(Info{Type: "max_pool1d", Title: "Max pooling over time", Group: "sequence",
		Doc:     "Keeps the strongest answer in each window of steps and makes the sequence shorter",
		Formula: "y[t,c] = max over the window of x",
		New:     func() Layer { return &Pool1D{Size: 2, Padding: valid, name: "max_pool1d"} }})
	Register(Info{Type: "avg_pool1d", Title: "Average pooling over time", Group: "sequence",
		Doc:     "Takes the mean of each window of steps and makes the sequence shorter",
		Formula: "y[t,c] = mean over the window of x",
		New:     func() Layer { return &Pool1D{Size: 2, Padding: valid, average: true, name: "avg_pool1d"} }})
}

func (l *Pool1D) Fields() []config.Field {
	return []config.Field{
		config.Int("size", &l.Size, 1, 4096, "How many steps the window takes").With("steps"),
		config.Int("stride", &l.Stride, 0, 4096, "How far the window moves; 0 means by its own size, so that windows do not overlap").With("steps"),
		paddingField1D(&l.Padding),
	}
}

func (l *Pool1D) Build(b *Builder, in ...graph.Value) graph.Value {
	time, _, ok := b.steps(l.name, in[0])
	if !ok {
		return graph.Value{}
	}
	stride := l.Stride
	if stride == 0 {
		stride = l.Size
	}
	o, ok := b.pool(l.average, l.Padding, [2]int{1, time}, along(l.Size, stride, 1))
	if !ok {
		return graph.Value{}
	}
	return b.upright(b.Part("pooled", o, b.row(in[0])))
}

func (l *Pool1D) PyTorch(c *Code) {
	stride := l.Stride
	if stride == 0 {
		stride = l.Size
	}
	w := along(l.Size, stride, 1)
	pad := pads(l.Padding, [2]int{1, c.In[0].Shape[0]}, w)
	x := c.x() + ".transpose(1, 2).unsqueeze(2)" // an image of height 1
	c.Expr = c.torchPool(l.average, x, pad, w.size, w.stride, stride == l.Size) + ".squeeze(2).transpose(1, 2)"
}

func (l *Pool1D) Keras(c *Code) {
	name := "layers.MaxPooling1D"
	if l.average {
		name = "layers.AveragePooling1D"
	}
	stride := l.Stride
	if stride == 0 {
		stride = l.Size
	}
	padding := l.Padding
	if padding.Word == "causal" { // which only a convolution has in Keras
		padding = config.Series{Values: []float64{float64(l.Size - 1), 0}}
	}
	x, pad := c.kerasPoolPad(l.average, padding, true)
	c.Expr = c.kerasOf("", name, l.Size, python.Unless("strides", stride, l.Size), python.Arg("padding", pad)) + "(" + x + ")"
}
