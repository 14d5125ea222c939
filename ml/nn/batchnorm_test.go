package nn

import (
	"testing"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// A frozen batch normalisation uses its running statistics in training too,
// leaves its parameters alone and lets the batch be cut; the gradient passes.
func TestFrozenBatchNorm(t *testing.T) {
	v, err := config.Parse([]byte(`{"nodes": [{"id": "first", "type": "dense", "config": {"units": 3}},
		{"id": "norm", "type": "batch_norm", "trainable": false}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	m := Decode(v, &errs)
	if errs.Err() != nil {
		t.Fatal(errs)
	}
	if m.WholeBatch() {
		t.Error("a frozen batch normalisation wants the whole batch")
	}
	m.Nodes[1].Frozen = false
	if !m.WholeBatch() {
		t.Error("a batch normalisation may be cut into shards")
	}
	m.Nodes[1].Frozen = true
	g := graph.NewBuilder()
	out, _ := m.Build(g, tensor.Shape{4, 3}, Options{Seed: 1})
	params := graph.NewParams(g.Params(), 1)
	p := g.Compile(params, graph.Options{Loss: out, Train: true, Outputs: []graph.Value{out},
		Observe: func(name string) bool { return name == "first" }})
	x := p.At(InputName)
	for i := range x.Data {
		x.Data[i] = float32(i)
	}
	p.Forward(0, 0)
	p.Backward(1)
	first, norm := p.At("first"), p.At("norm")
	for i, v := range first.Data { // mean 0, variance 1, gain 1: nearly the identity
		if d := norm.Data[i] - v; d > 1e-4*(1+v*v) || d < -1e-4*(1+v*v) {
			t.Fatalf("value %d went from %v to %v", i, v, norm.Data[i])
		}
	}
	for i, info := range params.Index {
		moved := false
		for _, d := range params.Of(p.ParamGrad(), i) {
			moved = moved || d != 0
		}
		if frozen := info.Name[:5] == "norm."; moved == frozen {
			t.Errorf("%s has a gradient: %v", info.Name, moved)
		}
	}
}
