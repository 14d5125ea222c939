package generate

import (
	"fmt"
	"slices"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/train"
)

// taught are models of a task in each layout in which an answer is written.
var taught = map[string]string{
	data.Teacher: `{"id": "q", "type": "slice_time", "from": "input", "config": {"length": 5}}, {"id": "m", "type": "padding_mask", "config": {"token": 4}},
		{"id": "read", "type": "embedding", "from": "q", "config": {"size": 16}}, {"id": "p", "type": "position_embedding"},
		{"id": "encoder", "type": "transformer_encoder", "from": ["p", "m"], "config": {"heads": 2}},
		{"id": "a", "type": "slice_time", "from": "input", "config": {"start": 5}},
		{"id": "write", "type": "embedding", "config": {"size": 16}}, {"id": "r", "type": "position_embedding"},
		{"id": "decoder", "type": "transformer_decoder", "from": ["r", "encoder", "m"], "config": {"heads": 2}}`,
	data.NextToken: `{"id": "e", "type": "embedding", "config": {"size": 16}}, {"id": "p", "type": "position_embedding"},
		{"id": "b1", "type": "transformer_decoder", "config": {"heads": 2}}, {"id": "b2", "type": "transformer_decoder", "config": {"heads": 2}}`,
	data.Answer: `{"id": "e", "type": "embedding", "config": {"size": 16}}, {"id": "l", "type": "gru", "config": {"units": 32}},
		{"id": "r", "type": "repeat_vector", "config": {"times": 6}}, {"id": "g", "type": "gru", "config": {"units": 32, "return": "all"}}`,
}

// The share of exact matches, for which a model is told what was right so far,
// is the share of answers that greedy decoding gets right by itself.
func TestExactMatchIsGreedy(t *testing.T) {
	for kind, nodes := range taught {
		t.Run(kind, func(t *testing.T) {
			e, err := experiment.Parse(fmt.Appendf(nil, `{"version": 1, "data": {"source": {"type": "reverse", "layout": %q, "samples": 900, "test_samples": 100,
				"min_length": 2, "max_length": 5, "alphabet": 4}, "split": {"validation": 0}},
				"model": {"nodes": [%s, {"id": "out", "type": "dense", "config": {"units": 0}}]},
				"train": {"optimizer": {"type": "adam", "lr": 0.004}, "batch": 32, "steps": 150}}`, kind, nodes))
			if err != nil {
				t.Fatal(err)
			}
			set, err := e.Data.Open(e.Seed, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := train.New(e, set, train.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for !tr.Done() {
				if _, err := tr.Step(); err != nil {
					t.Fatal(err)
				}
			}
			m := tr.Evaluate(train.Test, 0).Run()
			g, err := New(e, tr.Params())
			if err != nil {
				t.Fatal(err)
			}
			meta, exact := set.Meta, 0
			x, y := make([]float32, meta.X.Len()), make([]float32, meta.Y.Len())
			for i := range set.Test.Len() {
				set.Test.Read(i, x, y)
				if err := g.Start(meta.Text.Decode(asked(meta, x)), g.Defaults()); err != nil {
					t.Fatal(err)
				}
				var wrote, right []int
				for token, ok := g.Next(); ok; token, ok = g.Next() {
					wrote = append(wrote, token.ID)
				}
				for _, label := range y {
					if label != data.Ignore {
						right = append(right, int(label))
					}
				}
				if slices.Equal(wrote, right) {
					exact++
				}
			}
			if m.Sequences != 100 || m.Exact != exact {
				t.Errorf("greedy decoding gets %d of 100 right, and %d of %d match", exact, m.Exact, m.Sequences)
			}
			if exact == 0 || exact == 100 {
				t.Errorf("%d of 100 right says nothing; train for longer or shorter", exact)
			}
		})
	}
}

// asked returns the tokens of the question in a sample.
func asked(m data.Meta, x []float32) (question []int) {
	for i, v := range x {
		if int(v) == m.Text.Special().Begin || m.Layout.Kind == data.Teacher && i == m.Layout.Question {
			break
		}
		if int(v) != m.Text.Special().Pad {
			question = append(question, int(v))
		}
	}
	return question
}
