package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// each calls f for every product of the convolution: y[yi] += x[xi]*w[wi].
func (g *Conv) each(f func(yi, xi, wi int)) {
	for n := range g.N {
		for oh := range g.OH {
			for ow := range g.OW {
				for kh := range g.KH {
					for kw := range g.KW {
						h, w := oh*g.SH-g.PT+kh*g.DH, ow*g.SW-g.PL+kw*g.DW
						if h < 0 || h >= g.H || w < 0 || w >= g.W {
							continue
						}
						for c := range g.C {
							for o := range g.F {
								f(((n*g.OH+oh)*g.OW+ow)*g.F+o, ((n*g.H+h)*g.W+w)*g.C+c, ((kh*g.KW+kw)*g.C+c)*g.F+o)
							}
						}
					}
				}
			}
		}
	}
}

var convs = []Conv{
	{1, 5, 5, 1, 1, 3, 3, 1, 1, 1, 1, 1, 1, 5, 5},
	{2, 8, 7, 1, 32, 3, 3, 1, 1, 1, 1, 1, 1, 8, 7},
	{3, 6, 6, 32, 64, 3, 3, 1, 1, 1, 1, 1, 1, 6, 6},
	{2, 9, 9, 3, 5, 3, 3, 2, 2, 1, 1, 1, 1, 5, 5},
	{2, 9, 9, 4, 10, 3, 3, 2, 2, 1, 1, 0, 0, 4, 4},
	{1, 12, 10, 2, 33, 5, 3, 1, 1, 2, 2, 4, 2, 12, 10},
	{5, 11, 11, 6, 16, 5, 5, 1, 1, 1, 1, 0, 0, 7, 7},
	{4, 4, 4, 8, 8, 1, 1, 1, 1, 1, 1, 0, 0, 4, 4},
	{2, 8, 8, 3, 7, 1, 1, 2, 2, 1, 1, 0, 0, 4, 4},
	{2, 7, 9, 3, 4, 2, 4, 3, 2, 1, 1, 0, 1, 2, 4},
	{2, 6, 6, 2, 3, 3, 3, 2, 3, 2, 1, 2, 1, 3, 2},
	{3, 4, 4, 5, 9, 4, 4, 1, 1, 1, 1, 0, 0, 1, 1},
	{1, 3, 3, 2, 2, 3, 3, 1, 1, 1, 1, 4, 4, 9, 9},
	{300, 1, 1, 3, 4, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1},
	{1, 5, 5, 40, 40, 3, 3, 1, 1, 1, 1, 1, 1, 5, 5},
	// By tiles: odd sizes, several images at once, deep, wide, without padding and with much.
	{2, 9, 9, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 9, 9},
	{4, 6, 6, 32, 16, 3, 3, 1, 1, 1, 1, 1, 1, 6, 6},
	{1, 10, 10, 336, 16, 3, 3, 1, 1, 1, 1, 1, 1, 10, 10},
	{1, 2, 140, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 2, 140},
	{2, 12, 11, 16, 32, 3, 3, 1, 1, 1, 1, 0, 0, 10, 9},
	{3, 5, 6, 32, 16, 3, 3, 1, 1, 1, 1, 4, 3, 11, 10},
}

func TestConv(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, g := range convs {
			testConv(t, &g)
		}
	})
}

// TestConvGeometries tries sizes, strides, dilations and paddings at random.
func TestConvGeometries(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 9))
		for tried := 0; tried < 60; {
			upTo := func(n int) int { return 1 + r.IntN(n) }
			g := Conv{
				N: upTo(3), H: upTo(9), W: upTo(9), C: upTo(6), F: upTo(20), KH: upTo(4), KW: upTo(4),
				SH: upTo(3), SW: upTo(3), DH: upTo(2), DW: upTo(2), PT: r.IntN(3), PL: r.IntN(3),
			}
			// Up to two rows and columns of zeros below and right.
			h, w := g.H+g.PT+r.IntN(3)-(g.KH-1)*g.DH-1, g.W+g.PL+r.IntN(3)-(g.KW-1)*g.DW-1
			if h < 0 || w < 0 {
				continue
			}
			g.OH, g.OW = h/g.SH+1, w/g.SW+1
			testConv(t, &g)
			tried++
		}
	})
}

// TestWinogradGeometries tries sizes and paddings of what may go by tiles.
func TestWinogradGeometries(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 10))
		for tried := 0; tried < 5; {
			upTo := func(n int) int { return 1 + r.IntN(n) }
			g := Conv{
				N: upTo(3), H: upTo(11), W: upTo(11), C: 16 * upTo(2), F: 16 * upTo(3), KH: 3, KW: 3,
				SH: 1, SW: 1, DH: 1, DW: 1, PT: r.IntN(4), PL: r.IntN(4),
			}
			g.OH, g.OW = g.H+g.PT+r.IntN(4)-2, g.W+g.PL+r.IntN(4)-2
			if g.OH < 1 || g.OW < 1 {
				continue
			}
			if back := g.turned(); !g.useWinograd() && !back.useWinograd() {
				continue
			}
			testConv(t, &g)
			tried++
		}
	})
}

func testConv(t *testing.T, g *Conv) {
	r := rand.New(rand.NewPCG(3, 4))
	x, w, bias := random(r, g.N*g.H*g.W*g.C), random(r, g.KH*g.KW*g.C*g.F), random(r, g.F)
	dy := random(r, g.N*g.OH*g.OW*g.F)
	y, dx, dw := random(r, len(dy)), random(r, len(x)), random(r, len(w))
	temp := garbage(ConvTemp(g))

	product := func(got []float32, p, q []float32, order func(yi, xi, wi int) (to, pi, qi int), start func(i int) float64, relu bool) {
		t.Helper()
		want, size := make([]float64, len(got)), make([]float64, len(got))
		for i := range want {
			want[i] = start(i)
		}
		g.each(func(yi, xi, wi int) {
			to, pi, qi := order(yi, xi, wi)
			v := float64(p[pi]) * float64(q[qi])
			want[to] += v
			size[to] += max(v, -v)
		})
		if relu {
			for i := range want {
				want[i] = max(want[i], 0)
			}
		}
		checkProduct(t, fmt.Sprintf("%+v", *g), got, want, size, g.taps()+g.F)
	}
	zero := func(int) float64 { return 0 }

	ConvForward(y, x, w, bias, ReLU, g, temp)
	product(y, x, w, func(yi, xi, wi int) (int, int, int) { return yi, xi, wi }, func(i int) float64 { return float64(bias[i%g.F]) }, true)
	ConvForward(y, x, w, nil, None, g, temp)
	product(y, x, w, func(yi, xi, wi int) (int, int, int) { return yi, xi, wi }, zero, false)
	ConvBackwardWeights(dw, x, dy, g, temp)
	product(dw, x, dy, func(yi, xi, wi int) (int, int, int) { return wi, xi, yi }, zero, false)
	ConvBackwardData(dx, dy, w, g, temp)
	product(dx, dy, w, func(yi, xi, wi int) (int, int, int) { return xi, yi, wi }, zero, false)
}

func TestConvDoesNotAllocate(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		g := &convs[3]
		x, w, y := make([]float32, g.N*g.H*g.W*g.C), make([]float32, g.KH*g.KW*g.C*g.F), make([]float32, g.N*g.OH*g.OW*g.F)
		temp := make([]float32, ConvTemp(g))
		if got := testing.AllocsPerRun(5, func() {
			ConvForward(y, x, w, nil, ReLU, g, temp)
			ConvBackwardWeights(w, x, y, g, temp)
			ConvBackwardData(x, y, w, g, temp)
		}); got != 0 {
			t.Errorf("%v allocations", got)
		}
	})
}
