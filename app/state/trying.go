package state

import (
	"math"

	"descent/ml/session"
)

// Trying is a sample of a person's own, and what the model makes of it: a row of a table, a point of the plane, a text,
// or a picture. Digits are drawn on the Pad.
type Trying struct {
	Row     []float64 // of a table, or a point
	Typed   string
	Picture []byte // one byte a channel, in the shape of the samples
	Reply   *session.Prediction
	asked   bool // an answer is on its way
	changed bool // since it was asked for
}

// What can be done with it.
type (
	TakeRow struct{ Values []float64 } // a sample to begin with
	FillIn  struct {
		At    int
		Value float64
	}
	TypeIn      struct{ Text string }
	TakePicture struct{ Pixels []byte }
)

func (TakeRow) action()     {}
func (FillIn) action()      {}
func (TypeIn) action()      {}
func (TakePicture) action() {}

// forTrying is what answers to Trying are marked with.
const forTrying = "try"

// try does what concerns the sample of one's own.
func (s *Store) try(a Action) []session.Command {
	s.touch(OnEvaluate, OnPad)
	t := &s.Trying
	switch a := a.(type) {
	case TakeRow:
		t.Row = append([]float64{}, a.Values...)
	case FillIn:
		if a.At < 0 || a.At >= len(t.Row) || math.IsNaN(a.Value) || math.IsInf(a.Value, 0) {
			return nil
		}
		t.Row[a.At] = a.Value
	case TypeIn:
		if t.Typed = a.Text; a.Text == "" {
			t.Reply = nil
		}
	case TakePicture:
		if s.TakesDigits() {
			return s.draw(LoadPad{Pixels: a.Pixels, Index: -1})
		}
		t.Picture = a.Pixels
	}
	return s.askTrying()
}

// TakesTexts reports whether a text that somebody types is a whole sample, which is put into a class.
func (s *Store) TakesTexts() bool {
	return s.Sequential() && s.Data.Vocabulary != nil && s.Data.Vocabulary.Kind != "" && s.Data.Layout == "" && len(s.Data.Classes) > 0
}

// TakesRows reports whether the samples are rows of numbers that can be filled in.
func (s *Store) TakesRows() bool { return s.Data != nil && len(s.Data.Features) > 0 }

// TakesPictures reports whether a picture can be made a sample.
func (s *Store) TakesPictures() bool {
	if s.Data == nil || len(s.Data.X) != 3 || s.Data.Tokens > 0 {
		return false
	}
	c := s.Data.X[2]
	return c == 1 || c == 3
}

// askTrying asks the model what it makes of the sample. One question is on its way at a time.
func (s *Store) askTrying() []session.Command {
	t := &s.Trying
	if t.changed = true; t.asked {
		return nil
	}
	if s.Data == nil || s.Worker != Alive || s.stale || s.rewound {
		return nil
	}
	p := &session.Predict{For: forTrying}
	switch {
	case s.TakesTexts() && t.Typed != "":
		p.Text = t.Typed
	case s.TakesRows() && len(t.Row) == len(s.Data.Features):
		p.Input = append([]float64{}, t.Row...)
	case s.TakesPictures() && len(t.Picture) == s.Data.X[0]*s.Data.X[1]*s.Data.X[2]:
		p.Input = s.raw(t.Picture)
	default:
		return nil
	}
	t.asked, t.changed = true, false
	return []session.Command{{Predict: p}}
}

// raw turns bytes into what the data's pixels are.
func (s *Store) raw(pixels []byte) []float64 {
	out := make([]float64, len(pixels))
	for i, v := range pixels {
		out[i] = s.Data.Low + float64(v)/255*(s.Data.High-s.Data.Low)
	}
	return out
}

// tried takes in an answer.
func (s *Store) tried(p *session.Prediction) []session.Command {
	s.touch(OnEvaluate, OnPad)
	t := &s.Trying
	t.Reply, t.asked = p, false
	if t.changed {
		return s.askTrying()
	}
	return nil
}
