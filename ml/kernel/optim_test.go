package kernel

import (
	"math"
	"testing"
)

// Three steps on one weight, in double precision from the formulas of
// torch.optim.
func TestOptimizerFormulas(t *testing.T) {
	const lr, mu, beta1, beta2, eps = 0.1, 0.9, 0.9, 0.999, 1e-8
	grads := []float64{0.5, -2, 0.25}
	forEachImpl(t, func(t *testing.T) {
		w, g, m, v := make([]float32, 37), make([]float32, 37), make([]float32, 37), make([]float32, 37)
		try := func(name string, step func(i int), formula func(i int, g float64) (change float64)) {
			Fill(w, 1)
			clear(m)
			clear(v)
			want := 1.0
			for i, d := range grads {
				Fill(g, float32(d))
				step(i)
				want -= formula(i, d)
			}
			for i := range w {
				if math.Abs(float64(w[i])-want) > 1e-5 {
					t.Errorf("%s: w[%d] = %v, want %v", name, i, w[i], want)
					return
				}
			}
		}
		var a, b float64
		try("SGD", func(int) { SGD(w, g, lr) }, func(_ int, g float64) float64 { return lr * g })
		try("Momentum", func(int) { Momentum(w, g, v, lr, mu, false) }, func(_ int, g float64) float64 {
			a = mu*a + g
			return lr * a
		})
		a = 0
		try("Nesterov", func(int) { Momentum(w, g, v, lr, mu, true) }, func(_ int, g float64) float64 {
			a = mu*a + g
			return lr * (g + mu*a)
		})
		a = 0
		try("Adam", func(i int) { Adam(w, g, m, v, lr, beta1, beta2, eps, i+1) }, func(i int, g float64) float64 {
			a, b = beta1*a+(1-beta1)*g, beta2*b+(1-beta2)*g*g
			c1, c2 := 1-math.Pow(beta1, float64(i+1)), 1-math.Pow(beta2, float64(i+1))
			return lr / c1 * a / (math.Sqrt(b)/math.Sqrt(c2) + eps)
		})
	})
}

func TestPenalty(t *testing.T) {
	g := []float32{1, 1, 1}
	Penalty(g, []float32{2, -3, 0}, 0.5, 0.25)
	for i, want := range []float32{1 + 0.5 + 1, 1 - 0.5 - 1.5, 1} {
		if g[i] != want {
			t.Errorf("g[%d] = %v, want %v", i, g[i], want)
		}
	}
}

func TestReductions(t *testing.T) {
	for n := range 20 {
		x := make([]float32, n)
		var sum, squares float64
		for i := range x {
			x[i] = float32(i) - 7.5
			sum += float64(x[i])
			squares += float64(x[i]) * float64(x[i])
		}
		if Sum(x) != sum || SumSquares(x) != squares || !Finite(x) {
			t.Errorf("n = %d: %v, %v, %v", n, Sum(x), SumSquares(x), Finite(x))
		}
		for i := range x {
			for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				was := x[i]
				x[i] = float32(bad)
				if Finite(x) {
					t.Errorf("n = %d: finite with %v at %d", n, bad, i)
				}
				x[i] = was
			}
		}
		Fill(x, -2)
		if Sum(x) != -2*float64(n) {
			t.Errorf("n = %d: filled with %v", n, x)
		}
	}
}
