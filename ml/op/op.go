// Package op is the calculus: each file holds one op, its shapes, its forward
// and its backward formula side by side. Layers (package nn) are built of ops;
// nothing outside this package differentiates anything.
//
// Shapes carry the batch as first dimension. Images are NHWC, weights are
// (in, out) and (height, width, in, out).
package op

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// arity is the error of an op given the wrong number of inputs.
func arity(name string, in []tensor.Shape, want int) error {
	if len(in) != want {
		return config.Problem("%s takes %d inputs, not %d", name, want, len(in))
	}
	return nil
}

// pointwise returns the gradient that arrives before the activation an op has
// taken over: DOut itself, or DOut·act'(Out) in scratch.
func pointwise(act kernel.Act, scratch, dout, out []float32) []float32 {
	if act == kernel.None {
		return dout
	}
	kernel.ActivateGrad(scratch[:len(dout)], dout, out, act)
	return scratch[:len(dout)]
}

// scratchFor is the room pointwise needs.
func scratchFor(act kernel.Act, n int) int {
	if act == kernel.None {
		return 0
	}
	return n
}
