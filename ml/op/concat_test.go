package op

import (
	"slices"
	"testing"

	"descent/ml/tensor"
)

// Numbers that say where they stand come out where they belong.
func TestConcatAxis(t *testing.T) {
	a := filled(tensor.Shape{2, 2, 2}, 111, 112, 121, 122, 211, 212, 221, 222)
	b := filled(tensor.Shape{2, 1, 2}, 131, 132, 231, 232)
	c := newCall(t, Concat{Axis: 1}, []tensor.Tensor{a, b})
	Concat{Axis: 1}.Forward(c)
	if want := []float32{111, 112, 121, 122, 131, 132, 211, 212, 221, 222, 231, 232}; !slices.Equal(c.Out.Data, want) {
		t.Errorf("along dimension 1: %v, want %v", c.Out.Data, want)
	}
	b = filled(tensor.Shape{2, 2, 1}, 113, 123, 213, 223)
	for _, axis := range []int{0, 2} { // both are the last
		c = newCall(t, Concat{Axis: axis}, []tensor.Tensor{a, b})
		Concat{Axis: axis}.Forward(c)
		if want := []float32{111, 112, 113, 121, 122, 123, 211, 212, 213, 221, 222, 223}; !slices.Equal(c.Out.Data, want) {
			t.Errorf("axis %d: %v, want %v", axis, c.Out.Data, want)
		}
	}
}
