package nn

import (
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
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

// torchPool writes a pooling over an image: the cells outside never win and
// never count.
func (c *Code) torchPool(average bool, x string, pad op.Padding, size, stride any, usual bool) string {
	step := python.Named{Name: "stride"}
	if !usual {
		step.Value = stride
	}
	if average {
		padded, both := torchPad(x, pad, "")
		y := python.Call("F.avg_pool2d", python.Raw(padded), size, step, python.Unless("padding", both, [2]int{}), python.Unless("count_include_pad", both == [2]int{}, true))
		if padded != x { // the share of the window that is inside
			inside := python.Call("F.avg_pool2d", python.Raw(strings.Replace(padded, x, "torch.ones_like("+x+")", 1)), size, step)
			y = "(" + y + " / " + inside + ")"
		}
		return y
	}
	padded, both := torchPad(x, pad, `float("-inf")`)
	for i, s := range size.([2]int) {
		if padded == x && 2*both[i] > s { // more than PyTorch takes
			pad[0]++
			padded, _ = torchPad(x, pad, `float("-inf")`)
			padded, both = strings.Replace(padded, python.Tuple(pad[2], pad[3], pad[0], pad[1]), python.Tuple(pad[2], pad[3], pad[0]-1, pad[1]), 1), [2]int{}
			pad[0]--
		}
	}
	return python.Call("F.max_pool2d", python.Raw(padded), size, step, python.Unless("padding", both, [2]int{}))
}

func (l *Pool2D) PyTorch(c *Code) {
	s, stride := c.In[0].Shape, l.Stride
	for i := range stride {
		if stride[i] == 0 {
			stride[i] = l.Size[i]
		}
	}
	pad := pads(l.Padding, [2]int{s[0], s[1]}, window{size: l.Size, stride: stride, dilation: one})
	c.Expr = c.torchPool(l.average, c.x(), pad, l.Size, stride, stride == l.Size)
}

func (l *Pool2D) Keras(c *Code) {
	name, step := "layers.MaxPooling2D", python.Named{Name: "strides"}
	if l.average {
		name = "layers.AveragePooling2D"
	}
	stride := l.Stride
	for i := range stride {
		if stride[i] == 0 {
			stride[i] = l.Size[i]
		}
	}
	if stride != l.Size {
		step.Value = stride
	}
	x, pad := c.kerasPoolPad(l.average, l.Padding, false)
	c.Expr = c.kerasOf("", name, l.Size, step, python.Arg("padding", pad)) + "(" + x + ")"
}

// kerasPoolPad is kerasPad for a pooling. Cells outside never win; where they
// would count, that is said.
func (c *Code) kerasPoolPad(average bool, p config.Series, line bool) (x string, word any) {
	if p.Word == "same" || p.Word == "valid" {
		return c.kerasPad(p, line)
	}
	pad := pads(p, [2]int{1 << 20, 1 << 20}, window{size: one, stride: one, dilation: one})
	width := "((0, 0), " + python.Tuple(pad[0], pad[1]) + ", " + python.Tuple(pad[2], pad[3]) + ", (0, 0))"
	if line {
		pad = pads(p, [2]int{1, 1 << 20}, along(1, 1, 1))
		width = "((0, 0), " + python.Tuple(pad[2], pad[3]) + ", (0, 0))"
	}
	if average {
		c.Note("The zeros around what %s reads count in its means here; Descent leaves them out, which Keras does only with padding \"same\".", c.Name)
		return "ops.pad(" + c.x() + ", " + width + ")", nil
	}
	return "ops.pad(" + c.x() + ", " + width + `, constant_values=float("-inf"))`, nil
}
