package train

import (
	"descent/ml/data"
	"descent/ml/evaluation"
	"descent/ml/experiment"
)

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

// chunk is how many samples an evaluation computes at a time.
const chunk = experiment.EvaluateAtOnce

// An Evaluation passes over a part of the data, a piece at a time, so that its
// owner can see to other things in between. The parameters must not change
// before it is over.
type Evaluation struct {
	t        *Trainer
	d        data.Dataset
	part     Part
	limited  bool
	ids      []int
	at       int
	metrics  Metrics
	detailed bool
	tally    *tally
	kept     *evaluation.Outputs // nil unless they are asked for
}

// Evaluate begins a pass over a part, or over its first samples when limit is
// above 0. A validation that training is steered by is detailed enough for that.
func (t *Trainer) Evaluate(p Part, limit int) *Evaluation {
	e := &Evaluation{t: t, d: t.part(p), part: p}
	n := e.d.Len()
	if limit > 0 && limit < n {
		n, e.limited = limit, true
	}
	e.ids = make([]int, n)
	for i := range e.ids {
		e.ids[i] = i
	}
	if p == Validation {
		for _, metric := range t.steers() {
			e.detailed = e.detailed || metric != "loss" && metric != "accuracy" && metric != "exact_match"
		}
	}
	return e
}

// Detail asks for everything that Report tells, and returns the evaluation. It
// must come before the first Next.
func (e *Evaluation) Detail() *Evaluation {
	e.detailed = true
	return e
}

// Next computes the next pieces, as many as there are workers; it returns false
// when there is none.
func (e *Evaluation) Next() bool {
	if e.at == len(e.ids) {
		return false
	}
	if e.t.crew != nil && !e.detailed && e.kept == nil { // details are more than a member sends
		j := Job{At: e.at, Count: len(e.ids), Measures: 1 + int(e.part)}
		if j.Of = 1 + min(e.t.crew.Members(), e.t.Parts()-1, (len(e.ids)-e.at-1)/chunk); j.Of > 1 {
			e.share(j)
			return true
		}
	}
	for _, r := range e.t.evals {
		to := min(e.at+chunk, len(e.ids))
		r.ids, e.at = e.ids[e.at:to], to
	}
	e.t.measured = e.d
	e.t.team.run(len(e.t.evals), e.t.measurePiece)
	for _, r := range e.t.evals {
		e.metrics = e.metrics.Plus(r.metrics)
		if len(r.ids) == 0 {
			continue
		}
		p := r.program(len(r.ids))
		if e.kept != nil {
			p.keep(e.kept, r.ids)
		}
		if !e.detailed {
			continue
		}
		if e.tally == nil {
			e.tally = p.tally()
		}
		e.tally.add(p)
	}
	return true
}

// share computes the next pieces with the crew.
func (e *Evaluation) share(j Job) {
	e.t.crew.Begin(j, e.t.Shown().Value)
	r := e.t.evals[0]
	for member := range j.Of {
		at, to := pieceOf(j, member)
		ok := false
		if member > 0 {
			r.metrics, ok = e.t.crew.Collect(member, nil)
		}
		if !ok {
			r.ids = e.ids[at:to]
			r.evaluate(e.d)
		}
		e.metrics = e.metrics.Plus(r.metrics)
		e.at = to
	}
}

// pieceOf returns the samples of a part that a member evaluates.
func pieceOf(j Job, member int) (from, to int) {
	from = min(j.At+member*chunk, j.Count)
	return from, min(from+chunk, j.Count)
}

// Metrics returns what was measured so far.
func (e *Evaluation) Metrics() Metrics { return e.metrics }

// Report returns all that was measured so far; of an evaluation without Detail
// that is what Metrics has.
func (e *Evaluation) Report() Report {
	if e.tally == nil {
		return (&tally{}).report(e.metrics)
	}
	return e.tally.report(e.metrics)
}

// Run computes all that is left.
func (e *Evaluation) Run() Metrics {
	for e.Next() {
	}
	return e.metrics
}
