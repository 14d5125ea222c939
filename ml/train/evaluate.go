package train

import (
	"descent/ml/data"
)

// Metrics is the sum of what was measured over some samples.
type Metrics struct {
	Count   int
	Classes int     // 0 when there are values to predict and no accuracy
	Correct int     // samples whose class was found
	LossSum float64 // of the loss, without penalties
}

// Plus returns the sum of both.
func (m Metrics) Plus(o Metrics) Metrics {
	m.Count += o.Count
	m.Correct += o.Correct
	m.LossSum += o.LossSum
	m.Classes = max(m.Classes, o.Classes)
	return m
}

// Loss returns the mean loss of a sample; 0 when there were none.
func (m Metrics) Loss() float64 {
	if m.Count == 0 {
		return 0
	}
	return m.LossSum / float64(m.Count)
}

// Accuracy returns the share of samples whose class was found; false when
// there are no classes, or no samples.
func (m Metrics) Accuracy() (float64, bool) {
	if m.Count == 0 || m.Classes == 0 {
		return 0, false
	}
	return float64(m.Correct) / float64(m.Count), true
}

// A Part names a part of the data.
type Part int

const (
	Training Part = iota
	Validation
	Test
)

func (t *Trainer) part(p Part) data.Dataset {
	return [...]data.Dataset{t.train, t.validation, t.test}[p]
}

// chunk is how many samples an evaluation computes at a time. It is fixed, so
// that sums are rounded alike on every machine.
const chunk = 100

// An Evaluation passes over a part of the data, a piece at a time, so that its
// owner can see to other things in between. The parameters must not change
// before it is over.
type Evaluation struct {
	t       *Trainer
	d       data.Dataset
	ids     []int
	at      int
	metrics Metrics
}

// Evaluate begins a pass over a part, or over its first samples when limit is
// above 0.
func (t *Trainer) Evaluate(p Part, limit int) *Evaluation {
	e := &Evaluation{t: t, d: t.part(p)}
	n := e.d.Len()
	if limit > 0 {
		n = min(n, limit)
	}
	e.ids = make([]int, n)
	for i := range e.ids {
		e.ids[i] = i
	}
	return e
}

// Next computes the next piece; it returns false when there is none.
func (e *Evaluation) Next() bool {
	if e.at == len(e.ids) {
		return false
	}
	for _, r := range e.t.evals {
		to := min(e.at+chunk, len(e.ids))
		r.ids, e.at = e.ids[e.at:to], to
	}
	e.t.each(e.t.evals, func(r *replica) { r.evaluate(e.d) })
	for _, r := range e.t.evals {
		e.metrics = e.metrics.Plus(r.metrics)
	}
	return true
}

// Metrics returns what was measured so far.
func (e *Evaluation) Metrics() Metrics { return e.metrics }

// Run computes all that is left.
func (e *Evaluation) Run() Metrics {
	for e.Next() {
	}
	return e.metrics
}
