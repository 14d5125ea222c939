package state

import (
	"math"
	"reflect"
	"testing"

	"descent/ml/config"
	"descent/ml/session"
)

func curveOf(losses ...float64) (c Curve) {
	for i, l := range losses {
		c.Points = append(c.Points, session.Point{Curve: "train", Step: 10 * i, Epoch: float64(i), Loss: l, Accuracy: -1, Seconds: float64(i) / 4, Rate: 0.1})
	}
	return c
}

// The running mean against its formula, and against an even line, which it leaves as it is.
func TestSmoothed(t *testing.T) {
	l := Line{Y: []float64{4, 2, math.Inf(1), 6}}
	got := Smoothed(l, 0.5).Y
	want := []float64{4, (0.5*0.5*4 + 0.5*2) / 0.75, math.Inf(1), (0.25*0.5*4 + 0.5*0.5*2 + 0.5*6) / 0.875}
	for i := range want {
		if got[i] != want[i] && math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("%v, want %v", got, want)
		}
	}
	for _, v := range Smoothed(Line{Y: []float64{3, 3, 3, 3}}, 0.9).Y {
		if math.Abs(v-3) > 1e-12 {
			t.Errorf("an even line becomes %v", v)
		}
	}
	if got := Smoothed(l, 0); !reflect.DeepEqual(got, l) {
		t.Error("without smoothing the line changes")
	}
}

func TestLines(t *testing.T) {
	s := New("p", "{}")
	s.Train = curveOf(3, 2, 1)
	for axis, want := range map[string][]float64{ByEpoch: {0, 1, 2}, ByStep: {0, 10, 20}, ByTime: {0, 0.25, 0.5}} {
		s.Apply(SetAxis{Of: axis})
		if got := s.Line(&s.Train, "loss"); !reflect.DeepEqual(got.X, want) || !reflect.DeepEqual(got.Y, []float64{3, 2, 1}) {
			t.Errorf("by %s: %+v", axis, got)
		}
	}
	s.Apply(ShowLogX{On: true})
	if got := s.Line(&s.Train, "loss"); len(got.X) != 2 {
		t.Errorf("a logarithmic axis has no 0: %+v", got)
	}
	if got := s.Line(&s.Train, "accuracy"); len(got.X) != 0 {
		t.Errorf("an accuracy of values: %+v", got)
	}
	p := session.Point{Curve: "validation", Metrics: []string{"f1"}, Values: []float64{0.7}}
	if v, ok := Measurement(p, "f1"); !ok || v != 0.7 {
		t.Errorf("f1 is %v", v)
	}
	if _, ok := Measurement(p, OfRate); ok {
		t.Error("a validation has no learning rate")
	}
}

// Keys narrow, move and widen the part on show, and never leave the axis.
func TestZoom(t *testing.T) {
	s := New("p", "{}")
	s.Train = curveOf(3, 2, 1, 1, 1) // epochs 0 to 4
	s.Overlays = []Overlay{{Valid: curveOf(1, 1, 1, 1, 1, 1, 1, 1, 1)}}
	if s.Extent() != (Span{0, 8}) {
		t.Fatalf("%+v", s.Extent())
	}
	for _, c := range []struct {
		do   Action
		want Span
	}{
		{ZoomBy{In: 2}, Span{2, 6}},
		{ZoomBy{In: 2}, Span{3, 5}},
		{ZoomBy{Along: 0.5}, Span{4, 6}},
		{ZoomBy{Along: 5}, Span{6, 8}},
		{ZoomBy{In: 0.5}, Span{4, 8}},
		{ZoomBy{In: 0.25}, Span{}},
		{Zoom{Span{1, 3}}, Span{1, 3}},
		{Zoom{Span{3, 3}}, Span{}},
		{Zoom{Span{-5, 20}}, Span{}},
		{Zoom{Span{1, 3}}, Span{1, 3}},
		{SetAxis{Of: ByStep}, Span{}},
	} {
		s.Apply(c.do)
		if s.Charting.Zoom != c.want {
			t.Errorf("%+v leaves %+v, want %+v", c.do, s.Charting.Zoom, c.want)
		}
	}
}

// The schedule is drawn by the formula that trains: the steps so far as they were, those to come as they will be.
func TestSchedule(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Apply(Set{Path: "train.schedule", Value: config.Text("one_cycle")})
	_, ahead := s.Schedule()
	if n := len(ahead.X); n < 100 || n > 500 || ahead.X[0] != 1 {
		t.Fatalf("%d points from %v", n, ahead.X[0])
	}
	top := 0.0
	for _, y := range ahead.Y {
		top = max(top, y)
	}
	if rate := s.Experiment.Train.Settings.Rate(); math.Abs(top/rate-1) > 0.01 || ahead.Y[0] > rate/20 {
		t.Errorf("from %v to %v, and the rate is %v", ahead.Y[0], top, rate)
	}
}

// A change of the learning rate is heard of, replaced at its step, and taken back; a reset forgets it.
func TestToldChanges(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Step: 50, Steps: 20, Epochs: 600}})
	commands := s.Apply(Set{Path: "train.optimizer.lr", Value: config.Num(0.01)})
	if len(commands) != 1 || commands[0].Tune == nil || commands[0].Tune.Value != 0.01 {
		t.Fatalf("the trainer is told %+v", commands)
	}
	s.Reduce(session.Event{Changes: []session.Change{{Step: 50, Field: "lr", From: 0.003, To: 0.01}}})
	s.Reduce(session.Event{Changes: []session.Change{{Step: 60, Field: "lr", From: 0.01, To: 0.02}}})
	if len(s.Changes) != 2 {
		t.Fatalf("%+v", s.Changes)
	}
	commands = s.Apply(Undo{})
	if len(commands) != 1 || commands[0].Tune == nil || commands[0].Tune.Value != 0.003 {
		t.Errorf("undo tells the trainer %+v", commands)
	}
	s.Reduce(session.Event{Changes: []session.Change{{Step: 60, Field: "lr", From: 0.01, To: 0.01}}})
	if len(s.Changes) != 1 || s.Changes[0].To != 0.01 {
		t.Errorf("%+v", s.Changes)
	}
	s.Apply(Reset{})
	if len(s.Changes) != 0 {
		t.Error("a reset run has changes")
	}
}
