package session

import (
	"errors"
	"time"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/train"
)

// Idle is what Work returns when nothing is left to do until a command comes.
const Idle time.Duration = -1

// Work goes on with what is to be done for about as long as the budget, at
// least one step. It returns how long its owner may wait before calling it
// again: 0 for not at all, though others should run in between, or Idle.
func (s *Session) Work(budget time.Duration) (wait time.Duration) {
	if s.train == nil {
		return Idle
	}
	start := time.Now()
	for s.busy() {
		s.keepUp()
		next := s.next()
		if next == aStep {
			if wait = s.pace.wait(time.Now()); wait > 0 {
				if !s.writer.active {
					break
				}
				next, wait = aToken, 0
			}
		}
		s.piece(next)
		if time.Since(start) >= budget {
			break
		}
	}
	s.checkUp()
	if s.phase == Running && time.Since(s.sent) > 100*time.Millisecond {
		s.flush()
	}
	s.keepUp()
	s.clock()
	s.tell()
	s.show()
	if !s.busy() {
		return s.measureGauge()
	}
	if v := &s.views; wait > 0 && v.stale && v.waiting == 0 {
		wait = min(wait, max(time.Until(v.next), time.Millisecond)) // what a slow step changed is shown before the next
	}
	return wait
}

// A pace spreads steps evenly over time.
type pace struct {
	rate float64 // steps a second; 0 for no limit
	due  time.Time
}

// wait says how long it is until the next step is due. A step that is due is
// counted as done. Time that was lost, in a tab that slept, is not made up for.
func (p *pace) wait(now time.Time) time.Duration {
	if p.rate <= 0 {
		return 0
	}
	if d := p.due.Sub(now); d > 0 {
		return d
	}
	if now.Sub(p.due) > 100*time.Millisecond {
		p.due = now
	}
	p.due = p.due.Add(time.Duration(float64(time.Second) / p.rate))
	return 0
}

func (s *Session) busy() bool {
	return s.eval != nil || s.queued != nil || s.reason != nil || s.phase == Running || s.writer.active || s.sampler.active
}

// The pieces that work is made of.
const (
	aStep     = iota
	aMeasure  // of an evaluation
	aReason   // of an explanation
	anExample // a token of a sample
	aToken    // of what somebody asked for
)

// next says which piece is the next: training waits for its evaluations and its
// samples, and takes turns with writing.
func (s *Session) next() int {
	switch {
	case s.eval != nil || s.queued != nil:
		return aMeasure
	case s.reason != nil:
		return aReason
	case s.sampler.active:
		return anExample
	case s.writer.active && (s.phase != Running || s.writer.turn):
		return aToken
	}
	return aStep
}

// piece does the smallest unit of work.
func (s *Session) piece(next int) {
	switch next {
	case aReason:
		s.reasoned()
		return
	case anExample:
		s.sampler.work(s)
		return
	case aToken:
		s.writer.work(s)
		return
	}
	s.writer.turn = s.writer.active
	start := time.Now()
	if e := s.queued; e != nil && s.eval == nil {
		s.queued = nil
		s.evaluate(e)
	}
	if s.eval != nil {
		more := s.eval.Next()
		if s.phase == Running {
			s.meter.seconds += time.Since(start).Seconds()
		}
		if more {
			return
		}
		if s.evalName != "train" { // whose curve is of the steps
			s.meter.evaluated(s.evalName, s.train, s.eval)
		}
		s.keep.changed = true
		if s.asked {
			s.emit(Event{Report: s.report(s.eval, s.evalName)})
		} else {
			s.train.Validated(s.eval)
			s.views.stale = s.views.stale || s.train.Done() // the best weights may be back
		}
		s.eval = nil
		switch {
		case s.phase == Ready && s.train.Done(): // paused in the last validation
			s.enter(Done)
			return
		case s.phase != Running:
			s.flush()
			return
		}
	} else {
		if s.meter.due(s.train) {
			s.train.Measure()
		}
		stats, err := s.train.Step()
		if err != nil {
			s.fail(err)
			return
		}
		s.views.stale, s.keep.changed = true, true
		s.meter.step(s.train, stats, time.Since(start).Seconds())
		if s.train.ValidateNow(stats) {
			s.eval, s.evalName, s.asked = s.train.Evaluate(train.Validation, 0), "validation", false
			if s.views.want.Metrics {
				s.eval.Detail()
			}
			return // the phase changes after it, and so does what is written
		}
	}
	s.sampler.after(s)
	switch {
	case s.train.Done():
		s.enter(Done)
	case s.until > 0 && s.train.StepNumber() >= s.until:
		s.enter(Ready)
	}
}

func (s *Session) fail(err error) {
	s.enter(Failed)
	e := failure(NotFinite, config.Told(err))
	var nf *train.NotFinite
	if !errors.As(err, &nf) {
		e.Code = Invalid
	}
	s.emit(Event{Error: e})
}

// flush sends the points and statistics that have gathered.
func (s *Session) flush() {
	if s.train == nil {
		return
	}
	s.sent = time.Now()
	s.emit(Event{State: s.state(), Stats: s.meter.stats(s), Points: s.meter.take()})
}

// A meter measures training as it goes on.
type meter struct {
	every  int           // steps between two points of the training curve
	sum    train.Metrics // since the last of them
	points []Point       // not yet sent
	past   past          // all that were, and are kept with the run
	noted  int           // so many of points are there too

	weight, loss, accuracy float64 // smoothed, with the weight that is in them
	classes                int
	rate, norm             float64 // of the latest step

	seconds float64 // spent training and validating
	recent  float64 // seconds and samples of the last few seconds of training
	samples float64
	total   int // samples in the whole experiment
	seen    int
}

// curvePoints is about how many points a training curve is made of.
const curvePoints = 600

func (m *meter) reset(t *train.Trainer, e *experiment.Experiment) {
	n, _, _ := t.Samples()
	*m = meter{every: max(1, t.Steps()/curvePoints), total: n * e.Train.Epochs}
	if e.Train.Steps > 0 {
		m.total = e.Train.Steps * min(n, e.Train.Batch*e.Train.Accumulate)
	}
}

func (m *meter) step(t *train.Trainer, s train.Stats, seconds float64) {
	b := s.Batch
	m.sum = m.sum.Plus(b)
	m.seen += b.Count
	m.rate, m.norm = s.Rate, s.GradNorm
	m.seconds += seconds
	m.samples, m.recent = m.samples+float64(b.Count), m.recent+seconds
	if m.recent > 4 {
		m.samples, m.recent = m.samples/2, m.recent/2
	}
	const keep = 0.95 // a memory of 20 steps
	acc, _ := b.Accuracy()
	m.classes = b.Classes
	m.weight = keep*m.weight + (1 - keep)
	m.loss = keep*m.loss + (1-keep)*b.Loss()
	m.accuracy = keep*m.accuracy + (1-keep)*acc
	if m.at(s.Step) || t.Done() {
		p := m.point("train", t, m.sum)
		p.Rate, p.GradNorm, p.Ratio = s.Rate, s.GradNorm, s.Ratio
		m.sum = train.Metrics{}
	}
}

// at reports whether a point of the training curve comes after a step.
func (m *meter) at(step int) bool { return step%m.every == 0 || step <= 20 }

// due reports whether one comes after the next step, which is then measured.
func (m *meter) due(t *train.Trainer) bool { return m.at(t.StepNumber() + 1) }

func (m *meter) point(curve string, t *train.Trainer, of train.Metrics) *Point {
	epoch, part := t.Epoch()
	m.points = append(m.points, Point{Curve: curve, Step: t.StepNumber(), Epoch: float64(epoch) + part,
		Loss: of.Loss(), Accuracy: accuracy(of), Seconds: m.seconds})
	return &m.points[len(m.points)-1]
}

// evaluated adds the point of an evaluation, with all that it has measured.
func (m *meter) evaluated(curve string, t *train.Trainer, e *train.Evaluation) {
	p := m.point(curve, t, e.Metrics())
	values := e.Report().Values
	for _, metric := range experiment.Metrics {
		if v, ok := values[metric.Type]; ok && metric.Type != "loss" && metric.Type != "accuracy" {
			p.Metrics, p.Values = append(p.Metrics, metric.Type), append(p.Values, v)
		}
	}
}

func accuracy(m train.Metrics) float64 {
	if a, ok := m.Accuracy(); ok {
		return a
	}
	return -1
}

func (m *meter) take() []Point {
	m.note()
	p := m.points
	m.points, m.noted = nil, 0
	return p
}

// note puts the points that are complete among those that are kept with the run.
func (m *meter) note() {
	for _, p := range m.points[m.noted:] {
		m.past.add(p)
	}
	m.noted = len(m.points)
}

func (m *meter) stats(s *Session) *Stats {
	epoch, part := s.train.Epoch()
	st := &Stats{Step: s.train.StepNumber(), Epoch: float64(epoch) + part, Accuracy: -1, Seconds: m.seconds,
		Rate: m.rate, GradNorm: m.norm}
	st.Workers, st.Alone = s.workers()
	if m.weight > 0 {
		st.Loss = m.loss / m.weight
		if m.classes > 0 {
			st.Accuracy = m.accuracy / m.weight
		}
	}
	if m.recent > 0 {
		st.SamplesPerSecond = m.samples / m.recent
	}
	if m.seen > 0 {
		st.SecondsLeft = float64(max(0, m.total-m.seen)) * m.seconds / float64(m.seen)
	}
	if rate := s.pace.rate; rate > 0 && s.phase == Running {
		st.SecondsLeft = max(st.SecondsLeft, float64(s.train.Steps()-s.train.StepNumber())/rate)
		st.SamplesPerSecond = min(st.SamplesPerSecond, rate*float64(s.exp.Train.Batch*s.exp.Train.Accumulate))
	}
	return st
}
