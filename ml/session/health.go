package session

import (
	"errors"
	"time"

	"descent/ml/config"
	"descent/ml/train"
)

// health looks after a training: at its model now and then, and once at its
// samples. It takes a few hundredths of the time, and training goes on as if
// nobody looked.
type health struct {
	checkup *train.Checkup
	looked  int // the step of the latest checkup
	next    time.Time
	facts   *facts // nil when they were told
}

const (
	checkupFirst = 20 // steps, after which the first checkup comes
	checkupPause = 2 * time.Second
	checkupShare = 50
	factsBudget  = 2 * time.Millisecond // of one Work
)

// checkUp looks when it is time to.
func (s *Session) checkUp() {
	h := &s.health
	if h.facts != nil && s.train.StepNumber() > 0 && h.facts.work(factsBudget) {
		s.emit(Event{Facts: h.facts.tell()})
		h.facts = nil
	}
	if s.phase == Running && s.train.StepNumber() >= checkupFirst && s.eval == nil && time.Now().After(h.next) {
		s.checkUpNow()
	}
}

// checkUpNow looks at a model that has learnt since.
func (s *Session) checkUpNow() {
	h := &s.health
	if s.train.StepNumber() == h.looked {
		return
	}
	start := time.Now()
	if h.checkup == nil {
		h.checkup = s.train.Checkup()
	}
	c := &Checkup{Step: s.train.StepNumber()}
	for _, v := range h.checkup.Run() {
		c.Nodes = append(c.Nodes, v.Node)
		c.Grad, c.Weight, c.Ratio = append(c.Grad, v.Grad), append(c.Weight, v.Weight), append(c.Ratio, v.Ratio)
		c.Dead, c.Saturated = append(c.Dead, v.Dead), append(c.Saturated, v.Saturated)
	}
	h.looked, h.next = c.Step, start.Add(max(checkupPause, checkupShare*time.Since(start)))
	s.emit(Event{Checkup: c})
}

// tune changes a setting of the optimizer, and tells of it. Where no Change is
// left at this step, because it was taken back, one from a value to itself says so.
func (s *Session) tune(t *Tune) {
	err := s.train.Tune(t.Field, t.Value)
	var e *config.Error
	switch {
	case err == nil:
		s.emit(Event{Changes: append([]Change{{s.train.StepNumber(), t.Field, t.Value, t.Value}}, changes(s.train)...)})
	case errors.As(err, &e) && e.Field != "":
		s.emit(Event{Error: &Error{Code: Invalid, Message: e.Msg, Problems: problems(err)}})
	default:
		s.emit(Event{Error: failure(Refused, config.Told(err))})
	}
}

// changes puts all changes of a run into messages.
func changes(t *train.Trainer) (out []Change) {
	for _, c := range t.Changes() {
		out = append(out, Change{c.Step, c.Field, c.From, c.To})
	}
	return out
}
