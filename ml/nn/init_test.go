package nn

import (
	"math"
	"strings"
	"testing"

	"descent/ml/tensor"
)

// Initialisers have the spread their papers ask for.
func TestInitialisers(t *testing.T) {
	shape := tensor.Shape{3, 3, 40, 60}
	in, out := 9*40.0, 9*60.0
	// A normal distribution cut at two standard deviations keeps 0.774 of its variance.
	cut := 1 - 2*2*math.Exp(-2)/math.Sqrt(2*math.Pi)/math.Erf(math.Sqrt2)
	table := map[string]float64{
		"glorot_uniform": 2 / (in + out), "glorot_normal": 2 / (in + out), "he_uniform": 2 / in, "he_normal": 2 / in,
		"lecun_uniform": 1 / in, "lecun_normal": 1 / in, "zeros": 0, "orthogonal": 1 / in, "orthogonal(2)": 4 / in,
		"uniform": 0.05 * 0.05 / 3, "uniform(0.3)": 0.03, "normal": 0.05 * 0.05, "normal(0.2)": 0.04,
		"truncated_normal": cut * 0.05 * 0.05, "truncated_normal(1)": cut,
	}
	for name, variance := range table {
		w := make([]float32, shape.Len())
		initialiser(name)(w, shape, tensor.NewStream(1, name))
		mean, square, largest := 0.0, 0.0, 0.0
		for _, v := range w {
			mean += float64(v)
			square += float64(v) * float64(v)
			largest = math.Max(largest, math.Abs(float64(v)))
		}
		n := float64(len(w))
		mean, square = mean/n, square/n
		if math.Abs(mean) > 4*math.Sqrt(variance/n) || math.Abs(square-variance) > 0.04*variance {
			t.Errorf("%s: mean %.5g, variance %.5g, want 0 and %.5g", name, mean, square, variance)
		}
		if strings.HasSuffix(name, "uniform") && largest > math.Sqrt(3*variance) || strings.HasPrefix(name, "truncated") && largest > 2*math.Sqrt(variance/cut) {
			t.Errorf("%s draws %v, beyond its limit", name, largest)
		}
	}
	for _, name := range initField(new(string)).Choices {
		w := make([]float32, 12)
		initialiser(name)(w, tensor.Shape{3, 4}, tensor.NewStream(1, name))
		if _, known := table[name]; !known && name != "constant" {
			t.Errorf("%s is not in the test", name)
		}
	}
	w := make([]float32, 3)
	if initialiser("constant(-2.5)")(w, tensor.Shape{3}, tensor.Stream{}); w[0] != -2.5 || w[2] != -2.5 {
		t.Errorf("constant(-2.5) gives %v", w)
	}
}

// Vectors of length one at right angles, whichever side is the longer.
func TestOrthogonal(t *testing.T) {
	for _, shape := range []tensor.Shape{{30, 20}, {20, 30}, {3, 3, 4, 8}, {25, 25}, {5, 1}} {
		w := make([]float32, shape.Len())
		initialiser("orthogonal")(w, shape, tensor.NewStream(3, "w"))
		cols := shape[len(shape)-1]
		rows := len(w) / cols
		dot := func(a, b int) (s float64) { // of two columns, or two rows where there are fewer
			for i := range max(rows, cols) {
				if rows >= cols {
					s += float64(w[i*cols+a]) * float64(w[i*cols+b])
				} else {
					s += float64(w[a*cols+i]) * float64(w[b*cols+i])
				}
			}
			return s
		}
		for a := range min(rows, cols) {
			for b := range a + 1 {
				want := 0.0
				if a == b {
					want = 1
				}
				if got := dot(a, b); math.Abs(got-want) > 1e-5 {
					t.Fatalf("%v: vectors %d and %d have the product %v, want %v", shape, a, b, got, want)
				}
			}
		}
	}
}
