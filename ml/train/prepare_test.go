package train

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
)

const preparedDoc = `{"version": 1, "seed": 3,
 "data": {"source": {"type": "digits", "samples": 120, "test_samples": 10}, "split": {"validation": 0.25, "stratify": true, "shuffle": true},
  "preprocess": ["standardise", {"type": "crop", "size": 20}], "augment": ["shift", {"type": "rotate", "degrees": 30}, "noise"]},
 "model": {"nodes": [{"id": "flatten", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10, "activation": "softmax"}}]},
 "train": {"loss": "cross_entropy", "optimizer": "adam", "batch": 32, "epochs": 3, "shards": 4}}`

func startPrepared(t *testing.T, text string, workers int) (*Trainer, *data.Set) {
	t.Helper()
	e, err := experiment.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	set, err := e.Data.Open(e.Seed, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, set, Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return tr, set
}

func steps(t *testing.T, tr *Trainer, n int) {
	t.Helper()
	for range n {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// With augmentation and fitted preprocessing, a run gives the same on any
// number of workers, and goes on from a checkpoint bit for bit.
func TestAugmentedRuns(t *testing.T) {
	one, _ := startPrepared(t, preparedDoc, 1)
	many, _ := startPrepared(t, preparedDoc, 4)
	steps(t, one, 7)
	steps(t, many, 4)
	var kept bytes.Buffer
	if err := many.Save(&kept); err != nil {
		t.Fatal(err)
	}
	steps(t, many, 3)
	if !slices.Equal(one.params.Value, many.params.Value) {
		t.Error("one worker and four end with other weights")
	}
	resumed, _ := startPrepared(t, preparedDoc, 2)
	clear(resumed.pipe.Stats()[0]) // what was found out comes from the checkpoint
	if err := resumed.Restore(kept.Bytes()); err != nil {
		t.Fatal(err)
	}
	steps(t, resumed, 3)
	if !slices.Equal(one.params.Value, resumed.params.Value) {
		t.Error("a resumed run ends with other weights")
	}
	plain, _ := startPrepared(t, strings.Replace(preparedDoc, `"augment": ["shift", {"type": "rotate", "degrees": 30}, "noise"]`, `"augment": []`, 1), 1)
	steps(t, plain, 7)
	if slices.Equal(one.params.Value, plain.params.Value) {
		t.Error("augmentation changes nothing")
	}
	other, _ := startPrepared(t, strings.Replace(preparedDoc, `["standardise", `, `[`, 1), 1)
	if err := other.Restore(kept.Bytes()); err == nil || !strings.Contains(err.Error(), "preprocessing differs in step 1") {
		t.Errorf("a checkpoint of other preprocessing: %v", err)
	}
}

// spiked is a dataset some of whose samples are changed.
type spiked struct {
	data.Dataset
	ids []int
	add float32
}

func (s spiked) Read(i int, x, y []float32) {
	s.Dataset.Read(i, x, y)
	if slices.Contains(s.ids, i) {
		for k := range x {
			x[k] += s.add
		}
	}
}

// What is fitted does not depend on the samples for validation and test, and
// does on those for training.
func TestNothingLeaks(t *testing.T) {
	text := strings.Replace(preparedDoc, `"stratify": true, "shuffle": true`, `"stratify": false`, 1)
	tr, set := startPrepared(t, text, 1)
	fitted := func(train, test data.Dataset) []float32 {
		other := *set
		other.Train, other.Test = train, test
		tr, err := New(tr.exp, &other, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return tr.pipe.Stats()[0]
	}
	want := tr.pipe.Stats()[0]
	if got := fitted(spiked{set.Train, []int{90, 100, 119}, 1e6}, spiked{set.Test, []int{0, 1}, 1e6}); !slices.Equal(got, want) {
		t.Errorf("statistics %v became %v by samples that are not trained on", want, got)
	}
	if got := fitted(spiked{set.Train, []int{89}, 1e6}, set.Test); slices.Equal(got, want) {
		t.Error("a sample that is trained on does not count")
	}
}

// Predict prepares raw samples as evaluation does.
func TestPredictPrepares(t *testing.T) {
	tr, set := startPrepared(t, preparedDoc, 1)
	steps(t, tr, 3)
	x, y, seen := make([]float32, 784), make([]float32, 1), make([]float32, 400)
	set.Test.Read(4, x, y)
	tr.Read(Test, 4, seen, y)
	p := tr.evals[0].program(1)
	copy(p.x.Data, seen)
	p.Forward(0, 0)
	if want := slices.Clone(p.predict.Data); !slices.Equal(tr.Predict(nil, x), want) {
		t.Errorf("predicted %v, want %v", tr.Predict(nil, x), want)
	}
}
