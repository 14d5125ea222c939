package pca

import (
	"math"
	"testing"

	"descent/ml/tensor"
)

// leaning is vectors with a few strong directions and much noise, some time on.
func leaning(rows, size int, time float64) []float32 {
	s := tensor.NewStream(9, "leaning")
	x := make([]float32, rows*size)
	for i := range rows {
		for j := range size {
			v := 0.3 * s.Normal(uint64(i*size+j))
			for d := range 4 {
				strength := (5 - float64(d)) * s.Normal(uint64(1<<30+4*i+d))
				v += strength * math.Sin(float64((d+1)*(j+1))*(0.3+0.01*time))
			}
			x[i*size+j] = float32(v)
		}
	}
	return x
}

// What is found by iteration is what the covariance has, as the vectors move.
func TestFollower(t *testing.T) {
	const rows, size, k = 60, 200, 3
	var f Follower
	var last *Projection
	for time := range 4 {
		x := leaning(rows, size, float64(time))
		got := f.Project(x, rows, size, k)
		want := Project(x, rows, size, k, last)
		for c := range k {
			if math.Abs(got.Explained[c]-want.Explained[c]) > 2e-3 {
				t.Errorf("time %d: component %d explains %v, and by the covariance %v", time, c, got.Explained[c], want.Explained[c])
			}
			// A component is the same direction where the places along it are proportional.
			var gg, ww, gw float64
			for i := range rows {
				g, w := got.Places[i*k+c], want.Places[i*k+c]
				gg, ww, gw = gg+g*g, ww+w*w, gw+g*w
			}
			if cos := gw / math.Sqrt(gg*ww); cos < 0.995 {
				t.Errorf("time %d: component %d agrees by %v", time, c, cos)
			}
		}
		last = &want
	}
}

// Few rows, rows that are all alike and short vectors are no trouble.
func TestFollowerEdges(t *testing.T) {
	var f Follower
	p := f.Project(leaning(2, 150, 0), 2, 150, 3)
	if math.Abs(p.Explained[0]-1) > 1e-9 || p.Explained[1] > 1e-9 || p.Explained[2] > 1e-9 {
		t.Errorf("two vectors lie on a line, and %v is explained", p.Explained)
	}
	for _, v := range p.Places {
		if math.IsNaN(v) {
			t.Fatalf("places %v", p.Places)
		}
	}
	alike := make([]float32, 5*150)
	if p := f.Project(alike, 5, 150, 3); p.Explained[0] != 0 || len(p.Places) != 15 {
		t.Errorf("vectors that are all alike: %+v", p)
	}
	x := cloud(9, 5)
	got, want := f.Project(x, 9, 5, 3), Project(x, 9, 5, 3, nil)
	for i := range want.Places {
		if math.Abs(got.Places[i]-want.Places[i]) > 1e-9 {
			t.Fatal("short vectors are projected otherwise")
		}
	}
}
