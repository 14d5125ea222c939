package diagnose

import (
	"math"
	"slices"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/session"
)

// healthy is a run of so many steps whose loss falls as it should.
func healthy(t *testing.T, steps int, set ...string) *Run {
	e, err := experiment.Read(document(t, "spiral-mlp", set...))
	if err != nil {
		t.Fatal(err)
	}
	r := &Run{Experiment: e, Classes: []string{"a", "b"}, Samples: 200, Parameters: 354, Step: steps, PerEpoch: 20, Steps: 12000}
	for s := 20; s <= steps; s += 20 {
		l := 0.01 + 0.69*math.Exp(-float64(s)/1500)
		r.Train = append(r.Train, session.Point{Curve: "train", Step: s, Epoch: float64(s) / 20, Loss: l, Accuracy: 1 - l/2, Rate: 0.003, GradNorm: 0.5, Ratio: 0.002})
		r.Valid = append(r.Valid, session.Point{Curve: "validation", Step: s, Epoch: float64(s) / 20, Loss: l + 0.02, Accuracy: 1 - l/2})
	}
	r.Checkup = &session.Checkup{Step: steps, Nodes: []string{"hidden1", "hidden2", "output"}, Grad: []float64{0.1, 0.1, 0.1},
		Weight: []float64{1, 1, 1}, Ratio: []float64{0.002, 0.002, 0.002}, Dead: []float64{-1, -1, -1}, Saturated: []float64{0.2, 0.2, -1}}
	r.Facts = &session.Facts{Looked: 200, Counts: []int{101, 99}, Size: 3, Checked: 50}
	return r
}

// Each rule on figures that show its illness, and on some that nearly do.
func TestRules(t *testing.T) {
	each := func(r *Run, from int, f func(p *session.Point)) {
		for i := range r.Train {
			if i >= from {
				f(&r.Train[i])
			}
		}
	}
	for _, c := range []struct {
		name string
		make func(r *Run)
		set  []string
		want string
	}{
		{"healthy", func(*Run) {}, nil, ""},
		{"values that are no numbers", func(r *Run) { r.Failed, r.Fault, r.Step, r.Train, r.Valid = true, "input", 0, nil, nil }, nil, BrokenData},
		{"infinite at once", func(r *Run) { r.Failed, r.Step, r.Train, r.Valid = true, 0, nil, nil }, nil, Diverged},
		{"infinite later", func(r *Run) { r.Failed = true }, nil, Diverged},
		{"up and away", func(r *Run) { each(r, 100, func(p *session.Point) { p.Loss = float64(p.Step) / 100 }) }, nil, Diverged},
		{"gone by the first point", func(r *Run) { r.First = 0.7; each(r, 0, func(p *session.Point) { p.Loss = 30 }) }, nil, Diverged},
		{"a little up again", func(r *Run) { each(r, 100, func(p *session.Point) { p.Loss += 0.1 }) }, nil, ""},
		{"a gradient that grew", func(r *Run) { each(r, 100, func(p *session.Point) { p.GradNorm = 400 }) }, nil, Exploding},
		{"a gradient that grew, and is limited", func(r *Run) { each(r, 100, func(p *session.Point) { p.GradNorm = 400 }) }, []string{"train.clip_norm=1"}, ""},
		{"a gradient that jumps", func(r *Run) {
			each(r, 0, func(p *session.Point) {
				if p.Step%500 == 0 {
					p.GradNorm = 90
				}
			})
		}, nil, Exploding},
		{"dead units", func(r *Run) { r.Checkup.Dead = []float64{0.97, 0.1, -1} }, nil, DeadReLU},
		{"dead units in a model that learns", func(r *Run) { r.Checkup.Dead = []float64{0.7, 0.1, -1} }, nil, ""},
		{"dead units in one that does not", func(r *Run) {
			r.Checkup.Dead = []float64{0.7, 0.1, -1}
			each(r, 0, func(p *session.Point) { p.Loss = 0.69 - float64(p.Step)*1e-5 })
		}, nil, DeadReLU},
		{"a small gradient in a model that learns", func(r *Run) { r.Checkup.Grad[0] = 1e-6 }, nil, ""},
		{"flat", func(r *Run) { each(r, 0, func(p *session.Point) { p.Loss, p.Accuracy = 0.5, 0.9 }) }, nil, Plateau},
		{"flat and low", func(r *Run) { each(r, 100, func(p *session.Point) { p.Loss, p.Accuracy = 0.1, 0.95 }) }, nil, ""},
		{"all right at once", func(r *Run) { r.Valid[0].Accuracy = 1 }, nil, ""},
		{"few duplicates", func(r *Run) { r.Facts.Shared = 2 }, nil, ""},
		{"a hundred times as many", func(r *Run) { r.Facts.Counts = []int{198, 2} }, nil, Imbalance},
		{"and a loss that weighs them", func(r *Run) { r.Facts.Counts = []int{198, 2} }, []string{`train.loss={"type":"cross_entropy","class_weights":"balanced"}`}, ""},
	} {
		r := healthy(t, 4000, c.set...)
		c.make(r)
		got := kinds(r)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0] != c.want) {
			t.Errorf("%s: %v, want %q", c.name, got, c.want)
		}
		for _, f := range Findings(r) {
			if f.Seen.Text == "" || f.Why.Text == "" || len(f.Fixes) == 0 || !slices.Contains(Kinds, f.Kind) {
				t.Errorf("%s: %+v", c.name, f)
			}
			for _, fix := range f.Fixes {
				if fix.Does.Text == "" || len(fix.Set) == 0 && len(fix.Insert) == 0 && fix.Look == "" {
					t.Errorf("%s: a fix that does nothing: %+v", c.name, fix)
				}
			}
		}
	}
}

// A table that is told without a mistake after one epoch is suspicious.
func TestTooGood(t *testing.T) {
	r := healthy(t, 4000)
	r.Experiment.Data.Source = "csv"
	r.Valid[0].Accuracy, r.Facts.Checked = 1, 60
	if _, ok := data.Lookup("csv"); !ok || !slices.Contains(kinds(r), TooGood) {
		t.Errorf("%v", kinds(r))
	}
}

func TestConclude(t *testing.T) {
	r := healthy(t, 12000)
	v := Conclude(r)
	if !v.Has || v.Best.Step != 12000 || v.Look != "evaluate" || v.Fix != nil {
		t.Errorf("at the end of a good run: %+v", v)
	}
	r = healthy(t, 1600)
	if v = Conclude(r); v.Fix == nil || v.Fix.Kind != "longer" || v.Fix.Set[0].Path != "train.epochs" || v.Fix.Set[0].To.Num != 1200 {
		t.Errorf("while it still gets better: %+v", v)
	}
	r = healthy(t, 12000)
	for i := range r.Train {
		r.Train[i].Loss, r.Train[i].Accuracy = 0.68, 0.55
		r.Valid[i].Loss, r.Valid[i].Accuracy = 0.69, 0.52
	}
	if v = Conclude(r); v.Fix == nil || v.Fix.Kind != "larger" {
		t.Errorf("of one that learned nothing: %+v", v)
	}
	if v = Conclude(&Run{}); v.Has || v.How.Text != "" {
		t.Errorf("of nothing: %+v", v)
	}
}
