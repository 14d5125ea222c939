package kernel

import (
	"math/rand/v2"
	"testing"
)

// Kernels of rows are rows of the table of twins: three rows of a third of the
// length, some of whose steps are longer than the row.
func init() {
	twins = append(twins,
		twin{"scaleRows", 1e-6, func(x *impl, v [][]float32) {
			n := len(v[0]) / 3
			x.scaleRows(v[0][:3*n], v[1][:3*n], v[2][:n], v[3][:n])
		}},
		twin{"addRows", 1e-6, func(x *impl, v [][]float32) {
			n := len(v[0]) / 3
			x.addRows(v[0], v[1], v[2][:n*2/3], 3, n, n*2/3)
		}},
	)
}

func TestDotRows(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 7))
		for n := range 90 {
			y, x, got := random(r, 5*(n+2)), random(r, 5*(n+3)), random(r, n)
			want := append([]float32{}, got...)
			DotRows(got, y, x, 5, n+2, n+3)
			dotRowsLoop(want, y, x, 5, n+2, n+3)
			for j := range want {
				if !near(got[j], want[j], 2e-6, 1) {
					t.Fatalf("%d columns: %v at %d, want %v", n, got[j], j, want[j])
				}
			}
		}
	})
}
