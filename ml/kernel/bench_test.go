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

// BenchmarkVectors reports how fast the other kernels read and write memory,
// counting every argument once per direction.
func BenchmarkVectors(b *testing.B) {
	const n = 1 << 14
	x, y, z, v := ones(n), ones(n), ones(n), ones(n)
	pool := &Pool{4, 8, 8, 64, 2, 2, 2, 2, 0, 0, 4, 4}
	wide := &Pool{4, 8, 8, 64, 3, 3, 2, 2, 1, 1, 4, 4}
	thin := &Pool{4, 64, 64, 1, 2, 2, 2, 2, 0, 0, 32, 32}
	for _, k := range []struct {
		name   string
		floats int
		f      func()
	}{
		{"Add", 3 * n, func() { Add(y, x, z) }},
		{"Axpy", 3 * n, func() { Axpy(y, x, 0) }},
		{"ReLU", 2 * n, func() { Activate(y, x, ReLU) }},
		{"ReLUGrad", 3 * n, func() { ActivateGrad(y, x, z, ReLU) }},
		{"Tanh", 2 * n, func() { Activate(y, x, Tanh) }},
		{"Sigmoid", 2 * n, func() { Activate(y, x, Sigmoid) }},
		{"Exp", 2 * n, func() { Exp(y, x) }},
		{"Sum", n, func() { Sum(x) }},
		{"SumSquares", n, func() { SumSquares(x) }},
		{"Finite", n, func() { Finite(x) }},
		{"SumRows64", n, func() { SumRows(y, x, n/64, 64) }},
		{"SumRows32", n, func() { SumRows(y, x, n/32, 32) }},
		{"SumRows10", n, func() { SumRows(y, x, n/10, 10) }},
		{"Softmax10", 2 * n, func() { Softmax(y, x, n/10, 10) }},
		{"SoftmaxGrad10", 3 * n, func() { SoftmaxGrad(y, x, z, n/10, 10) }},
		{"Softmax1024", 2 * n, func() { Softmax(y, x, n/1024, 1024) }},
		{"SGD", 3 * n, func() { SGD(y, x, 0) }},
		{"Momentum", 5 * n, func() { Momentum(y, x, v, 0, 0, false) }},
		{"Adam", 7 * n, func() { Adam(y, x, z, v, 0, 0.9, 0.999, 1e-8, 1) }},
		{"Penalty", 3 * n, func() { Penalty(y, x, 0, 0) }},
		{"MaxPool2x2", n + n/4, func() { MaxPoolForward(y, x, pool) }},
		{"MaxPool2x2Grad", 2*n + n/2, func() { MaxPoolBackward(v, z, x, y, pool) }},
		{"MaxPool2x2x1", n + n/4, func() { MaxPoolForward(y, x, thin) }},
		{"MaxPool2x2x1Grad", 2*n + n/2, func() { MaxPoolBackward(v, z, x, y, thin) }},
		{"MaxPool3x3", n + n/4, func() { MaxPoolForward(y, x, wide) }},
		{"MaxPool3x3Grad", 2*n + n/2, func() { MaxPoolBackward(v, z, x, y, wide) }},
		{"AvgPool2x2", n + n/4, func() { AvgPoolForward(y, x, pool) }},
		{"AvgPool2x2Grad", n + n/4, func() { AvgPoolBackward(y, x, pool) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.SetBytes(int64(4 * k.floats))
			for range b.N {
				k.f()
			}
		})
	}
}

// BenchmarkImplementations compares the tiles on a product that fits the cache.
func BenchmarkImplementations(b *testing.B) {
	defer func(was *impl) { active = was }(active)
	const n = 256
	for _, x := range impls {
		active = x
		c, a, w, temp := ones(n*n), ones(n*n), ones(n*n), ones(MatMulTemp(n, n, n))
		b.Run(x.name, func(b *testing.B) {
			gflops(b, n*n*n, func() { MatMul(c, a, w, nil, None, n, n, n, temp) })
		})
	}
}
