package op

import (
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// benchmark runs an op and reports the arithmetic of its products: backward
// has products times as many as forward.
func benchmark(b *testing.B, o graph.Op, products float64, shapes ...tensor.Shape) {
	plan, err := o.Plan(shapes)
	if err != nil {
		b.Fatal(err)
	}
	c := &graph.Call{Train: true, Out: tensor.New(plan.Out...), DOut: tensor.New(plan.Out...),
		Save: make([]float32, plan.Save), Temp: make([]float32, plan.Temp)}
	for j, shape := range shapes {
		x, s := tensor.New(shape...), tensor.NewStream(1, "bench").Fork(uint64(j))
		for i := range x.Data {
			x.Data[i] = float32(s.Normal(uint64(i))) / 8
		}
		if _, embedding := o.(Embedding); embedding && j == 0 {
			for i := range x.Data {
				x.Data[i] = float32(s.Intn(uint64(i), shapes[1][0]))
			}
		}
		c.In, c.DIn = append(c.In, x), append(c.DIn, tensor.New(shape...))
	}
	kernel.Fill(c.DOut.Data, 0.1)
	rate := func(name string, flops float64, f func(*graph.Call)) {
		b.Run(name, func(b *testing.B) {
			f(c)
			b.ResetTimer()
			for range b.N {
				f(c)
			}
			if flops > 0 {
				b.ReportMetric(flops*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOPS")
			}
		})
	}
	rate("forward", float64(plan.FLOPs), o.Forward)
	rate("backward", products*float64(plan.FLOPs), o.Backward)
}

func BenchmarkAttention(b *testing.B) {
	for _, c := range []struct {
		name          string
		n, time, size int
		op            Attention
	}{
		{"12x64x128", 12, 64, 128, Attention{Heads: 4, KVHeads: 4}},
		{"12x64x128causal", 12, 64, 128, Attention{Heads: 4, KVHeads: 4, Causal: true}},
		{"12x64x128dropout", 12, 64, 128, Attention{Heads: 4, KVHeads: 4, Causal: true, Dropout: 0.1, Stream: tensor.NewStream(1, "a")}},
		{"4x256x128causal", 4, 256, 128, Attention{Heads: 4, KVHeads: 4, Causal: true}},
		{"1x1024x256", 1, 1024, 256, Attention{Heads: 4, KVHeads: 4}},
	} {
		x := tensor.Shape{c.n, c.time, c.size}
		b.Run(c.name, func(b *testing.B) { benchmark(b, c.op, 2.5, x, x, x) })
	}
}

func BenchmarkRecurrent(b *testing.B) {
	x := tensor.Shape{32, 50, 64}
	for _, c := range []struct {
		op    graph.Op
		gates int
	}{{SimpleRNN{}, 1}, {LSTM{}, 4}, {GRU{}, 3}} {
		in := []tensor.Shape{x, {64, 128 * c.gates}, {128, 128 * c.gates}, {128 * c.gates}}
		if c.gates == 3 {
			in = append(in, tensor.Shape{128})
		}
		b.Run(c.op.Name(), func(b *testing.B) { benchmark(b, c.op, 2, in...) })
	}
}

func BenchmarkEmbedding(b *testing.B) {
	benchmark(b, Embedding{}, 0, tensor.Shape{12, 64}, tensor.Shape{256, 128})
}

// BenchmarkProduct is the speed of a matrix product, which the others are
// measured by.
func BenchmarkProduct(b *testing.B) {
	benchmark(b, Linear{}, 2, tensor.Shape{768, 128}, tensor.Shape{128, 512}, tensor.Shape{512})
}
