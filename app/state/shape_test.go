package state

import (
	"slices"
	"testing"

	"descent/ml/session"
)

// A network is made deeper, wider and otherwise active, each in one step that can be undone.
func TestShape(t *testing.T) {
	s := New("spiral-mlp", preset(t, "spiral-mlp"))
	s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
	if got := s.Hidden(); !slices.Equal(got, []string{"hidden1", "hidden2"}) || s.Activation() != "tanh" || s.UnitsOf("hidden2") != 16 || s.CanWiden("hidden1", 1) || !s.CanWiden("hidden1", -1) {
		t.Fatalf("at first %v with %s", got, s.Activation())
	}
	before := s.Text
	for _, c := range []struct {
		do     Action
		hidden []string
		units  int // of the first
		active string
	}{
		{Deepen{1}, []string{"hidden1", "hidden2", "hidden3"}, 16, "tanh"},
		{Activate{"relu"}, []string{"hidden1", "hidden2", "hidden3"}, 16, "relu"},
		{Widen{"hidden1", -1}, []string{"hidden1", "hidden2", "hidden3"}, 15, "relu"},
		{Widen{"hidden1", 9}, []string{"hidden1", "hidden2", "hidden3"}, 15, "relu"}, // more than the picture shows
		{Deepen{-1}, []string{"hidden1", "hidden2"}, 15, "relu"},
		{Deepen{-1}, []string{"hidden1"}, 15, "relu"},
		{Deepen{-1}, nil, 0, ""},
		{Deepen{-1}, nil, 0, ""},
		{Deepen{1}, []string{"hidden1"}, 4, "tanh"},
	} {
		s.Apply(c.do)
		if got := s.Hidden(); len(s.Problems) > 0 || !slices.Equal(got, c.hidden) || s.UnitsOf("hidden1") != c.units || s.Activation() != c.active {
			t.Errorf("%+v: %v with %d units and %q, problems %v", c.do, got, s.UnitsOf("hidden1"), s.Activation(), s.Problems)
		}
	}
	for range 7 {
		s.Apply(Undo{})
	}
	if s.Text != before {
		t.Errorf("undone, it is %s", s.Text)
	}
	for range 20 {
		s.Apply(Deepen{1})
	}
	if n := len(s.Hidden()); n != mostHidden || s.CanDeepen() {
		t.Errorf("there are %d hidden layers", n)
	}
}

// The speed of a small model, whose steps are mostly other things than arithmetic, is not taken for that of a large one.
func TestEpochTimeOfAnotherModel(t *testing.T) {
	s := New("tutorial-cnn", preset(t, "tutorial-cnn"))
	s.gauged = 10e9
	want := trainingCost * float64(s.Plan.FLOPs) * float64(s.Plan.Train) / 10e9
	s.flops, s.flopsOf = 1e6, 700
	if got, measured := s.EpochTime(); got != want || measured {
		t.Errorf("after a small model: %v s, want %v", got, want)
	}
	s.flops, s.flopsOf = 5e9, s.Plan.FLOPs/2
	if got, _ := s.EpochTime(); got != 2*want {
		t.Errorf("after one half as large: %v s, want %v", got, 2*want)
	}
}
