package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

var pools = []Pool{
	{2, 4, 6, 1, 2, 2, 2, 2, 0, 0, 2, 3},
	{2, 4, 6, 5, 2, 2, 2, 2, 0, 0, 2, 3},
	{1, 4, 4, 32, 2, 2, 2, 2, 0, 0, 2, 2},
	{1, 4, 4, 37, 2, 2, 2, 2, 0, 0, 2, 2},
	{2, 5, 7, 8, 2, 2, 2, 2, 0, 0, 2, 3},
	{2, 7, 7, 19, 3, 3, 2, 2, 1, 1, 4, 4},
	{1, 6, 5, 16, 3, 2, 1, 1, 1, 0, 6, 4},
	{1, 3, 3, 3, 2, 2, 2, 2, 1, 1, 2, 2},
	{1, 2, 2, 4, 1, 1, 2, 2, 0, 0, 2, 2}, // the last window is all padding
}

// eachCell calls f for the cells of the window of output o, in row-major order.
func (g *Pool) eachCell(n, oh, ow, c int, f func(i int)) {
	for kh := range g.KH {
		for kw := range g.KW {
			if h, w := oh*g.SH-g.PT+kh, ow*g.SW-g.PL+kw; h >= 0 && h < g.H && w >= 0 && w < g.W {
				f(((n*g.H+h)*g.W+w)*g.C + c)
			}
		}
	}
}

func TestPools(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, g := range pools {
			testPool(t, &g, func(r *rand.Rand, x []float32) {})
			testPool(t, &g, func(r *rand.Rand, x []float32) { // ties
				for i := range x {
					x[i] = float32(r.IntN(3))
				}
			})
			testPool(t, &g, sprinkle)
		}
	})
}

func testPool(t *testing.T, g *Pool, change func(r *rand.Rand, x []float32)) {
	r := rand.New(rand.NewPCG(8, 8))
	x, dy := random(r, g.N*g.H*g.W*g.C), random(r, g.N*g.OH*g.OW*g.C)
	change(r, x)
	y, mean := random(r, len(dy)), random(r, len(dy))
	dx, dmean := random(r, len(x)), random(r, len(x))
	MaxPoolForward(y, x, g)
	MaxPoolBackward(dx, dy, x, y, g)
	AvgPoolForward(mean, x, g)
	AvgPoolBackward(dmean, dy, g)

	wantDx, wantDmean := make([]float32, len(x)), make([]float32, len(x))
	o := 0
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				for c := range g.C {
					top, at, sum, cells := float32(math.Inf(-1)), -1, float32(0), 0
					g.eachCell(n, oh, ow, c, func(i int) {
						if v := x[i]; at < 0 || top == top && !(v <= top) {
							top, at = v, i
						}
						sum += x[i]
						cells++
					})
					if y[o] != top && (y[o] == y[o] || top == top) {
						t.Fatalf("%+v: maximum %d = %v, want %v", *g, o, y[o], top)
					}
					if at >= 0 {
						wantDx[at] += dy[o]
					}
					if want := sum / float32(max(cells, 1)); !near(mean[o], want, 1e-5, 1) {
						t.Fatalf("%+v: mean %d = %v, want %v", *g, o, mean[o], want)
					}
					g.eachCell(n, oh, ow, c, func(i int) { wantDmean[i] += dy[o] / float32(cells) })
					o++
				}
			}
		}
	}
	for i := range dx {
		if !near(dx[i], wantDx[i], 1e-6, 1) {
			t.Fatalf("%+v: gradient of the maximum at %d = %v, want %v", *g, i, dx[i], wantDx[i])
		}
		if !near(dmean[i], wantDmean[i], 1e-6, 1) {
			t.Fatalf("%+v: gradient of the mean at %d = %v, want %v", *g, i, dmean[i], wantDmean[i])
		}
	}
}
