package state

import (
	"fmt"
	"math"
)

// Duration writes seconds for people: 45 s, 3 min, 1 h 20 min.
func (s *Store) Duration(seconds float64) string {
	l := s.Language
	n := int(math.Ceil(seconds))
	switch {
	case n < 60:
		return l.Text("time.seconds", n)
	case n < 3600:
		return l.Text("time.minutes", (n+30)/60)
	}
	return l.Text("time.hours", n/3600, n%3600/60)
}

// Summary says in a sentence how training goes.
func (s *Store) Summary() string {
	l := s.Language
	text := l.Text("spoken.epoch", s.State.Epoch, s.State.Epochs)
	if p, ok := s.Valid.Last(); ok {
		text += l.Text("spoken.loss", Loss(p.Loss))
		if p.Accuracy >= 0 {
			text += l.Text("spoken.accuracy", Percent(p.Accuracy))
		}
	}
	if s.State.Stopped != "" {
		text += l.Text("spoken.early", l.Message(s.State.Why()))
	}
	return text
}

// CheckScore counts the test samples on show, and those that were predicted right.
func (s *Store) CheckScore() (right, total int) {
	if s.Checks == nil || len(s.Checks.Predicted) == 0 {
		return 0, 0
	}
	for i, p := range s.Checks.Predicted {
		if i < len(s.Checks.Labels) && int(s.Checks.Labels[i]) == p {
			right++
		}
	}
	return right, len(s.Checks.Predicted)
}

// Class returns the name of a class.
func (s *Store) Class(i int) string {
	if s.Data == nil || i < 0 || i >= len(s.Data.Classes) {
		return fmt.Sprint(i)
	}
	return s.Data.Classes[i]
}
