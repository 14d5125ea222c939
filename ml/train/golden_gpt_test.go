package train

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/internal/golden"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// TestGoldenTransformer runs PyTorch's training of a small language model: the
// loss of each step, and the parameters after the last, must be the same.
func TestGoldenTransformer(t *testing.T) {
	const tolerance = 1e-4
	for _, c := range golden.Cases(t) {
		if c.Op != "train" || c.Attrs["model"] != "gpt" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			x := c.Inputs["batch.x"] // [steps, n, time]
			steps, n, time := x.Shape[0], x.Shape[1], x.Shape[2]
			betas, vocabulary := c.Attrs["betas"].([]any), c.Int("vocab", 0)
			nodes := fmt.Sprintf(`{"id": "wte", "type": "embedding", "config": {"tokens": %d, "size": %v}},
				{"id": "wpe", "type": "position_embedding", "config": {"positions": %v}},`, vocabulary, c.Attrs["d_model"], c.Attrs["context"])
			for i := range c.Int("layers", 0) {
				nodes += fmt.Sprintf(`{"id": "h%d", "type": "transformer_decoder", "config": {"heads": %v, "activation": %q}},`, i, c.Attrs["heads"], c.Attrs["activation"])
			}
			nodes += fmt.Sprintf(`{"id": "lnf", "type": "layer_norm"}, {"id": "head", "type": "dense", "config": {"units": %d, "bias": false}}`, vocabulary)
			e, err := experiment.Parse(fmt.Appendf(nil, `{"version": 1, "data": {"source": {"type": "digits", "samples": 100}},
				"model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}]},
				"train": {"loss": "cross_entropy", "batch": %d, "epochs": 1, "optimizer": {"type": "adamw", "lr": %v, "beta1": %v, "beta2": %v,
				"epsilon": %v, "weight_decay": %v, "applies_to": "all"}}}`,
				n, c.Attrs["lr"], betas[0], betas[1], c.Attrs["adam_eps"], c.Attrs["weight_decay"]))
			if err != nil {
				t.Fatal(err)
			}
			e.Model = decodeModel(t, nodes)
			e.Data.Split = data.Split{}
			e.Data.Settings = fixed{data.Meta{X: tensor.Shape{time}, Y: tensor.Shape{time}, Classes: make([]string, vocabulary)}}
			d := batches{x: x.Data, y: c.Inputs["batch.t"].Data, n: steps * n}
			tr, err := New(e, &data.Set{Meta: e.Data.Settings.Meta(), Train: d, Test: d}, Options{Workers: 1})
			if err != nil {
				t.Fatal(err)
			}
			for i, info := range tr.params.Index {
				copy(tr.params.Of(tr.params.Value, i), theirs(t, c, "param.", info.Name).Data)
			}
			for i := range tr.order { // the batches in their own order
				tr.order[i] = i
			}
			tr.orderOf = 0
			for step, want := range c.Outputs["losses"].Data {
				s, err := tr.Step()
				if err != nil {
					t.Fatal(err)
				}
				if got := s.Batch.Loss(); math.Abs(got-float64(want)) > tolerance*float64(want) {
					t.Errorf("loss %d is %.7f, want %.7f", step+1, got, want)
				}
			}
			for i, info := range tr.params.Index {
				// A key's bias moves all scores of a query alike, so that its
				// gradient is rounding, of which Adam makes whole steps.
				if strings.HasSuffix(info.Name, "key.bias") {
					continue
				}
				want := theirs(t, c, "final.", info.Name)
				if far := golden.Near(tr.params.Of(tr.params.Value, i), want.Data, 1e-3); far != "" {
					t.Errorf("%s at the end: %s", info.Name, far)
				}
			}
		})
	}
}

func decodeModel(t *testing.T, nodes string) nn.Model {
	t.Helper()
	v, err := config.Parse([]byte(`{"nodes": [` + nodes + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	var errs config.Errors
	m := nn.Decode(v, &errs)
	if err := errs.Err(); err != nil {
		t.Fatal(err)
	}
	return m
}

// theirs returns a parameter of ours from the case, whose queries, keys and
// values are one matrix.
func theirs(t *testing.T, c golden.Case, prefix, name string) golden.Tensor {
	t.Helper()
	all := c.Inputs
	if prefix == "final." {
		all = c.Outputs
	}
	their := strings.NewReplacer("norm1.", "ln1.", "norm2.", "ln2.", "gain", "weight", "attention.output", "proj",
		"attention.query", "qkv", "attention.key", "qkv", "attention.value", "qkv", "expand", "fc", "contract", "out",
		"wte.weight", "wte", "wpe.weight", "wpe").Replace(name)
	g, ok := all[prefix+their]
	if !ok {
		t.Fatalf("the case has no %s for %s", prefix+their, name)
	}
	for third, part := range []string{"query", "key", "value"} {
		if !strings.Contains(name, part) {
			continue
		}
		row := g.Shape[len(g.Shape)-1]
		var out golden.Tensor
		for i := 0; i < len(g.Data); i += row {
			out.Data = append(out.Data, g.Data[i+third*row/3:i+(third+1)*row/3]...)
		}
		return out
	}
	return g
}
