package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Pool2D shrinks an image by taking the largest or the mean value of each window.
type Pool2D struct {
	Size, Stride [2]int
	Padding      config.Series
	average      bool
}

func init() {
	Register(Info{Type: "max_pool2d", Title: "Max pooling", Group: "image",
		Doc:     "Keeps the strongest answer in each window and makes the image smaller",
		Formula: "y[i,j,c] = max over the window of x",
		New:     func() Layer { return &Pool2D{Size: [2]int{2, 2}, Padding: valid} }})
	Register(Info{Type: "avg_pool2d", Title: "Average pooling", Group: "image",
		Doc:     "Takes the mean of each window and makes the image smaller",
		Formula: "y[i,j,c] = mean over the window of x",
		New:     func() Layer { return &Pool2D{Size: [2]int{2, 2}, Padding: valid, average: true} }})
}

func (l *Pool2D) Fields() []config.Field {
	return []config.Field{
		config.Pair("size", &l.Size, 1, 1024, "Height and width of the window").With("px"),
		config.Pair("stride", &l.Stride, 0, 1024, "How far the window moves; 0 means by its own size, so that windows do not overlap").With("px"),
		paddingField(&l.Padding),
	}
}

func (l *Pool2D) Build(b *Builder, in ...graph.Value) graph.Value {
	s, ok := b.image("pooling", in[0])
	if !ok {
		return graph.Value{}
	}
	stride := l.Stride
	for i := range stride {
		if stride[i] == 0 {
			stride[i] = l.Size[i]
		}
	}
	o, ok := b.pool(l.average, l.Padding, [2]int{s[0], s[1]}, window{size: l.Size, stride: stride, dilation: one})
	if !ok {
		return graph.Value{}
	}
	return b.Apply(o, in[0])
}

// pool makes the op for a window that lies inside the image at least in part,
// wherever it stands.
func (b *Builder) pool(average bool, padding config.Series, in [2]int, w window) (o op.Pool2D, ok bool) {
	pad, ok := b.padding(padding, in, w)
	for i, n := range pad {
		if size := w.size[i/2]; n >= size {
			b.Fail("padding", "", "%d zeros at an edge would leave a window of %d nothing to look at; use at most %d", n, size, size-1)
			return o, false
		}
	}
	return op.Pool2D{Average: average, Size: w.size, Stride: w.stride, Pad: pad}, ok
}
