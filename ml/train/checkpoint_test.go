package train

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"descent/ml/optim"
	"descent/ml/safetensors"
	"descent/ml/tensor"
)

// Save at step k and resume: the same bits as a run that was never stopped,
// for every optimizer, in the middle of an epoch, with dropout.
func TestResume(t *testing.T) {
	optimizers := []string{`{"type":"momentum","nesterov":true}`, `{"type":"rmsprop","momentum":0.9,"centered":true}`}
	for _, info := range optim.Optimizers() {
		optimizers = append(optimizers, `"`+info.Type+`"`)
	}
	for _, optimizer := range optimizers {
		for _, at := range []int{3, 5, 7} { // five steps an epoch
			set := with(small, "train.optimizer", optimizer)
			whole := open(t, "keras-convnet", set, 1)
			want := losses(t, whole, 12)

			first := open(t, "keras-convnet", set, 1)
			losses(t, first, at)
			var b bytes.Buffer
			if err := first.Save(&b); err != nil {
				t.Fatal(err)
			}
			second := open(t, "keras-convnet", set, 2)
			losses(t, second, 2) // it has been elsewhere before
			if err := second.Restore(b.Bytes()); err != nil {
				t.Fatal(err)
			}
			equal(t, optimizer, losses(t, second, 12-at), want[at:])
			if second.Trained() != whole.Trained() {
				t.Errorf("%s: the last epoch gives %+v, want %+v", optimizer, second.Trained(), whole.Trained())
			}
			for i := range second.params.Value {
				if second.params.Value[i] != whole.params.Value[i] {
					t.Fatalf("%s: weight %d differs", optimizer, i)
				}
			}
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	tr := open(t, "keras-convnet", small, 1)
	losses(t, tr, 2)
	var b bytes.Buffer
	if err := tr.Save(&b); err != nil {
		t.Fatal(err)
	}
	one := open(t, "keras-convnet", with(small, "train.optimizer", "rmsprop"), 1)
	losses(t, one, 2)
	var slim bytes.Buffer // of an optimizer that remembers less
	if err := one.Save(&slim); err != nil {
		t.Fatal(err)
	}
	var plain bytes.Buffer // weights that another program has saved
	if err := (&safetensors.File{Tensors: []safetensors.Tensor{{Name: "conv1.weight", Tensor: tensor.New(3, 3, 1, 5)}}}).Write(&plain); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set  map[string]string
		data []byte
		want string
	}{
		{small, plain.Bytes(), "no checkpoint"},
		{with(small, "seed", "9"), b.Bytes(), "belongs to seed 1"},
		{with(small, "train.optimizer", `"sgd"`), b.Bytes(), `optimizer "adam"`},
		{with(small, "train.optimizer", `{"type":"rmsprop","momentum":0.9}`), slim.Bytes(), "optimizer.1"},
		{with(small, "model.nodes.conv1.config.filters", "6"), b.Bytes(), "no conv1.weight of shape 3×3×1×6"},
		{with(small, "data.split", `{"train":64}`), b.Bytes(), "stands at sample 128"},
		{small, b.Bytes()[:b.Len()-1], "safetensors"},
	} {
		other := open(t, "keras-convnet", c.set, 1)
		before := append([]float32{}, other.params.Value...)
		if err := other.Restore(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
		for i, v := range before {
			if other.params.Value[i] != v || other.StepNumber() != 0 {
				t.Fatal("a refused checkpoint changed the trainer")
			}
		}
	}
}

// A model without parameters has a checkpoint too.
func TestResumeWithoutParameters(t *testing.T) {
	set := map[string]string{"model": `{"nodes":[{"id":"scores","type":"activation","config":{"function":"softmax"}}]}`}
	first, second := open(t, "spiral-mlp", set, 1), open(t, "spiral-mlp", set, 1)
	losses(t, first, 3)
	var b bytes.Buffer
	if err := first.Save(&b); err != nil {
		t.Fatal(err)
	}
	if err := second.Restore(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	equal(t, "without parameters", losses(t, second, 3), losses(t, first, 3))
}

// So do schedules, averages, clipping, accumulation and what early stopping
// has seen, validations included, whether the run ends early or not.
func TestResumeControl(t *testing.T) {
	base := map[string]string{"train.batch": "20", "train.validate_every": "3", "train.epochs": "6"}
	for _, settings := range []map[string]string{
		{"train.schedule": `{"type":"cosine","warmup":5}`, "train.clip_norm": "0.5", "train.clip_value": "0.1"},
		{"train.schedule": `"one_cycle"`, "train.accumulate": "3"},
		{"train.schedule": `{"type":"step","every":1}`, "train.ema": "0.95"},
		{"train.schedule": `"exponential"`, "train.steps": "47"},
		{"train.schedule": `{"type":"reduce_on_plateau","patience":0,"min_delta":0.05}`},
		{"train.schedule": `{"type":"reduce_on_plateau","patience":2,"min_delta":0.05}`},
		{"train.early_stopping": `{"patience":4,"min_delta":0.01}`, "train.ema": "0.9"},
		{"train.early_stopping": `{"patience":3,"metric":"f1"}`, "train.optimizer": `{"type":"sgd","lr":0.001}`},
		{"train.stop": `{"metric":"accuracy","target":0.62}`},
		{"train.loss": `{"type":"cross_entropy","class_weights":"balanced"}`, "train.optimizer": `"muon"`},
	} {
		set := with(base, "train.l2", "0.0001")
		for path, value := range settings {
			set = with(set, path, value)
		}
		run := func(tr *Trainer, steps int) (trace []float64) {
			for ; steps > 0 && !tr.Done(); steps-- {
				s, err := tr.Step()
				if err != nil {
					t.Fatal(err)
				}
				trace = append(trace, s.Batch.Loss(), s.Rate, s.GradNorm)
				if tr.ValidateNow(s) {
					e := tr.Evaluate(Validation, 0)
					trace = append(trace, e.Run().Loss())
					tr.Validated(e)
				}
			}
			return trace
		}
		whole := open(t, "spiral-mlp", set, 1)
		want := run(whole, 1000)
		for _, at := range []int{1, 7, 16} {
			first := open(t, "spiral-mlp", set, 1)
			got := run(first, at)
			var b bytes.Buffer
			if err := first.Save(&b); err != nil {
				t.Fatal(err)
			}
			second := open(t, "spiral-mlp", set, 2)
			run(second, 2)
			if err := second.Restore(b.Bytes()); err != nil {
				t.Fatal(err)
			}
			got = append(got, run(second, 1000)...)
			if len(got) != len(want) {
				t.Fatalf("%v at %d: %d numbers, want %d", settings, at, len(got), len(want))
			}
			equal(t, fmt.Sprint(settings), got, want)
			if second.Stopped() != whole.Stopped() || second.Trained() != whole.Trained() {
				t.Errorf("%v at %d: stopped %q after %+v, want %q after %+v", settings, at, second.Stopped(), second.Trained(), whole.Stopped(), whole.Trained())
			}
			if !slices.Equal(second.params.Value, whole.params.Value) || !slices.Equal(second.Shown().Value, whole.Shown().Value) {
				t.Errorf("%v at %d: the weights differ", settings, at)
			}
		}
	}
}
