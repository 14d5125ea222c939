package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestNormRows holds every implementation to the loop, also with rows that do
// not begin at whole vectors, have means far from 0, or are all the same.
func TestNormRows(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 12, 16, 17, 20, 31, 64, 100, 128, 1000} {
			for _, centred := range []bool{false, true} {
				r := rand.New(rand.NewPCG(9, uint64(n)))
				const m = 5
				x, dy, g := random(r, m*n), random(r, m*n), random(r, n)
				Shift(x[:n], x[:n], 30)
				Fill(x[n:2*n], 3)
				h, by, dx := garbage(m*n), garbage(m), garbage(m*n)
				wantH, wantBy, wantDX := garbage(m*n), garbage(m), garbage(m*n)
				NormRows(h, by, x, m, n, centred, 1e-5)
				normRowsLoop(wantH, wantBy, x, n, centred, 1e-5)
				NormRowsGrad(dx, dy, wantH, wantBy, g, m, n, centred)
				normRowsGradLoop(wantDX, dy, wantH, wantBy, g, centred)
				for i := range h {
					if !near(h[i], wantH[i], 2e-5, 1) || !near(by[i/n], wantBy[i/n], 2e-5, 1) {
						t.Fatalf("rows of %d, centred %v: %v times %v at %d, want %v times %v", n, centred, h[i], by[i/n], i, wantH[i], wantBy[i/n])
					}
					if !near(dx[i], wantDX[i], 2e-5, wantBy[i/n]) {
						t.Fatalf("rows of %d, centred %v: gradient %v at %d, want %v", n, centred, dx[i], i, wantDX[i])
					}
				}
				NormRowsGrad(dy, dy, wantH, wantBy, g, m, n, centred)
				for i := range dy {
					if dy[i] != dx[i] {
						t.Fatalf("rows of %d, centred %v: in place %v at %d, want %v", n, centred, dy[i], i, dx[i])
					}
				}
			}
		}
	})
}
