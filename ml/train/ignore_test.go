package train

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/nn"
	"descent/ml/op"
	"descent/ml/tensor"
)

// holes is samples of tokens of whose labels most do not count: of the first
// sample all, of the last none.
type holes struct{ n, tokens int }

func (h holes) Len() int { return h.n }

func (h holes) Read(i int, x, y []float32) {
	s := tensor.NewStream(9, "holes").Fork(uint64(i))
	for t := range x {
		x[t] = float32(s.Intn(uint64(2*t), h.tokens))
		y[t] = float32(s.Intn(uint64(2*t+1), h.tokens))
		if s.Intn(uint64(100+t), h.n-1) >= i {
			y[t] = data.Ignore
		}
	}
}

const holesDoc = `{"version": 1, "data": {"source": {"type": "digits", "samples": 100}},
 "model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 10}}]},
 "train": {"loss": {"type": "cross_entropy", "ignore_index": %d, "label_smoothing": %v}, "batch": %d, "shards": %d, "accumulate": %d, "epochs": 1,
  "optimizer": {"type": "sgd", "lr": 1}}}`

// What does not count is in no mean, however a batch is cut: the loss, the
// accuracy and the gradient of a whole epoch in one step are those of the
// formula. The model is a table of logits, one row for each token, whose
// gradient is known.
func TestMeanOfWhatCounts(t *testing.T) {
	const n, time, tokens = 12, 7, 5
	if data.Ignore != op.Ignored {
		t.Fatal("data and loss disagree on the label that never counts")
	}
	for _, c := range []struct {
		ignore, batch, shards, accumulate int
		smoothing                         float64
	}{
		{-100, n, 1, 1, 0}, {-100, n, 3, 1, 0}, {-100, n, 12, 1, 0}, {-100, 5, 2, 3, 0}, {3, n, 5, 1, 0}, {3, 4, 4, 3, 0.2},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			e, err := experiment.Parse(fmt.Appendf(nil, holesDoc, c.ignore, c.smoothing, c.batch, c.shards, c.accumulate))
			if err != nil {
				t.Fatal(err)
			}
			e.Model = decodeModel(t, fmt.Sprintf(`{"id": "table", "type": "embedding", "config": {"tokens": %d, "size": %d}}`, tokens, tokens))
			e.Data.Split = data.Split{}
			e.Data.Settings = fixed{data.Meta{X: tensor.Shape{time}, Y: tensor.Shape{time}, Classes: make([]string, tokens), Tokens: tokens}}
			d := holes{n, tokens}
			tr, err := New(e, &data.Set{Meta: e.Data.Settings.Meta(), Train: d, Test: d}, Options{Workers: 2})
			if err != nil {
				t.Fatal(err)
			}
			want := make([]float64, tokens*tokens)
			for i := range want {
				want[i] = float64(tr.params.Value[i])
			}
			loss, counted, correct, grad := tableGradient(d, tr.params.Value, time, c.ignore, c.smoothing)
			before := tr.Evaluate(Test, 0).Detail()
			m := before.Run()
			report := before.Report()
			near(t, "loss before", m.Loss(), loss)
			if m.Scored != counted || m.Correct != correct {
				t.Errorf("%d of %d right, want %d of %d", m.Correct, m.Scored, correct, counted)
			}
			total := 0
			for _, row := range report.Confusion {
				for _, k := range row {
					total += k
				}
			}
			if total != counted {
				t.Errorf("%d labels in the matrix, and %d count", total, counted)
			}
			all := make([]int, n)
			for i := range all {
				all[i] = i
			}
			look, err := tr.Inspect(Training, all, "table.weight")
			if err != nil {
				t.Fatal(err)
			}
			for i, g := range grad {
				near(t, fmt.Sprint("gradient to look at ", i), float64(look[0].Grad.Data[i]), g)
			}
			s, err := tr.Step()
			if err != nil || !s.EndOfEpoch {
				t.Fatalf("%v, an epoch in one step: %v", err, s.EndOfEpoch)
			}
			near(t, "loss of the step", s.Batch.Loss(), loss)
			near(t, "loss of the epoch", s.Epoch.Loss(), loss)
			for i, w := range want {
				near(t, fmt.Sprint("weight ", i), float64(tr.params.Value[i]), w-grad[i])
			}
		})
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-5) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// tableGradient works out the mean loss of a table of logits, and its gradient:
// softmax - q for each label that counts, q the smoothed label.
func tableGradient(d holes, table []float32, time, ignore int, smoothing float64) (loss float64, counted, correct int, grad []float64) {
	k := d.tokens
	grad = make([]float64, k*k)
	x, y := make([]float32, time), make([]float32, time)
	for i := range d.n {
		d.Read(i, x, y)
		for s := range x {
			if label := int(y[s]); label == data.Ignore || label == ignore {
				continue
			}
			counted++
			row, sum := table[int(x[s])*k:][:k], 0.0
			for _, v := range row {
				sum += math.Exp(float64(v))
			}
			if Class(row) == int(y[s]) {
				correct++
			}
			for j, v := range row {
				q := smoothing / float64(k)
				if j == int(y[s]) {
					q += 1 - smoothing
				}
				loss += q * (math.Log(sum) - float64(v))
				grad[int(x[s])*k+j] += math.Exp(float64(v))/sum - q
			}
		}
	}
	for i := range grad {
		grad[i] /= float64(counted)
	}
	return loss / float64(counted), counted, correct, grad
}

// A step whose labels all do not count leaves the weights as they are.
func TestNothingCounts(t *testing.T) {
	e, err := experiment.Parse(fmt.Appendf(nil, holesDoc, -100, 0.0, 1, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	e.Model = decodeModel(t, `{"id": "table", "type": "embedding", "config": {"tokens": 5, "size": 5}}`)
	e.Data.Split = data.Split{}
	e.Data.Settings = fixed{data.Meta{X: tensor.Shape{7}, Y: tensor.Shape{7}, Classes: make([]string, 5), Tokens: 5}}
	d := data.Range(holes{12, 5}, 0, 1)
	tr, err := New(e, &data.Set{Meta: e.Data.Settings.Meta(), Train: d, Test: d}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := append([]float32{}, tr.params.Value...)
	s, err := tr.Step()
	if _, ok := s.Batch.Accuracy(); err != nil || s.Batch.Loss() != 0 || ok {
		t.Errorf("%v; the loss of nothing is %v, and it has an accuracy: %v", err, s.Batch.Loss(), ok)
	}
	for i, w := range tr.params.Value {
		if w != before[i] {
			t.Fatal("a step without labels moves the weights")
		}
	}
}

// A sequence counts when each of its labels that counts was found, and of a text
// that goes on nobody asks whether all of it was foretold.
func TestExactMatch(t *testing.T) {
	const other, labels = -1, 3 // another label that does not count
	row := func(class int) []float32 {
		out := make([]float32, 4)
		out[class] = 1
		return out
	}
	var score, right []float32
	for i, said := range [][labels]int{{0, 1, 2}, {0, 1, 2}, {3, 3, 3}, {1, 1, 1}, {0, 0, 0}} {
		is := [][labels]float32{{0, 1, 2}, {0, 1, 3}, {data.Ignore, 3, other}, {data.Ignore, data.Ignore, other}, {data.Ignore, 0, 1}}[i]
		for j, class := range said {
			score, right = append(score, row(class)...), append(right, is[j])
		}
	}
	p := scored(nn.OneClass, 4, score, right, score, data.Ignore, other)
	p.loss, p.answers.labels, p.answers.whole = tensor.New(5), labels, true
	r := reported(p)
	if r.Sequences != 4 || r.Exact != 2 || r.Values["exact_match"] != 0.5 || r.Scored != 9 || r.Correct != 7 || r.Weight != 9 {
		t.Errorf("%+v", r.Metrics)
	}
	both := r.Metrics.Plus(r.Metrics)
	if share, ok := both.ExactMatch(); !ok || share != 0.5 || both.Sequences != 8 || both.Weight != 18 {
		t.Errorf("twice the same is %+v", both)
	}
	p.answers.whole = false
	if _, ok := reported(p).Values["exact_match"]; ok {
		t.Error("labels that are no answer match as a whole")
	}
}

// Only what answers with a sequence can be steered by whether all of it is right.
func TestSteeredByExactMatch(t *testing.T) {
	_, err := experiment.Parse([]byte(`{"version": 1, "data": {"source": "spiral"}, "model": {"nodes": [{"id": "out", "type": "dense", "config": {"units": 2}}]},
		"train": {"optimizer": "sgd", "stop": {"metric": "exact_match", "target": 1}}}`))
	if err == nil || !strings.Contains(err.Error(), "train.stop.metric: this model and its loss have no exact_match") {
		t.Error(err)
	}
}
