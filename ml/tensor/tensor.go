// Package tensor holds what every other part of the core is made of: a shape,
// a block of float32 values in row-major order, and random numbers that depend
// on nothing but a seed, a stream and an index.
//
// It does no arithmetic (that is package kernel) and keeps no graph (package graph).
package tensor

import (
	"strconv"
	"strings"
)

// A Shape is the size of each dimension, outermost first. Images are
// [batch, height, width, channels]; a dense weight is [in, out].
type Shape []int

// Len returns the number of values, the product of the dimensions; 1 for a scalar.
func (s Shape) Len() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// Equal reports whether both shapes have the same dimensions.
func (s Shape) Equal(t Shape) bool {
	if len(s) != len(t) {
		return false
	}
	for i, d := range s {
		if d != t[i] {
			return false
		}
	}
	return true
}

// With returns the shape with batch as a new outermost dimension.
func (s Shape) With(batch int) Shape {
	return append(Shape{batch}, s...)
}

// String writes the shape as people write it: 28×28×1.
func (s Shape) String() string {
	if len(s) == 0 {
		return "scalar"
	}
	var b strings.Builder
	for i, d := range s {
		if i > 0 {
			b.WriteString("×")
		}
		b.WriteString(strconv.Itoa(d))
	}
	return b.String()
}

// A Tensor is a shape and its values. Data may be shorter-lived than the
// Tensor that names it: programs hand out views of their own memory.
type Tensor struct {
	Shape Shape
	Data  []float32
}

// New returns a zeroed tensor.
func New(shape ...int) Tensor {
	s := Shape(shape)
	return Tensor{Shape: s, Data: make([]float32, s.Len())}
}
