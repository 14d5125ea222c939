package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// A depthwise convolution is the ordinary one whose filters see one channel.
func TestDepthwise(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(8, 8))
		for range 60 {
			g := Conv{N: 1 + r.IntN(3), H: 1 + r.IntN(9), W: 1 + r.IntN(9), C: 1 + r.IntN(40), KH: 1 + r.IntN(4), KW: 1 + r.IntN(4),
				SH: 1 + r.IntN(3), SW: 1 + r.IntN(3), DH: 1 + r.IntN(2), DW: 1 + r.IntN(2), PT: r.IntN(4), PL: r.IntN(4)}
			g.F = g.C
			g.OH = (g.H+2*g.PT-(g.KH-1)*g.DH-1)/g.SH + 1
			g.OW = (g.W+2*g.PL-(g.KW-1)*g.DW-1)/g.SW + 1
			if g.H+2*g.PT < (g.KH-1)*g.DH+1 || g.W+2*g.PL < (g.KW-1)*g.DW+1 {
				continue
			}
			x, w, bias, dy := random(r, g.N*g.H*g.W*g.C), random(r, g.KH*g.KW*g.C), random(r, g.C), random(r, g.N*g.cells()*g.C)
			full := make([]float32, g.KH*g.KW*g.C*g.C)
			for i, v := range w {
				full[i*g.C+i%g.C] = v
			}
			temp := garbage(ConvTemp(&g))
			check := func(what string, got, want []float32) {
				t.Helper()
				for i := range want {
					if !near(got[i], want[i], 1e-5, 1) {
						t.Fatalf("%s of %+v: %v at %d, want %v", what, g, got[i], i, want[i])
					}
				}
			}
			y, want := garbage(len(dy)), garbage(len(dy))
			DepthwiseForward(y, x, w, bias, ReLU, &g)
			ConvForward(want, x, full, bias, ReLU, &g, temp)
			check("outputs", y, want)
			dx, wantX := garbage(len(x)), garbage(len(x))
			DepthwiseBackwardData(dx, dy, w, &g)
			ConvBackwardData(wantX, dy, full, &g, temp)
			check("images' gradient", dx, wantX)
			dw, wantW := garbage(len(w)), garbage(len(full))
			DepthwiseBackwardWeights(dw, x, dy, &g, garbage(DepthwiseTemp(&g)))
			ConvBackwardWeights(wantW, x, dy, &g, temp)
			for i := range dw {
				wantW[i] = wantW[i*g.C+i%g.C]
			}
			check("weights' gradient", dw, wantW[:len(dw)])
		}
	})
}

func BenchmarkDepthwise(b *testing.B) {
	for _, c := range []int{8, 32, 128} {
		g := Conv{N: 8, H: 28, W: 28, C: c, F: c, KH: 3, KW: 3, SH: 1, SW: 1, DH: 1, DW: 1, PT: 1, PL: 1, OH: 28, OW: 28}
		x, y, w := make([]float32, 8*28*28*c), make([]float32, 8*28*28*c), make([]float32, 9*c)
		temp := make([]float32, DepthwiseTemp(&g))
		b.Run(fmt.Sprint(c), func(b *testing.B) {
			b.SetBytes(3 * 2 * 9 * int64(len(y))) // FLOPs: MB/s are MFLOPS
			for b.Loop() {
				DepthwiseForward(y, x, w, nil, None, &g)
				DepthwiseBackwardWeights(w, x, y, &g, temp)
				DepthwiseBackwardData(x, y, w, &g)
			}
		})
	}
}
