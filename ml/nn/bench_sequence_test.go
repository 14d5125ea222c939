package nn

import (
	"testing"

	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// BenchmarkTransformer is a training step, without the update, of a small
// language model: two blocks of width 128 over 12 texts of 64 tokens.
func BenchmarkTransformer(b *testing.B) {
	embedding, position := &Embedding{Tokens: 65, Size: 128}, &PositionEmbedding{}
	block := func() Layer {
		return &Transformer{Heads: 4, Activation: "gelu_tanh", Norm: "pre", Causal: true, name: "transformer_decoder"}
	}
	m := Model{Nodes: []Node{
		{ID: "e", Type: "embedding", Layer: embedding}, {ID: "p", Type: "position_embedding", Layer: position},
		{ID: "b1", Type: "transformer_decoder", Layer: block()}, {ID: "b2", Type: "transformer_decoder", Layer: block()},
		{ID: "n", Type: "layer_norm", Layer: &LayerNorm{Eps: 1e-5}}, {ID: "h", Type: "tied_dense", Layer: &TiedDense{To: "e"}},
	}}
	benchmarkModel(b, m, tensor.Shape{12, 64}, tensor.Shape{12, 64})
}

// BenchmarkLSTM is a training step of a classifier of 32 sequences of 50 steps.
func BenchmarkLSTM(b *testing.B) {
	info, _ := Lookup("lstm")
	m := Model{Nodes: []Node{
		{ID: "e", Type: "embedding", Layer: &Embedding{Tokens: 65, Size: 64}}, {ID: "l", Type: "lstm", Layer: info.New()},
		{ID: "d", Type: "dense", Layer: &Dense{Units: 10, Activation: "none", Init: "glorot_uniform", Bias: true}},
	}}
	benchmarkModel(b, m, tensor.Shape{32, 50}, tensor.Shape{32, 1})
}

func benchmarkModel(b *testing.B, m Model, input, target tensor.Shape) {
	g := graph.NewBuilder()
	out, _ := m.Build(g, input, Options{Seed: 1})
	loss := g.Apply("loss", op.CrossEntropy{}, out, g.Input(TargetName, target))
	if err := g.Err(); err != nil {
		b.Fatal(err)
	}
	p := g.Compile(graph.NewParams(g.Params(), 1), graph.Options{Loss: loss, Train: true})
	fillIDs(p.At(InputName).Data, 9)
	fillIDs(p.At(TargetName).Data, 9)
	step := func() { p.Forward(1, 0); p.Backward(1. / 12) }
	step()
	b.ResetTimer()
	for range b.N {
		step()
	}
	c := p.Cost()
	b.ReportMetric(float64(c.Forward+c.Backward)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOPS")
	b.ReportMetric(float64(c.Activations)/1e6, "MB")
}
