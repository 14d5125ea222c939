package kernel

import (
	"math"
	"testing"
)

// ulps returns the distance between got and the exact value in units in the
// last place of float32.
func ulps(got float32, exact float64) float64 {
	want := float32(exact)
	if got == want || got != got && exact != exact {
		return 0
	}
	if math.IsInf(float64(want), 0) {
		return math.Inf(1)
	}
	unit := math.Float32frombits(math.Float32bits(float32(math.Abs(exact)))+1) - float32(math.Abs(exact))
	return math.Abs(float64(got)-exact) / float64(unit)
}

// maxUlps is what the documentation of Exp and Activate promises.
const maxUlps = 4

func TestExpTanhSigmoidError(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		const n = 1 << 10
		x, y := make([]float32, n), make([]float32, n)
		worst := map[string]float64{}
		check := func(name string, exact func(float64) float64) {
			for i, v := range x {
				if u := ulps(y[i], exact(float64(v))); u > worst[name] {
					worst[name] = u
					if u > maxUlps {
						t.Errorf("%s(%v) = %v, want %v: %.1f ulp", name, v, y[i], exact(float64(v)), u)
					}
				}
			}
		}
		block := func() {
			Exp(y, x)
			check("exp", math.Exp)
			Activate(y, x, Tanh)
			check("tanh", math.Tanh)
			Activate(y, x, Sigmoid)
			check("sigmoid", func(v float64) float64 { return 1 / (1 + math.Exp(-v)) })
		}
		step := uint32(40503)
		if testing.Short() {
			step *= 16
		}
		// All magnitudes of both signs, then the range that matters densely.
		i := 0
		for bits := uint64(0); bits <= math.MaxUint32; bits += uint64(step) {
			x[i] = math.Float32frombits(uint32(bits))
			if i++; i == n {
				block()
				i = 0
			}
		}
		for v := float32(-110); v < 110; v += float32(n) / 512 {
			for i := range x {
				x[i] = v + float32(i)/512
			}
			block()
		}
		copy(x, special)
		block()
		for name, u := range worst {
			t.Logf("%s: %.2f ulp", name, u)
		}
	})
}
