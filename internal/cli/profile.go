package cli

import (
	"cmp"
	"strings"

	"descent/ml/bench"
	"descent/ml/train"
)

// A layerShare is what a layer took of the time in training steps.
type layerShare struct {
	Layer    string  `json:"layer"` // "loss" for the loss
	Forward  float64 `json:"forward"`
	Backward float64 `json:"backward"`
}

// profile tells, if it was asked for, where the time of the training steps went. Validation and what
// is written to disk lie outside of them.
func (p *printer) profile(t *train.Trainer) {
	if !p.timed {
		return
	}
	times := t.Profile()
	if times.Steps == 0 || times.Seconds == 0 {
		return
	}
	ev := event{Event: "profile", Steps: times.Steps, Seconds: round(times.Seconds, 3), Phases: map[string]float64{}}
	for i, name := range bench.PhaseNames {
		ev.Phases[name] = round(times.Phases[i]/times.Seconds, 4)
	}
	for _, l := range times.Layers {
		ev.Layers = append(ev.Layers, layerShare{cmp.Or(l.Node, "loss"), round(l.Forward/times.Seconds, 4), round(l.Backward/times.Seconds, 4)})
	}
	p.emit(ev, "%s steps took %.3g s, %.3g ms each:\n%s", group(ev.Steps), times.Seconds, 1000*times.Seconds/float64(times.Steps),
		strings.TrimSuffix(bench.Table(times), "\n"))
}
