package train

import (
	"fmt"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/tensor"
)

// echo is a task for sequence models: at each step, say what came two steps
// before. The first two answers are token 0.
type echo struct{ tokens int }

func (echo) Len() int { return 256 }

func (e echo) Read(i int, x, y []float32) {
	s := tensor.NewStream(4, "echo").Fork(uint64(i))
	for t := range x {
		x[t] = float32(s.Intn(uint64(t), e.tokens))
	}
	y[0], y[1] = 0, 0
	copy(y[2:], x)
}

// TestSequenceModelsLearn trains each kind of sequence model until it remembers.
func TestSequenceModelsLearn(t *testing.T) {
	const tokens, time = 5, 8
	for name, nodes := range map[string]string{
		"attention": `{"id": "p", "type": "position_embedding"}, {"id": "b", "type": "transformer_decoder", "config": {"heads": 2}},
			{"id": "b2", "type": "transformer_decoder", "config": {"heads": 2, "dropout": 0.02}}, {"id": "n", "type": "layer_norm"}, {"id": "h", "type": "tied_dense", "config": {"to": "e"}}`,
		"rotary": `{"id": "b", "type": "transformer_decoder", "config": {"heads": 2, "rotary": true, "norm": "post"}},
			{"id": "b2", "type": "transformer_decoder", "config": {"heads": 2, "rotary": true, "norm": "post"}}, {"id": "h", "type": "dense", "config": {"units": 5}}`,
		"simple_rnn": `{"id": "r", "type": "simple_rnn", "config": {"units": 32, "return": "all"}}, {"id": "h", "type": "dense", "config": {"units": 5}}`,
		"lstm":       `{"id": "r", "type": "lstm", "config": {"units": 32, "return": "all"}}, {"id": "h", "type": "dense", "config": {"units": 5}}`,
		"gru":        `{"id": "r", "type": "gru", "config": {"units": 24, "return": "all", "layers": 2}}, {"id": "h", "type": "dense", "config": {"units": 5}}`,
	} {
		t.Run(name, func(t *testing.T) {
			e, err := experiment.Parse([]byte(`{"version": 1, "data": {"source": {"type": "digits", "samples": 100}},
				"model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}]},
				"train": {"loss": "cross_entropy", "batch": 32, "epochs": 60, "optimizer": {"type": "adam", "lr": 0.003}}}`))
			if err != nil {
				t.Fatal(err)
			}
			e.Model = decodeModel(t, fmt.Sprintf(`{"id": "e", "type": "embedding", "config": {"tokens": %d, "size": 16}}, `, tokens)+nodes)
			e.Data.Split = data.Split{}
			e.Data.Settings = fixed{data.Meta{X: tensor.Shape{time}, Y: tensor.Shape{time}, Classes: make([]string, tokens)}}
			tr, err := New(e, &data.Set{Meta: e.Data.Settings.Meta(), Train: echo{tokens}, Test: echo{tokens}}, Options{Workers: 1})
			if err != nil {
				t.Fatal(err)
			}
			var s Stats
			for !tr.Done() {
				if s, err = tr.Step(); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%.4f nats after %d steps", s.Batch.Loss(), s.Step)
			if loss := s.Batch.Loss(); !(loss < 0.1) {
				t.Errorf("the loss is %.3f after %d steps; guessing costs 1.2", loss, s.Step)
			}
		})
	}
}
