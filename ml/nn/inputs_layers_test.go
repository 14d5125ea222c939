package nn

import (
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/tensor"
)

func init() {
	image, sequence, flat := tensor.Shape{6, 5, 3}, tensor.Shape{7, 4}, tensor.Shape{9}
	for name, shape := range map[string]tensor.Shape{
		"add": image, "multiply": flat, "concatenate": sequence,
		"depthwise_conv2d": image, "separable_conv2d": image, "conv1d": sequence, "conv2d_transpose": image,
		"max_pool1d": sequence, "avg_pool1d": sequence, "global_avg_pool": image, "global_max_pool": sequence,
		"upsampling2d": image, "reshape": image, "permute": sequence,
		"spatial_dropout": image, "gaussian_noise": flat,
		"layer_norm": sequence, "rms_norm": sequence, "group_norm": image, "batch_norm": image,
	} {
		inputs[name] = shape
	}
}

// Layers that merge say both shapes when they do not fit.
func TestMergeShapes(t *testing.T) {
	for _, c := range []struct {
		typ  string
		a, b tensor.Shape
		want string // the shape, or a part of the error
	}{
		{"add", tensor.Shape{4, 3}, tensor.Shape{4, 3}, "4×3"},
		{"add", tensor.Shape{3}, tensor.Shape{5}, `"a" gives 3 and "b" gives 5`},
		{"multiply", tensor.Shape{4, 4, 8}, tensor.Shape{1, 1, 8}, "4×4×8"},
		{"multiply", tensor.Shape{4, 4, 8}, tensor.Shape{8}, `"a" gives 4×4×8 and "b" gives 8`},
		{"concatenate", tensor.Shape{4, 3}, tensor.Shape{4, 2}, "4×5"},
		{"concatenate", tensor.Shape{4, 3}, tensor.Shape{5, 3}, `"a" gives 4×3 and "b" gives 5×3`},
	} {
		g := graph.NewBuilder()
		info, _ := Lookup(c.typ)
		b := &Builder{graph: g, node: "merged"}
		out := info.New().Build(b, g.Input("a", c.a.With(2)), g.Input("b", c.b.With(2)), g.Input("c", c.a.With(2)))
		if err := g.Err(); err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.typ, err, c.want)
			}
			continue
		}
		if c.typ == "concatenate" {
			c.want = "4×8" // the third input is a again
		}
		if got := b.Shape(out).String(); got != c.want {
			t.Errorf("%s of %v and %v gives %s, want %s", c.typ, c.a, c.b, got, c.want)
		}
	}
}

// Any dimension of a sample can grow, and what is joined keeps its values.
func TestConcatenateAxis(t *testing.T) {
	for _, c := range []struct {
		axis int
		a, b tensor.Shape
		want string // the shape, or a part of the error
	}{
		{1, tensor.Shape{4, 3}, tensor.Shape{5, 3}, "9×3"},
		{2, tensor.Shape{4, 3}, tensor.Shape{4, 5}, "4×8"},
		{2, tensor.Shape{2, 3, 4}, tensor.Shape{2, 1, 4}, "2×4×4"},
		{-1, tensor.Shape{2, 3, 4}, tensor.Shape{2, 3, 1}, "2×3×5"},
		{1, tensor.Shape{4, 3}, tensor.Shape{5, 2}, `along dimension 1, so all else must be the same, but "a" gives 4×3 and "b" gives 5×2`},
		{1, tensor.Shape{4, 3}, tensor.Shape{5}, `"a" gives 4×3 and "b" gives 5`},
		{3, tensor.Shape{4, 3}, tensor.Shape{4, 3}, "4×3, has the dimensions 1 to 2"},
		{0, tensor.Shape{4}, tensor.Shape{4}, "4, has the dimensions 1 to 1"},
	} {
		g := graph.NewBuilder()
		b := &Builder{graph: g, node: "merged"}
		out := (&Concatenate{Axis: c.axis}).Build(b, g.Input("a", c.a.With(2)), g.Input("b", c.b.With(2)))
		if err := g.Err(); err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("axis %d: %v, want %q", c.axis, err, c.want)
			}
		} else if got := b.Shape(out).String(); got != c.want {
			t.Errorf("axis %d of %v and %v gives %s, want %s", c.axis, c.a, c.b, got, c.want)
		}
	}
}
