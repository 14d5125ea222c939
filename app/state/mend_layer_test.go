package state

import (
	"strings"
	"testing"
)

// Each mend that is offered does away with the problem, in one press.
func TestMendLayers(t *testing.T) {
	tokens := `{"type": "reverse", "samples": 100, "test_samples": 10, "layout": "masked"}`
	for _, test := range []struct {
		name, source, nodes, loss string
		fix, wires                string
		holds                     string // of the document afterwards
	}{
		{"dense after conv", `"mnist"`, `{"id": "conv", "type": "conv2d"}, {"id": "out", "type": "dense", "config": {"units": 10}}`, "cross_entropy",
			"insert_flatten", "conv<input flatten<conv out<flatten", ""},
		{"other units", `"mnist"`, `{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 9}}`, "cross_entropy",
			"answer_classes", "flat<input out<flat", `"units": 10`},
		{"ends in a convolution", `"mnist"`, `{"id": "conv", "type": "conv2d"}`, "cross_entropy",
			"answer_classes", "conv<input flatten<conv dense<flatten", `"units": 10`},
		{"ends in pooling", `"mnist"`, `{"id": "conv", "type": "conv2d"}, {"id": "top", "type": "global_max_pool"}`, "cross_entropy",
			"answer_classes", "conv<input top<conv dense<top", `"softmax"`},
		{"one output of ten classes", `"mnist"`, `{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 1}}`, "binary_cross_entropy",
			"answer_classes", "flat<input out<flat", `"units": 10`},
		{"values", `"reg_plane"`, `{"id": "out", "type": "dense", "config": {"units": 3}}`, "mse", "answer_values", "out<input", `"units": 1`},
		{"cross entropy of values", `"reg_plane"`, `{"id": "out", "type": "dense", "config": {"units": 1}}`, "cross_entropy", "loss_mse", "out<input", `"loss": "mse"`},
		{"no embedding", tokens, `{"id": "rnn", "type": "gru", "config": {"return": "all"}}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"insert_embedding", "embedding<input rnn<embedding out<rnn", ""},
		{"one state of a stack", tokens, `{"id": "e", "type": "embedding"}, {"id": "a", "type": "gru"}, {"id": "b", "type": "gru", "config": {"return": "all"}}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"return_all", "e<input a<e b<a out<b", ""},
		{"one state for all labels", tokens, `{"id": "e", "type": "embedding"}, {"id": "a", "type": "lstm"}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"return_all", "e<input a<e out<a", `"return": "all"`},
		{"the last step before a network", tokens, `{"id": "e", "type": "embedding"}, {"id": "last", "type": "last_step"}, {"id": "a", "type": "lstm", "config": {"return": "all"}}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"return_all", "e<input a<e out<a", ""},
		{"image layer on a sequence", tokens, `{"id": "e", "type": "embedding"}, {"id": "c", "type": "conv2d", "config": {"filters": 8, "kernel": [3, 3], "padding": "same"}}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"over_time", "e<input c<e out<c", `"conv1d"`},
		{"sequence layer on an image", `"mnist"`, `{"id": "c", "type": "conv1d", "config": {"kernel": 5}}, {"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}`, "cross_entropy",
			"over_image", "c<input flat<c out<flat", `"kernel": [5, 5]`},
		{"convolution on points", `"spiral"`, `{"id": "c", "type": "conv2d", "config": {"filters": 6}}, {"id": "out", "type": "dense", "config": {"units": 2}}`, "cross_entropy",
			"use_dense", "c<input out<c", `"units": 6`},
		{"a sum of unlike images", `"mnist"`, `{"id": "a", "type": "conv2d", "config": {"filters": 4, "padding": "same"}}, {"id": "p", "type": "max_pool2d"}, {"id": "b", "type": "conv2d", "config": {"filters": 6, "padding": "same"}}, {"id": "sum", "type": "add", "from": ["b", "a"]}, {"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}`, "cross_entropy",
			"match_shapes", "a<input p<a b<p conv2d<a sum<b+conv2d flat<sum out<flat", `"stride": [2, 2]`},
		{"a sum of unlike rows", `"spiral"`, `{"id": "a", "type": "dense", "config": {"units": 4}}, {"id": "b", "type": "dense", "config": {"units": 5}}, {"id": "sum", "type": "add", "from": ["b", "a"]}, {"id": "out", "type": "dense", "config": {"units": 2}}`, "cross_entropy",
			"match_shapes", "a<input b<a dense<a sum<b+dense out<sum", `"units": 5`},
		{"too few tokens", tokens, `{"id": "e", "type": "embedding", "config": {"tokens": 3}}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"tokens_data", "e<input out<e", ""},
		{"tokens that were computed", tokens, `{"id": "mask", "type": "padding_mask", "config": {"token": 1}}, {"id": "e", "type": "embedding"}, {"id": "out", "type": "dense", "config": {"units": 0}}`, "cross_entropy",
			"read_input", "mask<input e<input out<e", ""},
		{"a window larger than its image", `"digits"`, `{"id": "c", "type": "conv2d", "config": {"kernel": [40, 40]}}, {"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}`, "cross_entropy",
			"padding_same", "c<input flat<c out<flat", `"same"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := New("", `{"version": 1, "data": {"source": `+test.source+`}, "model": {"nodes": [`+test.nodes+`]}, "train": {"loss": "`+test.loss+`", "optimizer": "adam"}}`)
			if len(s.Problems) == 0 {
				t.Fatal("the model has no problem")
			}
			p := s.Problems[0]
			if p.Fix != test.fix {
				t.Fatalf("%v: the mend is %q, want %q", p, p.Fix, test.fix)
			}
			s.Apply(Mend{p.Fix, p.Node})
			if len(s.Problems) > 0 {
				t.Errorf("afterwards: %v", s.Problems)
			}
			if got := wires(t, s); got != test.wires {
				t.Errorf("the layers are\n%s, want\n%s", got, test.wires)
			}
			if !strings.Contains(s.Text, test.holds) {
				t.Errorf("the document does not say %s:\n%s", test.holds, s.Text)
			}
			s.Apply(Undo{})
			if len(s.Problems) == 0 {
				t.Error("undoing it leaves no problem")
			}
		})
	}
}
