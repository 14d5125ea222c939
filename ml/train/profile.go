package train

import (
	"strings"
	"time"

	"descent/ml/graph"
)

// A Profile is where the time of some steps went, in seconds. What shards take
// at the same time is counted by the part of it that each phase has of all
// shards together, so the phases come to Seconds.
type Profile struct {
	Steps, Samples int
	Seconds        float64
	Phases         [Phases]float64
	Layers         []LayerTime // in the model's order, then the loss
}

// The phases of a step.
const (
	PhaseData     = iota // samples are read, augmented and preprocessed
	PhaseForward         // the model and its loss
	PhaseBackward        // the gradients
	PhaseExchange        // waiting for the rest of a crew, and taking over what it computed
	PhaseUpdate          // adding up the gradients, and the optimizer
	Phases
)

// A LayerTime is what a layer took of the forward and the backward pass.
type LayerTime struct {
	Node              string // its id; "" for the loss
	Forward, Backward float64
}

// A timing is what a profile is made of.
type timing struct {
	on             bool
	steps, samples int
	learn, rest    time.Duration // computing shards, and updating
	exchange       time.Duration
}

// spent is the time of a replica's phases.
type spent struct{ data, forward, backward time.Duration }

// Profiling has the steps from now on timed, or not any more. It changes no bit
// of what they compute.
func (t *Trainer) Profiling(on bool) {
	if on == t.timing.on {
		return
	}
	t.timing = timing{on: on}
	for _, r := range t.shards {
		r.spent = spent{}
		r.clock = nil
		if on {
			r.clock = &graph.Clock{}
		}
		for _, p := range r.programs {
			p.Time(r.clock)
		}
	}
}

// Profile returns where the time went since Profiling or the Profile before, and
// begins anew.
func (t *Trainer) Profile() Profile {
	w := t.timing
	p := Profile{Steps: w.steps, Samples: w.samples, Seconds: (w.learn + w.rest).Seconds()}
	var all spent
	layers := map[string]*LayerTime{}
	for _, n := range t.exp.Model.Nodes {
		p.Layers = append(p.Layers, LayerTime{Node: n.ID})
	}
	p.Layers = append(p.Layers, LayerTime{})
	for i := range p.Layers {
		layers[p.Layers[i].Node] = &p.Layers[i]
	}
	ops := 0.0
	for _, r := range t.shards {
		all.data, all.forward, all.backward = all.data+r.spent.data, all.forward+r.spent.forward, all.backward+r.spent.backward
		r.spent = spent{}
		if r.clock == nil {
			continue
		}
		for i, name := range r.clock.Names {
			l := layers[""]
			for id := name; ; id = id[:strings.LastIndexByte(id, '.')] {
				if own, ok := layers[id]; ok {
					l = own
					break
				}
				if !strings.Contains(id, ".") {
					break
				}
			}
			l.Forward += r.clock.Forward[i].Seconds()
			l.Backward += r.clock.Backward[i].Seconds()
			ops += r.clock.Forward[i].Seconds() + r.clock.Backward[i].Seconds()
		}
		r.clock.Clear()
	}
	t.timing = timing{on: w.on}
	computing := (w.learn - w.exchange).Seconds()
	if sum := (all.data + all.forward + all.backward).Seconds(); sum > 0 {
		share := computing / sum
		p.Phases[PhaseData] = all.data.Seconds() * share
		p.Phases[PhaseForward] = all.forward.Seconds() * share
		p.Phases[PhaseBackward] = all.backward.Seconds() * share
		share = (p.Phases[PhaseForward] + p.Phases[PhaseBackward]) / max(ops, 1e-12)
		for i := range p.Layers {
			p.Layers[i].Forward *= share
			p.Layers[i].Backward *= share
		}
	}
	p.Phases[PhaseExchange] = w.exchange.Seconds()
	p.Phases[PhaseUpdate] = w.rest.Seconds()
	return p
}

// start returns the time while steps are timed.
func (w *timing) start() (from time.Time) {
	if w.on {
		from = time.Now()
	}
	return from
}

// lap adds the time since from to a sum while steps are timed, and returns the
// time.
func (w *timing) lap(sum *time.Duration, from time.Time) time.Time {
	if !w.on {
		return from
	}
	now := time.Now()
	*sum += now.Sub(from)
	return now
}
