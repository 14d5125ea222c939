package train

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/internal/golden"
	"descent/ml/tensor"
)

// batches is a dataset made of a golden case's batches, in their order.
type batches struct {
	x, y []float32
	n    int
}

func (b batches) Len() int { return b.n }

func (b batches) Read(i int, x, y []float32) {
	copy(x, b.x[i*len(x):])
	copy(y, b.y[i*len(y):])
}

// TestGoldenTraining runs PyTorch's whole training: the loss of each step, and
// the parameters after the last, must be the same.
func TestGoldenTraining(t *testing.T) {
	const tolerance = 1e-4
	for _, c := range golden.Cases(t) {
		if c.Op != "train" || c.Attrs["model"] == "gpt" { // that is TestGoldenTransformer
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			if c.Attrs["model"] != "cnn" {
				t.Fatalf("there is no model %v here", c.Attrs["model"])
			}
			conv, dense := c.Attrs["conv"].([]any), c.Attrs["dense"].([]any)
			betas := c.Attrs["betas"].([]any)
			x := c.Inputs["batch.x"] // [steps, n, 1, h, w]
			steps, n, side := x.Shape[0], x.Shape[1], x.Shape[3]
			text := fmt.Sprintf(`{"version": 1, "data": {"source": {"type": "digits", "samples": 100}}, "model": {"nodes": [
				{"id": "conv1", "type": "conv2d", "config": {"filters": %v, "padding": "same", "activation": "relu"}},
				{"id": "pool1", "type": "max_pool2d"},
				{"id": "conv2", "type": "conv2d", "config": {"filters": %v, "padding": "same", "activation": "relu"}},
				{"id": "pool2", "type": "max_pool2d"}, {"id": "flatten", "type": "flatten"},
				{"id": "dense1", "type": "dense", "config": {"units": %v, "activation": "relu"}},
				{"id": "dense2", "type": "dense", "config": {"units": %v, "activation": "softmax"}}]},
				"train": {"loss": "cross_entropy", "batch": %d, "epochs": 1,
				"optimizer": {"type": "adam", "lr": %v, "beta1": %v, "beta2": %v, "epsilon": %v}}}`,
				conv[0], conv[1], dense[0], dense[1], n, c.Attrs["lr"], betas[0], betas[1], c.Attrs["eps"])
			e, err := experiment.Parse([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			e.Data.Split = data.Split{}
			e.Data.Settings = fixed{data.Meta{X: tensor.Shape{side, side, 1}, Y: tensor.Shape{1}, Classes: make([]string, 10)}}
			d := batches{x: x.Data, y: c.Inputs["batch.t"].Data, n: steps * n}
			for _, workers := range []int{1, 2} {
				tr, err := New(e, &data.Set{Meta: e.Data.Settings.Meta(), Train: d, Test: d}, Options{Workers: workers})
				if err != nil {
					t.Fatal(err)
				}
				for i, info := range tr.params.Index {
					from := c.Inputs["param."+info.Name]
					if strings.HasPrefix(info.Name, "conv") && len(from.Shape) == 4 {
						from = from.Permute(2, 3, 1, 0)
					}
					copy(tr.params.Of(tr.params.Value, i), from.Data)
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
						t.Errorf("%d workers: loss %d is %.7f, want %.7f", workers, step+1, got, want)
					}
				}
				for i, info := range tr.params.Index {
					want := c.Outputs["final."+info.Name]
					if strings.HasPrefix(info.Name, "conv") && len(want.Shape) == 4 {
						want = want.Permute(2, 3, 1, 0)
					}
					if far := golden.Near(tr.params.Of(tr.params.Value, i), want.Data, 1e-3); far != "" {
						t.Errorf("%d workers: %s at the end: %s", workers, info.Name, far)
					}
				}
			}
		})
	}
}

// fixed is a source of which only the description is used.
type fixed struct{ meta data.Meta }
