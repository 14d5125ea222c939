package diagnose

import (
	"descent/ml/config"
	"descent/ml/session"
)

// A Verdict is what is to be said of a training that is over.
type Verdict struct {
	Best session.Point  // the validation with the smallest loss
	Has  bool           // there is one
	How  config.Message // how it went
	Next config.Message // what to try next
	Fix  *Fix           // which does that; nil where it is no change of the document
	Look string         // or a stage to look at: "evaluate"
}

// Conclude says how a training went and what to try next.
func Conclude(r *Run) (v Verdict) {
	if r.Experiment == nil || len(r.Train) == 0 {
		return v
	}
	for i, p := range r.Valid {
		if i == 0 || p.Loss < v.Best.Loss {
			v.Best, v.Has = p, true
		}
	}
	findings := Findings(r)
	first, now := r.begin(), r.now()
	switch {
	case len(findings) > 0:
		v.How = config.Word("Something is in the way; it is described above.")
		v.Next = config.Word("Try the first mend above, and compare the curves.")
		if len(findings[0].Fixes) > 0 && findings[0].Fixes[0].Look == "" {
			v.Fix = &findings[0].Fixes[0]
		}
	case r.improving():
		v.How = config.Say("The loss fell from %s to %s, and it was still falling at the end.", number(first), number(now))
		v.Next = config.Word("Give it more time: train twice as long.")
		v.Fix = r.longer()
	case v.Has && v.Best.Accuracy >= 0.97:
		v.How = config.Say("The loss fell from %s to %s, and %s %% of the validation samples are told right.", number(first), number(now), percent(v.Best.Accuracy))
		v.Next = config.Word("Look at what it still gets wrong, and measure it once on the test samples.")
		v.Look = "evaluate"
	default:
		v.How = config.Say("The loss fell from %s to %s and has settled.", number(first), number(now))
		v.Next = config.Word("A larger model, other features or more samples may go further.")
		if !r.Tokens && len(r.Experiment.Model.Nodes) > 0 && r.Parameters < 5_000 {
			fix := r.larger()
			v.Fix = &fix
		} else {
			v.Look = "evaluate"
		}
	}
	return v
}

// improving reports whether the validation, or else the training, still got
// better in the last fifth of the steps.
func (r *Run) improving() bool {
	of := r.Valid
	if len(of) < 5 {
		of = r.Train
	}
	recent := since(of, 0.8*float64(r.Step))
	before := since(of, 0.6*float64(r.Step))
	if len(recent) == 0 || len(before) <= len(recent) {
		return false
	}
	then, now := mean(losses(before[:len(before)-len(recent)])), mean(losses(recent))
	return now < 0.98*then && then-now > 0.008*r.begin()
}

// longer doubles the epochs, or the steps where training is measured in those.
func (r *Run) longer() *Fix {
	t := r.Experiment.Train
	if t.Steps > 0 {
		return &Fix{Kind: "longer", Does: config.Say("Train for %d steps instead of %d", 2*t.Steps, t.Steps),
			Set: []Setting{{"train.steps", config.Num(float64(2 * t.Steps))}}}
	}
	return &Fix{Kind: "longer", Does: config.Say("Train for %d epochs instead of %d", 2*t.Epochs, t.Epochs),
		Set: []Setting{{"train.epochs", config.Num(float64(2 * t.Epochs))}}}
}
