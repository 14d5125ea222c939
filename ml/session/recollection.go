package session

import (
	"slices"

	"descent/ml/train"
)

// recollectionKey is the text of a checkpoint that holds a recollection.
const recollectionKey = "session"

// A recollection is what the session knows of a run beside its trainer: the
// curves, and the sums that the next points are made of.
type recollection struct {
	past past
	sum  []float64 // train.Metrics

	weight, loss, accuracy, rate, norm, seconds, recent, samples float64
	classes, seen                                                int
}

func (m *recollection) fields(c *codec) {
	parts(c, "curves", (*[]line)(&m.past))
	c.floats("sum", &m.sum)
	c.float("weight", &m.weight)
	c.float("loss", &m.loss)
	c.float("accuracy", &m.accuracy)
	c.float("lr", &m.rate)
	c.float("grad_norm", &m.norm)
	c.float("seconds", &m.seconds)
	c.float("recent", &m.recent)
	c.float("samples", &m.samples)
	c.int("classes", &m.classes)
	c.int("seen", &m.seen)
}

func (s *Session) recollection() *recollection {
	m := &s.meter
	m.note()
	sum := m.sum.Numbers()
	return &recollection{past: m.past, sum: sum[:],
		weight: m.weight, loss: m.loss, accuracy: m.accuracy, rate: m.rate, norm: m.norm,
		seconds: m.seconds, recent: m.recent, samples: m.samples, classes: m.classes, seen: m.seen}
}

// remember takes up a recollection; its points are sent again.
func (s *Session) remember(r recollection) {
	m := &s.meter
	m.weight, m.loss, m.accuracy, m.rate, m.norm = r.weight, r.loss, r.accuracy, r.rate, r.norm
	m.seconds, m.recent, m.samples, m.classes, m.seen = r.seconds, r.recent, r.samples, r.classes, r.seen
	if len(r.sum) == train.MetricsNumbers {
		m.sum = train.MetricsOf([train.MetricsNumbers]float64(r.sum))
	}
	m.past, m.points = r.past, r.past.all()
	m.noted = len(m.points)
}

// past is the curves of a run, in the order in which they began.
type past []line

// A line is a curve that is kept with a run: its points, evenly spread however
// long the run is.
type line struct {
	name   string
	points []Point // each every-th of all that there were, and the last
	every  int
	count  int // of all
}

// maxLine bounds the points of a line.
const maxLine = 2000

func (m *line) fields(c *codec) {
	c.text("curve", &m.name)
	parts(c, "points", &m.points)
	c.int("every", &m.every)
	c.int("count", &m.count)
}

func (p *past) add(one Point) {
	i := slices.IndexFunc(*p, func(l line) bool { return l.name == one.Curve })
	if i < 0 {
		i = len(*p)
		*p = append(*p, line{name: one.Curve, every: 1})
	}
	(*p)[i].add(one)
}

func (m *line) add(one Point) {
	if m.every = max(m.every, 1); m.count > 0 && (m.count-1)%m.every != 0 && len(m.points) > 0 {
		m.points = m.points[:len(m.points)-1] // it was the last, and no every-th
	}
	m.points = append(m.points, one)
	if m.count++; len(m.points) <= maxLine {
		return
	}
	m.every *= 2
	kept := m.points[:0]
	for i, p := range m.points {
		if i%2 == 0 || i == len(m.points)-1 {
			kept = append(kept, p)
		}
	}
	m.points = kept
}

// all is the points of all curves by their steps.
func (p past) all() (out []Point) {
	for _, l := range p {
		out = append(out, l.points...)
	}
	slices.SortStableFunc(out, func(a, b Point) int { return a.Step - b.Step })
	return out
}

// Recollect returns what the texts in the head of a checkpoint tell of its run:
// the points of its curves, and the seconds it trained. One that was written
// without a session tells neither.
func Recollect(meta map[string]string) (points []Point, seconds float64, err error) {
	text, ok := meta[recollectionKey]
	if !ok {
		return nil, 0, nil
	}
	var r recollection
	if err := parse([]byte(text), &r); err != nil {
		return nil, 0, err
	}
	return r.past.all(), r.seconds, nil
}
