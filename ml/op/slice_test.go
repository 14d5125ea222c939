package op

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/tensor"
)

// What is sliced and repeated, written out; and its gradients.
func TestSliceAndRepeat(t *testing.T) {
	for _, c := range []struct {
		op       graph.Op
		x        tensor.Tensor
		y, up, d []float32
	}{
		{Slice{Start: 1, Length: 2}, filled(tensor.Shape{2, 3, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
			[]float32{3, 4, 5, 6, 9, 10, 11, 12}, []float32{1, 2, 3, 4, 5, 6, 7, 8}, []float32{0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8}},
		{Slice{Length: 1}, filled(tensor.Shape{2, 3}, 1, 2, 3, 4, 5, 6), []float32{1, 4}, []float32{1, 2}, []float32{1, 0, 0, 2, 0, 0}},
		{Repeat{Times: 3}, filled(tensor.Shape{2, 2}, 1, 2, 3, 4), []float32{1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4},
			[]float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, []float32{9, 12, 27, 30}},
	} {
		call := newCall(t, c.op, []tensor.Tensor{c.x})
		c.op.Forward(call)
		copy(call.DOut.Data, c.up)
		c.op.Backward(call)
		if !slices.Equal(call.Out.Data, c.y) || !slices.Equal(call.DIn[0].Data, c.d) {
			t.Errorf("%+v of %v gives %v and the gradient %v; want %v and %v", c.op, c.x.Data, call.Out.Data, call.DIn[0].Data, c.y, c.d)
		}
	}
	for _, c := range []struct {
		op   graph.Op
		in   tensor.Shape
		want string
	}{
		{Slice{Start: 2, Length: 2}, tensor.Shape{1, 3}, "slice takes 2 steps from step 2"},
		{Slice{Length: 1}, tensor.Shape{4}, "has not so many"},
		{Slice{}, tensor.Shape{4, 4}, "slice takes 0 steps"},
		{Repeat{Times: 2}, tensor.Shape{1, 3, 4}, "repeat wants x[n, size]"},
		{Repeat{}, tensor.Shape{1, 3}, "at least once"},
	} {
		if _, err := c.op.Plan([]tensor.Shape{c.in}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v of %v: %v, want %q", c.op, c.in, err, c.want)
		}
	}
}
