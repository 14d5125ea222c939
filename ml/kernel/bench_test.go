package kernel

import (
	"fmt"
	"testing"
)

// gflops reports the rate of a kernel that does n multiply-adds a call.
func gflops(b *testing.B, n int, f func()) {
	f()
	b.ResetTimer()
	for range b.N {
		f()
	}
	b.ReportMetric(2*float64(n)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOPS")
	b.ReportMetric(0, "ns/op")
}

func ones(n int) []float32 {
	x := make([]float32, n)
	Fill(x, 1)
	return x
}

func BenchmarkMatMul(b *testing.B) {
	for _, s := range [][3]int{{256, 256, 256}, {512, 512, 512}, {128, 128, 3136}, {128, 10, 128}, {8, 128, 3136}, {1, 128, 3136}, {10, 8, 2}} {
		m, n, k := s[0], s[1], s[2]
		c, x, w, temp := ones(m*max(n, k)), ones(max(m, n)*k), ones(k*n), ones(MatMulTemp(m, max(n, k), max(m, k))+MatMulTemp(k, n, m))
		// The three products of a dense layer of batch m, k inputs and n outputs.
		b.Run(fmt.Sprintf("%dx%dx%d/forward", m, n, k), func(b *testing.B) {
			gflops(b, m*n*k, func() { MatMul(c, x, w, nil, None, m, n, k, temp) })
		})
		dw, dy := ones(k*n), ones(m*n)
		b.Run(fmt.Sprintf("%dx%dx%d/TA", m, n, k), func(b *testing.B) {
			gflops(b, m*n*k, func() { MatMulTA(dw, x, dy, k, n, m, temp) })
		})
		b.Run(fmt.Sprintf("%dx%dx%d/TB", m, n, k), func(b *testing.B) {
			gflops(b, m*n*k, func() { MatMulTB(c, dy, w, m, k, n, temp) })
		})
	}
}

func BenchmarkConv(b *testing.B) {
	for _, g := range []Conv{
		{16, 28, 28, 1, 32, 3, 3, 1, 1, 1, 1, 1, 1, 28, 28},
		{16, 28, 28, 1, 32, 3, 3, 1, 1, 1, 1, 0, 0, 26, 26},
		{16, 14, 14, 32, 64, 3, 3, 1, 1, 1, 1, 1, 1, 14, 14},
		{16, 13, 13, 32, 64, 3, 3, 1, 1, 1, 1, 0, 0, 11, 11},
		{16, 28, 28, 8, 16, 5, 5, 2, 2, 1, 1, 2, 2, 14, 14},
	} {
		x, w, y, temp := ones(g.N*g.H*g.W*g.C), ones(g.taps()*g.F), ones(g.N*g.cells()*g.F), ones(ConvTemp(&g))
		macs := g.N * g.cells() * g.taps() * g.F
		name := fmt.Sprintf("%dx%dx%dx%d-%d-%dx%d", g.N, g.H, g.W, g.C, g.F, g.KH, g.KW)
		b.Run(name+"/forward", func(b *testing.B) {
			gflops(b, macs, func() { ConvForward(y, x, w, nil, ReLU, &g, temp) })
		})
		b.Run(name+"/weights", func(b *testing.B) {
			gflops(b, macs, func() { ConvBackwardWeights(w, x, y, &g, temp) })
		})
		b.Run(name+"/data", func(b *testing.B) {
			gflops(b, macs, func() { ConvBackwardData(x, y, w, &g, temp) })
		})
	}
}
