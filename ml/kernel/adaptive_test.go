package kernel

import (
	"math"
	"testing"
)

func init() {
	// Squared gradients are kept by their magnitude, so that the roots are of
	// what can come up; sprinkled values try the rest.
	square := func(v []float32) []float32 {
		for i, x := range v {
			v[i] = float32(math.Abs(float64(x)))
		}
		return v
	}
	twins = append(twins,
		twin{"rmsprop", 2e-6, func(x *impl, v [][]float32) { x.adaptive.rmsprop(v[0], v[1], square(v[2]), 0.1, 0.9, 0.1, 0.1) }},
		twin{"centred", 2e-6, func(x *impl, v [][]float32) {
			// The squares are larger than the mean's square, as they come up.
			for i, x := range square(v[2]) {
				v[2][i] = x + 2*v[3][i]*v[3][i]
			}
			x.adaptive.centred(v[0], v[1], v[2], v[3], 0.1, 0.9, 0.1, 0.1)
		}},
		twin{"adagrad", 2e-6, func(x *impl, v [][]float32) { x.adaptive.adagrad(v[0], v[1], square(v[2]), 0.1, 0.1) }},
		twin{"adadelta", 2e-6, func(x *impl, v [][]float32) {
			x.adaptive.adadelta(v[0], v[1], square(v[2]), square(v[3]), 0.1, 0.9, 0.1, 0.1)
		}},
		twin{"nadam", 2e-6, func(x *impl, v [][]float32) {
			x.adaptive.nadam(v[0], v[1], v[2], square(v[3]), nadamStep{0.9, 0.999, 0.1, 0.001, 0.01, 0.02, 2, 0.1})
		}},
		twin{"lion", 1e-6, func(x *impl, v [][]float32) { x.adaptive.lion(v[0], v[1], v[2], 0.1, 0.9, 0.1, 0.99, 0.01) }},
	)
}

func TestClamp(t *testing.T) {
	inf := float32(math.Inf(1))
	x := []float32{-3, -1, 0.5, 2, inf, -inf, float32(math.NaN())}
	Clamp(x, 1)
	for i, want := range []float32{-1, -1, 0.5, 1, 1, -1} {
		if x[i] != want {
			t.Errorf("value %d became %v, want %v", i, x[i], want)
		}
	}
	if x[6] == x[6] {
		t.Errorf("NaN became %v", x[6])
	}
}
