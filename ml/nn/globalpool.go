package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// GlobalPool keeps one number of each channel: the mean or the largest.
type GlobalPool struct {
	average bool
	name    string
}

func init() {
	Register(Info{Type: "global_avg_pool", Title: "Global average pooling", Group: "image",
		Doc:     "Takes the mean of each channel over the whole image or sequence, whatever its size",
		Formula: "y[c] = mean of x[…, c]",
		New:     func() Layer { return &GlobalPool{average: true, name: "global_avg_pool"} }})
	Register(Info{Type: "global_max_pool", Title: "Global max pooling", Group: "image",
		Doc:     "Keeps the strongest answer of each channel in the whole image or sequence, whatever its size",
		Formula: "y[c] = max of x[…, c]",
		New:     func() Layer { return &GlobalPool{name: "global_max_pool"} }})
}

func (*GlobalPool) Fields() []config.Field { return nil }

func (l *GlobalPool) Build(b *Builder, in ...graph.Value) graph.Value {
	x, s := in[0], b.Shape(in[0])
	switch len(s) {
	case 2:
		x, s = b.row(x), tensor.Shape{1, s[0], s[1]}
	case 3:
	default:
		return b.Fail("", "", "%s wants an image, height×width×channels, or a sequence, time×channels, and what arrives has the shape %v", l.name, s)
	}
	pooled := b.Part("pooled", op.Pool2D{Average: l.average, Size: [2]int{s[0], s[1]}, Stride: one}, x)
	if !pooled.OK() {
		return pooled
	}
	return b.Apply(op.Reshape{}, pooled)
}

func (l *GlobalPool) PyTorch(c *Code) {
	how, dims := ".amax", "1"
	if l.average {
		how = ".mean"
	}
	if c.In[0].image() {
		dims = "(2, 3)"
	}
	c.Expr = c.x() + how + "(" + dims + ")"
}

func (l *GlobalPool) Keras(c *Code) {
	name, dims := "layers.GlobalMaxPooling", "1D"
	if l.average {
		name = "layers.GlobalAveragePooling"
	}
	if c.In[0].image() {
		dims = "2D"
	}
	c.keras(name + dims)
}
