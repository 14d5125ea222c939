package nn

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
	"descent/ml/tensor"
)

// A window is what convolution and pooling slide over an image, or over a
// sequence, which is an image of height 1.
type window struct {
	size, stride, dilation [2]int
	line                   bool // over a sequence
}

var one = [2]int{1, 1}

// along is a window over a sequence.
func along(size, stride, dilation int) window {
	return window{[2]int{1, size}, [2]int{1, stride}, [2]int{1, dilation}, true}
}

func paddingField(p *config.Series) config.Field {
	return config.Numbers("padding", p, 0, 1024,
		"valid stays inside the image, which shrinks; same adds zeros around it, so that stride 1 keeps its size; "+
			"or how many zeros: one number for all sides, [top and bottom, left and right], or [top, bottom, left, right]", "valid", "same").With("px")
}

func paddingField1D(p *config.Series) config.Field {
	return config.Numbers("padding", p, 0, 1024,
		"valid stays inside the sequence, which shrinks; same adds zeros at both ends, so that stride 1 keeps its length; "+
			"causal adds them at the beginning only, so that nothing sees its future; or how many zeros: [each end], or [beginning, end]",
		"valid", "same", "causal").With("steps")
}

var valid = config.Series{Word: "valid"}

// padding works out the zeros around an input of the given height and width,
// and checks that the window fits in.
func (b *Builder) padding(p config.Series, in [2]int, w window) (pad op.Padding, ok bool) {
	for _, v := range p.Values {
		if v != math.Trunc(v) {
			b.Fail("padding", "", "zeros are added by whole cells, not %v of them", v)
			return pad, false
		}
	}
	n := func(i int) int { return int(p.Values[i]) }
	switch {
	case p.Word == "same":
		pad = op.Same(in, w.size, w.stride, w.dilation)
	case p.Word == "causal":
		pad[2] = (w.size[1] - 1) * w.dilation[1]
	case p.Word == "valid":
	case w.line && len(p.Values) == 1:
		pad = op.Padding{0, 0, n(0), n(0)}
	case w.line && len(p.Values) == 2:
		pad = op.Padding{0, 0, n(0), n(1)}
	case w.line:
		b.Fail("padding", "", "wants valid, same, causal, [each end] or [beginning, end], not a list of %d", len(p.Values))
		return pad, false
	case len(p.Values) == 1:
		pad = op.Padding{n(0), n(0), n(0), n(0)}
	case len(p.Values) == 2:
		pad = op.Padding{n(0), n(0), n(1), n(1)}
	case len(p.Values) == 4:
		pad = op.Padding{n(0), n(1), n(2), n(3)}
	default:
		b.Fail("padding", "", "wants valid, same, a number for all sides, [top and bottom, left and right] or [top, bottom, left, right], not a list of %d", len(p.Values))
		return pad, false
	}
	if reach, room := (w.size[1]-1)*w.dilation[1]+1, in[1]+pad[2]+pad[3]; w.line && reach > room {
		b.Fail("padding", "padding_same", "the window reaches over %d steps, and there are only %d; use a smaller one or padding \"same\"", reach, room)
		return pad, false
	}
	return pad, true
}

// parted checks that n channels, or what else there is n of, can be parted into
// groups of the same size.
func (b *Builder) parted(field, what string, n, groups int) bool {
	if n%groups == 0 {
		return true
	}
	near := min(groups, n)
	for n%near != 0 {
		near--
	}
	b.Fail(field, "", "%d %s cannot be parted into %d groups of the same size; %d would do", n, config.Word(what), groups, near)
	return false
}

// filters declares the weights of a convolution. They start as those of a
// layer that maps in to out channels with such a window, which for groups and
// for transposed ones the weights' own shape would not show.
func (b *Builder) filters(name, init string, w window, in, out int, shape ...int) graph.Value {
	start, like := initialiser(init), tensor.Shape{w.size[0], w.size[1], in, out}
	return b.param(graph.ParamInfo{Name: name, Shape: shape, L1: b.l1l2[0], L2: b.l1l2[1],
		Init: func(dst []float32, _ tensor.Shape, s tensor.Stream) { start(dst, like, s) }})
}

// image checks that a value is height×width×channels.
func (b *Builder) image(layer string, v graph.Value) (tensor.Shape, bool) {
	s := b.Shape(v)
	if len(s) != 3 {
		fix := ""
		switch {
		case len(s) == 2 && (layer == "conv2d" || layer == "pooling"):
			fix = "over_time"
		case len(s) == 1 && layer == "conv2d" && b.data.Tokens == 0:
			fix = "use_dense"
		}
		b.Fail("", fix, "%s wants an image, height×width×channels, and what arrives has the shape %v", layer, s)
		return nil, false
	}
	return s, true
}

// row sees a sequence as an image of height 1, and upright the result as a
// sequence again.
func (b *Builder) row(v graph.Value) graph.Value {
	s := b.Shape(v)
	return b.Part("row", op.Reshape{Sample: tensor.Shape{1, s[0], s[1]}}, v)
}

func (b *Builder) upright(v graph.Value) graph.Value {
	if !v.OK() {
		return v
	}
	s := b.Shape(v)
	return b.Apply(op.Reshape{Sample: tensor.Shape{s[1], s[2]}}, v)
}

// pads works out the zeros around an input, which was checked before.
func pads(p config.Series, in [2]int, w window) op.Padding {
	pad, _ := (&Builder{graph: graph.NewBuilder()}).padding(p, in, w)
	return pad
}

// torchPad returns an image with its padding, or the padding for an argument
// where PyTorch can add it itself: the same at both ends.
func torchPad(x string, pad op.Padding, fill string) (padded string, both [2]int) {
	if pad[0] == pad[1] && pad[2] == pad[3] {
		return x, [2]int{pad[0], pad[2]}
	}
	args := []any{python.Raw(x), []int{pad[2], pad[3], pad[0], pad[1]}}
	if fill != "" {
		args = append(args, python.Arg("value", python.Raw(fill)))
	}
	return python.Call("F.pad", args...), both
}

// kerasPad returns the word that Keras takes for a padding, and what is read
// with the zeros around it where there is none.
func (c *Code) kerasPad(p config.Series, line bool) (x string, word any) {
	x = c.x()
	switch {
	case p.Word == "valid":
		return x, nil
	case p.Word == "same" || p.Word == "causal":
		return x, p.Word
	case line:
		pad := pads(p, [2]int{1, 1 << 20}, along(1, 1, 1))
		return "layers.ZeroPadding1D(" + python.Tuple(pad[2], pad[3]) + ")(" + x + ")", nil
	}
	pad := pads(p, [2]int{1 << 20, 1 << 20}, window{size: one, stride: one, dilation: one})
	return "layers.ZeroPadding2D((" + python.Tuple(pad[0], pad[1]) + ", " + python.Tuple(pad[2], pad[3]) + "))(" + x + ")", nil
}

// stretched is an argument that is left out where it is 1.
func stretched(name string, v [2]int) python.Named { return python.Unless(name, v, one) }
