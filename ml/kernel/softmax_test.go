package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSoftmax(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 7))
		for n := 1; n < 70; n += 3 {
			const m = 3
			x, dy := random(r, m*n), random(r, m*n)
			Scale(x, x, 20)
			label := []float32{0, float32(n - 1), float32(n / 2)}
			y, prob, loss, dx := make([]float32, m*n), make([]float32, m*n), make([]float32, m), make([]float32, m*n)
			Softmax(y, x, m, n)
			SoftmaxCrossEntropy(loss, prob, x, label, m, n)
			SoftmaxGrad(dx, dy, y, m, n)
			for i := range m {
				top, sum, dot := math.Inf(-1), 0.0, 0.0
				for j := range n {
					top = max(top, float64(x[i*n+j]))
				}
				for j := range n {
					sum += math.Exp(float64(x[i*n+j]) - top)
				}
				for j := range n {
					dot += float64(dy[i*n+j]) * math.Exp(float64(x[i*n+j])-top) / sum
				}
				if want := math.Log(sum) + top - float64(x[i*n+int(label[i])]); !near(loss[i], float32(want), 1e-5, 1) {
					t.Errorf("n = %d: loss %v, want %v", n, loss[i], want)
				}
				for j := range n {
					p := math.Exp(float64(x[i*n+j])-top) / sum
					if !near(y[i*n+j], float32(p), 1e-5, 1e-4) || y[i*n+j] != prob[i*n+j] {
						t.Fatalf("n = %d: probability %v and %v, want %v", n, y[i*n+j], prob[i*n+j], p)
					}
					if want := p * (float64(dy[i*n+j]) - dot); !near(dx[i*n+j], float32(want), 1e-5, 1) {
						t.Fatalf("n = %d: gradient %v, want %v", n, dx[i*n+j], want)
					}
				}
			}
		}
	})
}

func TestSoftmaxOfNonNumbers(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	forEachImpl(t, func(t *testing.T) {
		for n := 2; n < 70; n++ {
			x, y := make([]float32, n), make([]float32, n)
			x[n-1] = nan
			Softmax(y, x, 1, n)
			for _, v := range y {
				if v == v {
					t.Fatalf("n = %d: %v does not propagate NaN", n, y)
				}
			}
			x[n-1] = -inf
			Softmax(y, x, 1, n)
			if y[n-1] != 0 || !near(y[0], 1/float32(n-1), 1e-6, 0) {
				t.Fatalf("n = %d: %v with -Inf", n, y)
			}
		}
		var loss [1]float32
		prob := make([]float32, 2)
		for _, label := range []float32{-1, 2, 0.5, nan} {
			if SoftmaxCrossEntropy(loss[:], prob, []float32{1, 2}, []float32{label}, 1, 2); loss[0] == loss[0] {
				t.Errorf("label %v: loss %v, want NaN", label, loss[0])
			}
		}
		if SoftmaxCrossEntropy(loss[:], prob, []float32{0, 200}, []float32{0}, 1, 2); loss[0] != 200 {
			t.Errorf("loss %v, want 200", loss[0])
		}
	})
}
