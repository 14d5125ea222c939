package train

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
)

// trained runs to the end with its validations, and returns their losses.
func trained(t *testing.T, tr *Trainer) (validations []float64) {
	t.Helper()
	for !tr.Done() {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		if tr.ValidateNow(s) {
			e := tr.Evaluate(Validation, 0)
			validations = append(validations, e.Run().Loss())
			tr.Validated(e)
		}
	}
	return validations
}

func TestStopAtTarget(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.stop": `{"metric":"accuracy","target":0.8}`}, 1)
	trained(t, tr)
	acc, _ := tr.Evaluate(Validation, 0).Run().Accuracy()
	if epochs, _ := tr.Epoch(); acc < 0.8 || epochs >= 600 || !strings.Contains(tr.Stopped(), "target was reached: accuracy 0.8") {
		t.Errorf("stopped with accuracy %v after %d epochs: %q", acc, epochs, tr.Stopped())
	}
	tr.Reset()
	if tr.Done() || tr.Stopped() != "" {
		t.Error("a reset trainer is done")
	}
}

// Early stopping ends after patience validations that were no better, with the
// weights of the best.
func TestEarlyStopping(t *testing.T) {
	set := map[string]string{"train.early_stopping": `{"patience":3}`, "train.optimizer": `{"type":"adam","lr":0.05}`, "train.epochs": "200"}
	tr := open(t, "spiral-mlp", set, 1)
	v := trained(t, tr)
	best := slices.Index(v, slices.Min(v))
	if len(v) != best+4 || !strings.Contains(tr.Stopped(), "in 3 validations") {
		t.Errorf("stopped after %d validations, the best was number %d: %q", len(v), best+1, tr.Stopped())
	}
	if now := tr.Evaluate(Validation, 0).Run().Loss(); now != v[best] {
		t.Errorf("the loss at the end is %v, the best was %v", now, v[best])
	}
	last := open(t, "spiral-mlp", with(set, "train.early_stopping", `{"patience":3,"restore_best":false}`), 1)
	w := trained(t, last)
	if now := last.Evaluate(Validation, 0).Run().Loss(); now != w[len(w)-1] {
		t.Errorf("without restore_best the loss at the end is %v, want %v", now, w[len(w)-1])
	}
	// The best also comes back when the epochs run out first.
	short := open(t, "spiral-mlp", with(with(set, "train.early_stopping", `{"patience":100}`), "train.epochs", "12"), 1)
	x := trained(t, short)
	if now := short.Evaluate(Validation, 0).Run().Loss(); short.Stopped() != "" || now != slices.Min(x) {
		t.Errorf("the loss at the end is %v, the best was %v; stopped %q", now, slices.Min(x), short.Stopped())
	}
}

// Only a whole pass over the validation samples steers training.
func TestOnlyWholeValidationsSteer(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.early_stopping": `{"patience":2}`}, 1)
	losses(t, tr, 1)
	half, part, other := tr.Evaluate(Validation, 0), tr.Evaluate(Validation, 20), tr.Evaluate(Test, 0)
	half.Next()
	half.ids = append(half.ids, 0) // as if there were more than a piece
	part.Run()
	other.Run()
	for _, e := range []*Evaluation{half, part, other} {
		if tr.Validated(e); tr.control.count != 0 {
			t.Fatalf("%+v steers training", e)
		}
	}
	whole := tr.Evaluate(Validation, 1000)
	whole.Run()
	if tr.Validated(whole); tr.control.count != 1 {
		t.Error("a limit above what there is makes it no whole one")
	}
}

// A measurement that is no number is never the best, not even the first.
func TestEarlyStoppingAfterNaN(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.early_stopping": `{"patience":2}`}, 1)
	watch := func(loss float64) {
		tr.watch(tr.exp.Train.EarlyStopping, Report{Values: map[string]float64{"loss": loss}})
	}
	for _, loss := range []float64{math.NaN(), 3, 2, 1} {
		watch(loss)
	}
	if c := tr.control; c.score != 1 || c.waited != 0 || c.stopped.Text != "" || len(c.best) == 0 {
		t.Errorf("the best is %v after waiting for %d validations, stopped %q", c.score, c.waited, c.stopped)
	}
	watch(math.NaN())
	watch(math.NaN())
	if c := tr.control; c.score != 1 || c.stopped.Text == "" {
		t.Errorf("the best is %v, stopped %q", c.score, c.stopped)
	}
}

// The gradient of an earlier batch of those that make a step may be to blame,
// which the last batch does not show.
func TestDiagnosisOfEarlierBatch(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.accumulate": "2"}, 1)
	losses(t, tr, 1)
	if got := tr.diagnose(0.5).Error(); !strings.Contains(got, "the gradient became infinite at step 2") || strings.Contains(got, "0.5") {
		t.Errorf("a sound loss is blamed: %s", got)
	}
}

func TestStepsInsteadOfEpochs(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.steps": "47"}, 1)
	v := trained(t, tr)
	if tr.StepNumber() != 47 || tr.Steps() != 47 || tr.Epochs() != 3 || len(v) != 3 {
		t.Errorf("%d steps of %d, %d epochs, %d validations", tr.StepNumber(), tr.Steps(), tr.Epochs(), len(v))
	}
}

// A plateau cuts the rate of the steps that follow.
func TestReduceOnPlateau(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"train.schedule": `{"type":"reduce_on_plateau","factor":0.1,"patience":0,"min_delta":100}`, "train.epochs": "3"}, 1)
	var rates []float64
	for !tr.Done() {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		if s.EndOfEpoch {
			rates = append(rates, s.Rate)
			e := tr.Evaluate(Validation, 0)
			e.Run()
			tr.Validated(e)
			tr.Validated(tr.Evaluate(Validation, 3)) // what is not whole does not count
			tr.Validated(tr.Evaluate(Test, 0))
		}
	}
	for i, want := range []float64{0.003, 0.003, 0.0003} {
		if math.Abs(rates[i]-want) > 1e-12 {
			t.Fatalf("rates %v", rates)
		}
	}
}

// The layer and the cause are named.
func TestDiagnosis(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name  string
		set   map[string]string
		spoil func(tr *Trainer)
		layer string
		what  string
		cause config.Message
	}{
		{"data", nil, func(tr *Trainer) { tr.train = broken{tr.train, nan, 0} }, "input", "values", badInput},
		{"label", nil, func(tr *Trainer) { tr.train = broken{tr.train, 0, 7} }, "target", "values", badTarget},
		{"weights", nil, func(tr *Trainer) {
			i, _ := tr.params.Find("hidden2.bias")
			tr.params.Of(tr.params.Value, i)[0] = nan
		}, "hidden2", "weights", badWeights},
		{"scale", map[string]string{"model.nodes.hidden1.config.activation": "relu", "model.nodes.hidden2.config.activation": "relu"}, func(tr *Trainer) {
			for i := range tr.params.Value {
				tr.params.Value[i] *= 1e18
			}
		}, "output", "values", tooLarge},
		{"gradient", map[string]string{"model.nodes.hidden1.config.activation": "relu", "model.nodes.hidden2.config.activation": "relu", "model.nodes.output.config.activation": "none", "train.loss": "mse"}, func(tr *Trainer) {
			tr.step = 5
			for i := range tr.params.Value {
				tr.params.Value[i] *= 2e6
			}
		}, "", "", tooFast},
	} {
		tr := open(t, "spiral-mlp", c.set, 1)
		c.spoil(tr)
		before := weights(tr)
		var err error
		for i := 0; i < 30 && err == nil; i++ {
			before = weights(tr)
			_, err = tr.Step()
			if c.name == "gradient" {
				for k := range tr.params.Value {
					tr.params.Value[k] *= 8
				}
			}
		}
		var nf *NotFinite
		if !errors.As(err, &nf) || c.layer != "" && (nf.Layer != c.layer || nf.What != c.what) || nf.Cause.Text != c.cause.Text || nf.Layer == "" {
			t.Errorf("%s: %v (%+v)", c.name, err, nf)
		}
		if c.name == "data" && !slices.Equal(before, tr.params.Value) {
			t.Error("the step was applied")
		}
	}
}

// broken is a dataset with something wrong in it.
type broken struct {
	data.Dataset
	add   float32
	label float32
}

func (b broken) Read(i int, x, y []float32) {
	b.Dataset.Read(i, x, y)
	x[0] += b.add
	y[0] += b.label
}

// Each sample that the split takes validates once, and every fold has the same
// share of each class.
func TestFolds(t *testing.T) {
	tr := open(t, "spiral-mlp", map[string]string{"data.split": `{"train":90,"validation":13,"shuffle":true}`}, 1)
	chosen := map[float32]bool{} // by the split
	set := &data.Set{Meta: tr.meta, Train: numbered(250), Test: numbered(1)}
	seen := map[float32]int{}
	x, y := make([]float32, 2), make([]float32, 1)
	train, validation, _ := tr.exp.Data.Split.Parts(set.Train, set.Meta, tr.exp.Seed)
	for _, part := range []data.Dataset{train, validation} {
		for i := range part.Len() {
			part.Read(i, x, y)
			chosen[x[0]] = true
		}
	}
	odd := 0
	for i := range chosen {
		odd += int(i) % 2
	}
	for fold := range 4 {
		e, part, err := Fold(tr.exp, set, fold, 4)
		if err != nil {
			t.Fatal(err)
		}
		own, err := New(e, part, Options{})
		if err != nil {
			t.Fatal(err)
		}
		train, validation, _ := own.Samples()
		if train+validation != 103 || validation < 25 || validation > 26 {
			t.Errorf("fold %d: %d and %d samples", fold, train, validation)
		}
		inTraining := map[float32]bool{}
		for i := range train {
			own.Read(Training, i, x, y)
			inTraining[x[0]] = true
		}
		odds := 0
		for i := range validation {
			own.Read(Validation, i, x, y)
			seen[x[0]]++
			odds += int(y[0])
			if !chosen[x[0]] {
				t.Errorf("fold %d has sample %v, which the split leaves out", fold, x[0])
			}
			if inTraining[x[0]] {
				t.Errorf("fold %d trains on what it validates on", fold)
			}
		}
		if odds < odd/4 || odds > (odd+3)/4 {
			t.Errorf("fold %d validates on %d samples of class 1, of %d", fold, odds, odd)
		}
	}
	if len(seen) != 103 {
		t.Errorf("%d samples validate", len(seen))
	}
	for i, n := range seen {
		if n != 1 {
			t.Errorf("sample %v validates %d times", i, n)
		}
	}
	if _, _, err := Fold(tr.exp, set, 0, 104); err == nil {
		t.Error("103 samples make 104 folds")
	}
}

// numbered samples hold their number.
type numbered int

func (n numbered) Len() int { return int(n) }

func (n numbered) Label(i int) int { return i % 2 }

func (n numbered) Read(i int, x, y []float32) { x[0], x[1], y[0] = float32(i), 0, float32(i%2) }
