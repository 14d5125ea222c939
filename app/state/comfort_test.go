package state

import "testing"

func TestKeys(t *testing.T) {
	s := New("", "{}")
	if s.Bound("S") != DoStep || s.Bound(" ") != DoPlay || s.Bound("x") != "" {
		t.Fatalf("the usual keys are %v", s.Keys)
	}
	s.Apply(Listen{For: DoStep})
	s.Apply(Bind{Command: DoStep, Key: "r"})
	if s.Clash != DoReset || s.Listening != DoStep || s.Bound("s") != DoStep {
		t.Errorf("a key that is taken was given away: %+v", s.Comfort)
	}
	s.Apply(Bind{Command: DoStep, Key: "Tab"})
	if s.Bound("tab") != "" {
		t.Error("Tab was taken from the page")
	}
	s.Apply(Bind{Command: DoStep, Key: "N"})
	if s.Clash != "" || s.Listening != "" || s.Bound("n") != DoStep || s.Bound("s") != "" {
		t.Errorf("a free key was not given: %+v", s.Comfort)
	}
	s.Apply(Bind{Command: "nothing", Key: "q"})
	if s.Bound("q") != "" {
		t.Error("a command that is none got a key")
	}
	s.Apply(UsualKeys{})
	if s.Bound("s") != DoStep {
		t.Error("the usual keys did not come back")
	}
}

// Keys of an earlier visit come back, swapped ones too; a set in which two are the same does not.
func TestTakeKeys(t *testing.T) {
	s := New("", "{}")
	s.Apply(TakeKeys{map[string]string{DoStep: "r", DoReset: "s"}})
	if s.Bound("r") != DoStep || s.Bound("s") != DoReset || s.Bound(" ") != DoPlay {
		t.Errorf("the keys are %v", s.Keys)
	}
	s.Apply(TakeKeys{map[string]string{DoStep: "x", DoReset: "x"}})
	if s.Bound("x") != "" || s.Bound("r") != DoStep {
		t.Errorf("two commands got one key: %v", s.Keys)
	}
}

func TestTour(t *testing.T) {
	s := New("", "{}")
	s.Apply(Show{Pane: PaneRuns})
	for at := 1; at <= TourSteps; at++ {
		s.Apply(ShowTour{At: at})
		if s.Tour != at || s.Pane != tourStage[at] {
			t.Errorf("step %d is %d, on the stage %s", at, s.Tour, s.Pane)
		}
	}
	s.Apply(Show{Pane: PaneData})
	if s.Tour != 0 {
		t.Error("the tour goes on though its stage was left")
	}
	s.Apply(ShowTour{At: TourSteps})
	s.Apply(ShowTour{At: TourSteps + 1})
	if s.Tour != 0 {
		t.Error("the tour does not end")
	}
}
