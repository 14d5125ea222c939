package train

import (
	"math"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/optim"
)

// control is what training remembers of its validations.
type control struct {
	schedule optim.Memory
	count    int // validations seen
	score    float64
	waited   int            // validations since the best
	stopped  config.Message // why training ended before its last step
	best     []float32
}

// steers lists the metrics that training goes by.
func (t *Trainer) steers() (metrics []string) {
	if s := t.exp.Train.Stop; s.On() {
		metrics = append(metrics, s.Metric)
	}
	if s := t.exp.Train.EarlyStopping; s.On() {
		metrics = append(metrics, s.Metric)
	}
	if _, ok := t.exp.Train.Rates.(optim.Watcher); ok {
		metrics = append(metrics, "loss")
	}
	return metrics
}

// ValidateNow reports whether the experiment asks for a validation after a
// step: at the end of an epoch, of training, and every so many steps.
func (t *Trainer) ValidateNow(s Stats) bool {
	every := t.exp.Train.ValidateEvery
	return t.validation.Len() > 0 && (s.EndOfEpoch || t.Done() || every > 0 && s.Step%every == 0)
}

// Validated takes an evaluation of the whole validation part into account, once
// it is over: the schedule may cut the learning rate, and training may be Done.
// It answers with the reason when that is so now, and with "" otherwise. Where
// the experiment asks for it, the end of training brings back the weights of
// the best validation.
func (t *Trainer) Validated(e *Evaluation) (stopped string) {
	if e.part != Validation || e.limited || e.at < len(e.ids) || t.control.stopped.Text != "" {
		return ""
	}
	report := e.Report()
	c := &t.control
	if w, ok := t.exp.Train.Rates.(optim.Watcher); ok {
		w.Watch(report.Values["loss"], &c.schedule)
	}
	if s := t.exp.Train.Stop; s.On() {
		v, ok := report.Values[s.Metric]
		if ok && (v == s.Target || experiment.Better(s.Metric, v, s.Target, 0)) {
			c.stopped = config.Say("the target was reached: %s %.6g", named(s.Metric), v)
		}
	}
	if s := t.exp.Train.EarlyStopping; s.On() {
		t.watch(s, report)
	}
	if t.Done() && len(c.best) > 0 && c.count > 0 {
		copy(t.params.Value, c.best)
		if t.average != nil {
			copy(t.average.Value, c.best)
		}
	}
	return c.stopped.Text
}

func (t *Trainer) watch(s experiment.EarlyStopping, report Report) {
	c := &t.control
	v, ok := report.Values[s.Metric]
	ok = ok && !math.IsNaN(v)
	switch {
	case ok && (c.count == 0 || experiment.Better(s.Metric, v, c.score, s.MinDelta)):
		c.score, c.waited = v, 0
		if s.RestoreBest {
			c.best = append(c.best[:0], t.Shown().Value...)
		}
		c.count++
	case c.count > 0:
		c.count++
		if c.waited++; c.waited >= s.Patience && c.stopped.Text == "" {
			c.stopped = config.Say("no better %s than %.6g in %d validations", named(s.Metric), c.score, c.waited)
		}
	}
}

// named is a metric, which a user interface may have another name for.
func named(metric string) config.Message {
	return config.Message{Text: metric, Format: "metric." + metric}
}

// Stopped returns why training ended before its last step, or "".
func (t *Trainer) Stopped() string { return t.control.stopped.Text }

// StoppedBy is Stopped with what it is made of, which a checkpoint does not keep.
func (t *Trainer) StoppedBy() config.Message { return t.control.stopped }
