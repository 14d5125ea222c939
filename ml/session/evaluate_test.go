package session

import (
	"math"
	"slices"
	"testing"

	"descent/ml/evaluation"
)

// has returns a figure of a report.
func has(r *Report, name string) (v float64, low, high float64, ok bool) {
	i := slices.Index(r.Metrics, name)
	if i < 0 {
		return 0, 0, 0, false
	}
	return r.Values[i], r.Low[i], r.High[i], true
}

// A report of classes has intervals, baselines and calibration, and its samples
// can be looked at; what was asked about the report before it is forgotten.
func TestExamineClasses(t *testing.T) {
	r := start(t)
	r.do(Command{Examine: &Examine{Order: evaluation.ByDoubt, Count: 3}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Fatalf("nothing is open: %+v", e)
	}
	r.do(Command{Open: &Open{Experiment: document(t, "keras-convnet", `"mnist"`, `{"type":"digits","samples":500,"test_samples":60}`, `{"train": 54000, "validation": 6000}`, `{"validation": 0.2}`)}}, 1)
	r.do(Command{Examine: &Examine{Order: evaluation.ByDoubt, Count: 3}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Fatalf("nothing was evaluated: %+v", e)
	}
	r.do(Command{Run: &Run{Steps: 3}}, 1000)
	curve := len(r.merged().Points)
	r.do(Command{Evaluate: &Evaluate{Part: "train"}}, 1000)
	if m := r.merged(); m.Report.Part != "train" || m.Report.Count != m.Data.Train || len(m.Points) != curve || m.Report.Opened != 0 {
		t.Errorf("training: %+v", m.Report)
	}
	r.do(Command{Evaluate: &Evaluate{Part: "validation"}}, 1000)
	m := r.merged()
	rep := m.Report
	if !rep.Single || rep.Cut || rep.Classes != 10 || rep.Decisions != m.Data.Validation || rep.Explains != "image" {
		t.Fatalf("%+v", rep)
	}
	accuracy, low, high, _ := has(rep, "accuracy")
	if want := evaluation.Share(int(math.Round(accuracy*float64(rep.Decisions))), rep.Decisions); low != want.Low || high != want.High {
		t.Errorf("an accuracy of %v between %v and %v, want %+v", accuracy, low, high, want)
	}
	if rep.Mistakes != int(math.Round((1-accuracy)*float64(rep.Decisions))) || rep.Mistakes == 0 {
		t.Errorf("%d mistakes", rep.Mistakes)
	}
	loss, _, _, _ := has(rep, "loss")
	if v, low, high, ok := has(rep, "log_loss"); !ok || math.Abs(v-loss) > 1e-4*loss || !(low < v && v < high) {
		t.Errorf("a log loss of %v (%v to %v) and a loss of %v", v, low, high, loss)
	}
	if len(rep.Beside) != 1 || rep.Beside[0].Name != "prior" || !slices.Contains(rep.Beside[0].Metrics, "accuracy") || !slices.Contains(rep.Beside[0].Metrics, "top_k") {
		t.Errorf("beside %+v", rep.Beside)
	}
	total := 0
	for _, n := range rep.Calibration.Counts {
		total += n
	}
	if total != rep.Decisions {
		t.Errorf("calibration of %d", total)
	}

	for _, order := range []string{evaluation.ByMistake, evaluation.ByDoubt, evaluation.InOrder} {
		r.do(Command{Examine: &Examine{Order: order, Count: 5}}, 1)
		last := r.events[len(r.events)-1].Cases
		if last == nil || last.Asked.Order != order || last.Samples.Count != 5 || len(last.Answers) != 50 || len(r.blobs[len(r.blobs)-1][0]) != 5*784 {
			t.Fatalf("%s: %+v", order, last)
		}
		for i := range 5 {
			p := last.Answers[10*i : 10*i+10]
			guess, truth := last.Samples.Predicted[i], int(last.Samples.Labels[i])
			if p[guess] != last.Samples.Probability[i] || p[truth] != last.Chance[i] || slices.Max(p) != p[guess] {
				t.Errorf("%s %d: %v, guess %d, truth %d", order, i, p, guess, truth)
			}
			if order == evaluation.ByMistake && guess == truth {
				t.Error("a mistake that is none")
			}
		}
		if order == evaluation.ByMistake && last.Total != rep.Mistakes {
			t.Errorf("%d mistakes of %d", last.Total, rep.Mistakes)
		}
	}
	for cell, n := range rep.Confusion {
		if n == 0 {
			continue
		}
		r.do(Command{Examine: &Examine{Order: evaluation.InCell, Right: cell / 10, Guess: cell % 10, Count: 99}}, 1)
		last := r.events[len(r.events)-1].Cases
		if last.Total != n || last.Samples.Count != min(n, maxCases) {
			t.Errorf("cell %d has %d samples, and %d are told", cell, n, last.Total)
		}
	}

	cases := r.merged().Cases
	r.do(Command{Explain: &Explain{Place: cases.Places[0]}}, 1000)
	e := r.merged().Explained
	if e == nil || e.Done != e.Total || e.Height != 28 || len(e.Lost) != 784 || e.Place != cases.Places[0] || e.Class != cases.Samples.Predicted[0] {
		t.Fatalf("explained %+v", e)
	}
	r.do(Command{Explain: &Explain{Input: make([]float64, 784), Class: 4}}, 1000)
	if e := r.merged().Explained; e.Place != -1 || e.Class != 3 {
		t.Errorf("an image of one's own: %+v", e)
	}
	for _, bad := range []*Explain{{Place: 9999}, {Input: []float64{1}}, {Features: true}} {
		before := len(r.events)
		r.do(Command{Explain: bad}, 10)
		if got := r.events[before]; got.Error == nil || got.Error.Code != Refused {
			t.Errorf("%+v: %+v", bad, got)
		}
	}
	r.do(Command{Trace: &Trace{Of: 7}}, 1)
	if c := r.merged().Curve; c == nil || c.Class != 7 || c.Positive+c.Negative != rep.Decisions {
		t.Errorf("curve %+v", c)
	}
}

// One probability for two classes is reported as two classes are.
func TestExamineTwoClasses(t *testing.T) {
	for _, replace := range [][]string{{},
		{`{"units": 2, "activation": "softmax"}`, `{"units": 1, "activation": "sigmoid"}`, `"cross_entropy"`, `"binary_cross_entropy"`}} {
		r := start(t)
		r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", replace...)}}, 1)
		r.do(Command{Run: &Run{Steps: 20}}, 1000)
		r.do(Command{Evaluate: &Evaluate{Part: "validation"}}, 1000)
		rep := r.merged().Report
		if rep == nil || len(rep.Confusion) != 4 || len(rep.F1) != 2 || rep.Curve == nil || rep.Explains != "features" {
			t.Fatalf("%+v", rep)
		}
		if n := rep.Samples[0] + rep.Samples[1]; n != rep.Decisions {
			t.Errorf("%d samples of %d", n, rep.Decisions)
		}
		auc, low, high, ok := has(rep, "roc_auc")
		if !ok || math.Abs(auc-rep.Curve.Area) > 1e-6 || !(low <= auc && auc <= high) {
			t.Errorf("areas %v (%v to %v) and %v", auc, low, high, rep.Curve.Area)
		}
		f1, _, _, _ := has(rep, "f1")
		if want := (rep.F1[0] + rep.F1[1]) / 2; math.Abs(f1-want) > 1e-12 {
			t.Errorf("F1 %v, and of the classes %v", f1, rep.F1)
		}
		r.do(Command{Examine: &Examine{Order: evaluation.ByDoubt, Count: 4}}, 1)
		if c := r.merged().Cases; len(c.Samples.Values) != 8 || c.Width != 2 {
			t.Errorf("points %+v", c)
		}
		r.do(Command{Explain: &Explain{Features: true}}, 1000)
		if e := r.merged().Explained; e == nil || e.Done != e.Total || len(e.Mean) != 2 || e.Samples != rep.Decisions {
			t.Errorf("features %+v", e)
		}
		if f := r.merged().Data.Features; len(f) != 2 || f[0].Name != "x1" || !(f[0].Low < f[0].High) {
			t.Errorf("features %+v", f)
		}
	}
}

func TestExamineValues(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: `{"version":1,"data":{"source":{"type":"reg_plane","samples":200},"split":{"validation":0.3}},
		"model":{"nodes":[{"id":"out","type":"dense","config":{"units":1}}]},"train":{"loss":"mse","optimizer":"sgd"}}`}}, 1)
	r.do(Command{Evaluate: &Evaluate{Part: "validation"}}, 1000)
	m := r.merged()
	rep := m.Report
	if rep == nil || rep.Residuals == nil || rep.Residuals.Outputs != 1 || rep.Classes != 0 || rep.Calibration != nil || rep.Mistakes != 0 {
		t.Fatalf("%+v %+v", rep, m.Error)
	}
	mse, _, _, _ := has(rep, "mse")
	rmse, low, high, _ := has(rep, "rmse")
	if math.Abs(rmse*rmse-mse) > 1e-9 || !(low < rmse && rmse < high) {
		t.Errorf("mse %v, rmse %v (%v to %v)", mse, rmse, low, high)
	}
	if len(rep.Beside) != 1 || !slices.Contains(rep.Beside[0].Metrics, "r2") {
		t.Errorf("beside %+v", rep.Beside)
	}
	r.do(Command{Examine: &Examine{Order: evaluation.ByMistake, Count: 3}}, 1)
	c := r.merged().Cases
	off := func(i int) float64 { return math.Abs(c.Answers[i] - c.Told[i]) }
	if len(c.Answers) != 3 || off(0) < off(1) || off(1) < off(2) {
		t.Errorf("cases %+v", c)
	}
}

// Answers of many steps are no single ones: there is calibration, and no sample.
func TestExamineSequences(t *testing.T) {
	r := sequence(t, oneLSTM)
	r.do(Command{Evaluate: &Evaluate{Part: "validation"}}, 1000)
	rep := r.merged().Report
	if rep == nil || rep.Single || rep.Calibration == nil || rep.Decisions <= rep.Count {
		t.Fatalf("%+v", rep)
	}
	names := []string{}
	for _, b := range rep.Beside {
		names = append(names, b.Name)
	}
	if !slices.Equal(names, []string{"uniform", "unigram", "bigram"}) {
		t.Errorf("beside %q", names)
	}
	r.do(Command{Examine: &Examine{Order: evaluation.ByMistake, Count: 3}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Errorf("steps can be looked at: %+v", e)
	}
}

// The test part is measured when somebody asks for it, and that is counted.
func TestSealedTest(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "keras-convnet", `"mnist"`, `{"type":"digits","samples":500,"test_samples":60}`, `{"train": 54000, "validation": 6000}`, `{"validation": 0.2}`)}}, 1)
	r.do(Command{Watch: &Watch{Checks: 60}}, 3)
	m := r.merged()
	x, y := make([]float32, 784), make([]float32, 1)
	for i, label := range m.Checks.Labels {
		r.train.ReadRaw(1, i, x, y)
		if float32(label) != y[0] {
			t.Fatalf("sample %d on show is none of the validation", i)
		}
	}
	for _, c := range []struct{ before, want int }{{0, 1}, {0, 2}, {7, 8}} {
		r.do(Command{Evaluate: &Evaluate{Part: "test", Opened: c.before}}, 1000)
		if rep := r.merged().Report; rep.Part != "test" || rep.Opened != c.want || rep.Count != 60 {
			t.Errorf("opened %d times, want %d: %+v", rep.Opened, c.want, rep.Part)
		}
	}
	r.do(Command{Reset: &Reset{}}, 1)
	r.do(Command{Evaluate: &Evaluate{Part: "validation"}}, 1000)
	if rep := r.merged().Report; rep.Opened != 8 {
		t.Errorf("a reset makes it %d", rep.Opened)
	}
}

// What is asked for while training measures itself comes right after that, and training goes on.
func TestEvaluateDuringValidation(t *testing.T) {
	begin := func() *recorder {
		r := start(t)
		r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 3`)}}, 1)
		r.Do(Command{Run: &Run{}})
		for r.eval == nil {
			r.Work(0)
		}
		return r
	}
	r := begin()
	r.do(Command{Evaluate: &Evaluate{Part: PartTrain}}, 10_000)
	m := r.merged()
	if m.Error != nil || m.Report == nil || m.Report.Part != PartTrain || m.State.Phase != Done {
		t.Fatalf("error %+v, report %+v, state %+v", m.Error, m.Report, m.State)
	}
	curve := 0
	for _, p := range m.Points {
		if p.Curve == "validation" {
			curve++
		}
	}
	if curve != 3 {
		t.Errorf("%d validations in 3 epochs", curve)
	}
	r = begin()
	r.Do(Command{Evaluate: &Evaluate{Part: PartTrain}})
	r.do(Command{Reset: &Reset{}}, 1000)
	if m := r.merged(); m.Report != nil || m.State.Phase != Ready {
		t.Errorf("a reset leaves %+v in %+v", m.Report, m.State)
	}
}
