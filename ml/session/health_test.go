package session

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// A learning rate that is changed on the way is told with its step, and so are
// later changes; a reset forgets them.
func TestChangesAreTold(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	tune := func(to float64) []Change {
		r.events = nil
		r.do(Command{Tune: &Tune{Field: "lr", Value: to}}, 1)
		if e := r.merged().Error; e != nil {
			t.Fatal(e.Message)
		}
		return r.events[0].Changes[1:] // the first says that what was there at this step is void
	}
	if got := tune(0.01); len(got) != 0 {
		t.Errorf("before the first step: %+v", got)
	}
	r.do(Command{Run: &Run{Steps: 7}}, 1000)
	if got := tune(0.02); len(got) != 1 || got[0] != (Change{7, "lr", 0.01, 0.02}) {
		t.Errorf("after 7 steps: %+v", got)
	}
	r.do(Command{Run: &Run{Steps: 2}}, 1000)
	if got := tune(0.03); len(got) != 2 || got[1] != (Change{9, "lr", 0.02, 0.03}) {
		t.Errorf("after 9 steps: %+v", got)
	}
	if got := tune(0.02); len(got) != 1 || r.events[0].Changes[0] != (Change{9, "lr", 0.02, 0.02}) {
		t.Errorf("taken back: %+v", r.events[0].Changes)
	}
	r.do(Command{Reset: &Reset{}}, 1)
	r.do(Command{Run: &Run{Steps: 1}}, 1000)
	if got := tune(0.04); len(got) != 1 || got[0].Step != 1 {
		t.Errorf("after a reset: %+v", got)
	}
}

// The points tell the learning rate, the gradient and the step, and with
// Watch.Metrics everything that a validation measures.
func TestPointsTell(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Watch: &Watch{Metrics: true}}, 1)
	r.do(Command{Run: &Run{Steps: 60}}, 1000)
	trained, validated := 0, 0
	for _, p := range r.merged().Points {
		switch p.Curve {
		case "train":
			trained++
			if p.Rate != 0.003 || !(p.GradNorm > 0) || !(p.Ratio > 1e-5 && p.Ratio < 1) || !(p.Seconds > 0) {
				t.Errorf("%+v", p)
			}
		case "validation":
			validated++
			if len(p.Metrics) < 4 || len(p.Values) != len(p.Metrics) {
				t.Errorf("%+v", p)
			}
		}
	}
	if trained < 20 || validated == 0 {
		t.Errorf("%d and %d points", trained, validated)
	}
}

// A pause is a moment to look at the model: every layer is told of.
func TestCheckup(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"tanh"`, `"relu"`)}}, 1)
	r.do(Command{Run: &Run{Steps: 40}}, 1000)
	m := r.merged()
	if m.Error != nil {
		t.Fatal(m.Error)
	}
	c := m.Checkup
	if c == nil || c.Step != 40 || len(c.Nodes) != len(m.Model.Layers) || len(c.Grad) != len(c.Nodes) || !(c.Grad[0] > 0) || c.Dead[0] < 0 || c.Dead[0] > 1 {
		t.Fatalf("%+v", c)
	}
	if m.Facts == nil || m.Facts.Looked != m.Data.Train || m.Facts.Checked != m.Data.Validation || m.Facts.Shared != 0 ||
		m.Facts.Counts[0]+m.Facts.Counts[1] != m.Data.Train || m.Facts.Telling != "" {
		t.Errorf("%+v", m.Facts)
	}
}

// Samples that are on both sides are counted, and a column that gives the
// answer away is named.
func TestFacts(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("row,noise,answer,class\n")
	for i := range 400 {
		class := i * 7 % 3
		row := i
		if i >= 200 {
			row, class = i-200, (i-200)*7%3 // the second half is a copy of the first
		}
		fmt.Fprintf(&csv, "%d,%d,%d,%s\n", row*100, row*row%17, class*10, []string{"a", "b", "c"}[class])
	}
	r := start(t)
	r.files = library{"a.csv": []byte(csv.String())}
	r.do(Command{Open: &Open{Experiment: `{"version": 1, "data": {"source": {"type": "csv", "file": "a.csv"}, "split": {"validation": 0.25, "shuffle": false, "stratify": false}},
		"model": {"nodes": [{"id": "out", "type": "dense", "config": {"units": 3}}]}, "train": {"optimizer": "sgd", "epochs": 1000}}`}}, 1)
	if e := r.merged().Error; e != nil {
		t.Fatal(e.Message, e.Problems)
	}
	r.do(Command{Run: &Run{}}, 20)
	f := r.merged().Facts
	if f == nil {
		t.Fatal("no facts")
	}
	if f.Telling != "answer" || f.Told != 1 {
		t.Errorf("%q tells %v", f.Telling, f.Told)
	}
	if f.Shared < f.Checked/2 || f.Checked == 0 {
		t.Errorf("%d of %d are shared", f.Shared, f.Checked)
	}
	if f.Size < 10000 {
		t.Errorf("the largest feature has the size %v", f.Size)
	}
}

func TestForetold(t *testing.T) {
	column, classes, values := make([]float32, 400), make([]float32, 400), make([]float32, 400)
	for i := range column {
		column[i] = float32(i * 37 % 400)
		values[i] = 3 - 2*column[i]
		if column[i] > 150 {
			classes[i] = 1
		}
	}
	if v := foretold(column, classes, 2); v < 0.97 {
		t.Errorf("a threshold is foretold at %v", v)
	}
	for i := range classes {
		classes[i] = float32(i % 2)
	}
	if v := foretold(column, classes, 2); v > 0.7 {
		t.Errorf("what has nothing to do with it is foretold at %v", v)
	}
	if v := correlation(column, values); math.Abs(v-1) > 1e-9 {
		t.Errorf("a line has the correlation %v", v)
	}
}
