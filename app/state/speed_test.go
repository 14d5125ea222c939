package state

import (
	"testing"

	"descent/ml/session"
)

// The meter is asked for while it is open and only then, and forgets what it
// was told when it closes.
func TestSpeedMeter(t *testing.T) {
	s := digitsOpened(t)
	told := session.Event{Speed: &session.Speed{GFLOPS: 2, Phases: []float64{0, 0.4, 0.6, 0, 0},
		Layers: []string{"a", "flatten", ""}, Forward: []float64{0.3, 0, 0.1}, Backward: []float64{0.5, 0, 0.1}}}
	if s.Reduce(told); s.Speed != nil {
		t.Error("it is closed, and listens")
	}
	out := s.Apply(ShowSpeed{On: true})
	if len(out) != 1 || out[0].Watch == nil || !out[0].Watch.Speed {
		t.Fatalf("opening it asks for %+v", out)
	}
	if s.Apply(ShowSpeed{On: true}) != nil {
		t.Error("it is open already")
	}
	s.Reduce(told)
	if got := s.LayerShares(); len(got) != 2 || got[0] != (LayerShare{"a", 0.3, 0.5}) || got[1].Layer != "" {
		t.Errorf("%+v", got)
	}
	out = s.Apply(ShowSpeed{})
	if len(out) != 1 || out[0].Watch.Speed || s.Speed != nil || s.LayerShares() != nil {
		t.Errorf("closed: %+v, %+v", out, s.Speed)
	}
}
