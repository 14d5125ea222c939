package kernel

import "testing"

// The functions are rows of the table of twins; in place, as callers may.
func init() {
	for f := LeakyReLU; f <= Sqrt; f++ {
		tol := float32(1e-6)
		if f == LeakyReLU || f == Abs || f == Square || f == Sqrt {
			tol = 2e-7
		}
		twins = append(twins,
			twin{"map " + mapNames[f], tol, func(x *impl, v [][]float32) { x.mapped(v[0], v[0], f, 0.3) }},
			twin{"slope of " + mapNames[f], 2e-6, func(x *impl, v [][]float32) {
				Fill(v[0], 2) // an infinite gradient times a slope that is almost 0 could be anything
				x.mapGrad(v[0], v[0], v[1], f, 0.3)
			}})
	}
}

var mapNames = []string{"leaky_relu", "elu", "selu", "gelu", "gelu_tanh", "silu", "softplus", "hard_swish", "exp", "abs", "square", "log", "sqrt"}

func BenchmarkMap(b *testing.B) {
	x, y, d := make([]float32, 1<<14), make([]float32, 1<<14), make([]float32, 1<<14)
	for i := range x {
		x[i] = float32(i%100)/10 - 5
	}
	for f := LeakyReLU; f <= HardSwish; f++ {
		b.Run(mapNames[f], func(b *testing.B) {
			b.SetBytes(4 * 2 * int64(len(x)))
			for b.Loop() {
				Map(y, x, f, 0.3)
				MapGrad(d, y, x, f, 0.3)
			}
		})
	}
}
