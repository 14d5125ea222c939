package train

import (
	"cmp"
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/kernel"
)

// A NotFinite error says that training went astray: a loss or a gradient is
// infinite or not a number. The step was not applied.
type NotFinite struct {
	Step  int
	Epoch int
	Loss  float64
	Layer string         // the first node where it shows: "input" or "target" when the data is to blame
	What  string         // what of it: "values", "weights" or "gradients"
	Cause config.Message // what it most likely comes from, and what to do
}

func (e *NotFinite) Error() string { return e.Message().Text }

// Message is what Error says, with what it is made of.
func (e *NotFinite) Message() config.Message {
	what := config.Say("the loss became %v", e.Loss)
	if e.What == "gradients" {
		what = config.Word("the gradient became infinite")
	}
	if e.Layer == "" {
		return config.Say("%s at step %d (epoch %d): %s", what, e.Step, e.Epoch+1, e.Cause)
	}
	return config.Say("%s at step %d (epoch %d), first in the %s of %q: %s", what, e.Step, e.Epoch+1, config.Word(e.What), e.Layer, e.Cause)
}

// Likely causes.
var (
	badInput   = config.Word("the data holds values that are not numbers; look at its file and its preprocessing")
	badTarget  = config.Word("a label is none of the classes, or a value to predict is not a number; look at the data")
	badWeights = config.Word("these weights are not numbers; load others, or reset")
	tooLarge   = config.Word("the first batch is too much already, so the inputs or the initial weights are too large; scale the data to about -1 to 1")
	tooFast    = config.Word("the steps were too large for this model; try a learning rate ten times smaller, or clip_norm 1, and reset")
)

// diagnose finds where the step's numbers went astray. It runs the shards once
// more, with programs that keep every value.
func (t *Trainer) diagnose(loss float64) *NotFinite {
	e := &NotFinite{Step: t.step + 1, Epoch: t.epoch, Loss: loss, Cause: tooFast}
	if t.step == 0 {
		e.Cause = tooLarge
	}
	for _, r := range t.shards {
		if len(r.ids) == 0 {
			continue
		}
		p := r.compile(len(r.ids), func(string) bool { return true })
		p.fillLearning(t, r.ids)
		p.Forward(uint64(t.step), r.row)
		if e.values(t, p) {
			e.What = cmp.Or(e.What, "values")
			return e
		}
		p.Backward(r.scale)
		if e.gradients(t, p) {
			return e
		}
	}
	if !math.IsNaN(loss) && !math.IsInf(loss, 0) {
		e.What = "gradients" // of an earlier batch of the step, which is no longer there to be looked at
	}
	return e
}

func (e *NotFinite) values(t *Trainer, p *program) bool {
	if !kernel.Finite(p.x.Data) {
		e.Layer, e.Cause = "input", badInput
		return true
	}
	for _, n := range t.exp.Model.Nodes {
		for i, info := range t.params.Index {
			if strings.HasPrefix(info.Name, n.ID+".") && !kernel.Finite(t.params.Of(t.params.Value, i)) {
				e.Layer, e.What = n.ID, "weights"
				if t.step == 0 {
					e.Cause = badWeights
				}
				return true
			}
		}
		if v, ok := p.Value(n.ID); ok && !kernel.Finite(v.Data) {
			e.Layer = n.ID
			return true
		}
	}
	if kernel.Finite(p.loss.Data) {
		return false
	}
	e.Layer = "loss"
	if !kernel.Finite(p.y.Data) || math.IsNaN(e.Loss) {
		e.Layer, e.Cause = "target", badTarget // logits that are numbers have a loss, if the label is a class
	}
	return true
}

// gradients looks from the loss back, the way they come.
func (e *NotFinite) gradients(t *Trainer, p *program) bool {
	nodes := t.exp.Model.Nodes
	for i := len(nodes) - 1; i >= 0; i-- {
		id := nodes[i].ID
		bad := false
		if g, ok := p.Grad(id); ok {
			bad = !kernel.Finite(g.Data)
		}
		for j, info := range t.params.Index {
			bad = bad || strings.HasPrefix(info.Name, id+".") && !kernel.Finite(t.params.Of(p.ParamGrad(), j))
		}
		if bad {
			e.Layer, e.What = id, "gradients"
			return true
		}
	}
	return false
}
