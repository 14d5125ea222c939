package train

import (
	"math"
	"strings"
	"testing"
)

// residual has a layer of each kind that images go through: normalised,
// parted, merged, enlarged and pooled.
const residual = `[
	{"id": "stem", "type": "conv2d", "config": {"filters": 8, "stride": 2, "padding": "same"}},
	{"id": "norm", "type": "batch_norm"},
	{"id": "bent", "type": "activation", "config": {"function": "silu"}},
	{"id": "each", "type": "separable_conv2d", "config": {"filters": 8, "padding": [1, 1], "activation": "gelu"}},
	{"id": "group", "type": "group_norm", "config": {"groups": 2}},
	{"id": "sum", "type": "add", "from": ["bent", "group"]},
	{"id": "parted", "type": "conv2d", "config": {"filters": 12, "groups": 4, "dilation": 2, "activation": "relu"}},
	{"id": "small", "type": "avg_pool2d"},
	{"id": "large", "type": "conv2d_transpose", "config": {"filters": 6, "activation": "leaky_relu"}},
	{"id": "both", "type": "concatenate", "from": ["large", "parted"]},
	{"id": "some", "type": "spatial_dropout", "config": {"rate": 0.05}},
	{"id": "pooled", "type": "global_max_pool"},
	{"id": "output", "type": "dense", "config": {"units": 10, "activation": "softmax"}}]`

func TestLayersLearn(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for seconds")
	}
	set := map[string]string{"model.nodes": residual, "train.shards": "1", "train.optimizer.lr": "0.01"}
	for k, v := range small {
		if k != "train.shards" && !strings.HasPrefix(k, "model.nodes.") {
			set[k] = v
		}
	}
	tr := open(t, "tutorial-cnn", set, 1)
	first := losses(t, tr, 1)[0]
	all := losses(t, tr, 120)
	last := 0.0
	for _, l := range all[len(all)-5:] {
		last += l / 5
	}
	if !(last < 0.35*first) {
		t.Errorf("the loss went from %.3f to %.3f only", first, last)
	}
	// What is measured with running statistics is what was trained.
	if got := tr.Evaluate(Training, 0).Run().Loss(); math.Abs(got-last) > 0.5*first {
		t.Errorf("the loss is %.3f in training and %.3f with running statistics", last, got)
	}
	for name, start := range map[string]float32{"norm.mean": 0, "norm.variance": 1} {
		i, ok := tr.params.Find(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		for j, v := range tr.params.Of(tr.params.Value, i) {
			if v == start || v != v {
				t.Errorf("%s[%d] is %v after training", name, j, v)
			}
		}
	}
}
