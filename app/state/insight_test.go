package state

import (
	"math"
	"slices"
	"testing"

	"descent/ml/session"
)

// digitsOpened is a store whose trainer has opened a model of images.
func digitsOpened(t *testing.T) *Store {
	t.Helper()
	s := New("tutorial-cnn", preset(t, "tutorial-cnn"))
	s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready, Steps: 50, Epochs: 20},
		Model: &session.Model{Input: []int{28, 28, 1}, Layers: []session.Layer{{ID: "conv1", Type: "conv2d", Parts: []string{"pre"}, Weights: []string{"weight", "bias"}},
			{ID: "pool1", Type: "max_pool2d"}, {ID: "dense1", Type: "dense", Weights: []string{"weight", "bias"}}, {ID: "dense2", Type: "dense", Weights: []string{"weight", "bias"}}}},
		Data: &session.Data{X: []int{28, 28, 1}, Y: []int{1}, Classes: []string{"0", "1"}, Train: 100, Validation: 40, Test: 20, High: 255}})
	return s
}

// What is hidden is not asked for; of what is open, no more than it shows.
func TestInsideIsPaidForWhileShown(t *testing.T) {
	s := digitsOpened(t)
	if w := s.Watching(); len(w.Values) > 0 || w.Spreads != "" || w.Projects != "" || w.Units > 0 {
		t.Errorf("nobody looks inside, and %+v is watched", w)
	}
	if got := s.Tabs(); !slices.Equal(got, []string{InLayers, InSpreads, InProjection}) {
		t.Errorf("there is %v to look into", got)
	}
	for _, c := range []struct {
		do   Action
		want session.Insides
	}{
		{OpenInside{true}, session.Insides{Values: []string{"input", "conv1"}}},
		{ViewLayer{"conv1", "weight"}, session.Insides{Values: []string{"input", "conv1.weight"}}},
		{ViewLayer{"pool1", "weight"}, session.Insides{Values: []string{"input", "pool1"}}}, // which has none
		{ViewLayer{"input", ""}, session.Insides{Values: []string{"input"}}},
		{LookInto{InSpreads}, session.Insides{Spreads: session.OfWeights}},
		{SpreadOf{session.OfGradients}, session.Insides{Spreads: session.OfGradients}},
		{LookInto{InProjection}, session.Insides{Projects: "dense1"}},
		{ProjectOf{"input"}, session.Insides{Projects: "input"}},
		{Show{PaneModel}, session.Insides{}},
		{Show{PaneTrain}, session.Insides{Projects: "input"}},
	} {
		w := watched(s.Apply(c.do))
		if w == nil {
			t.Errorf("%+v asks for nothing", c.do)
			continue
		}
		if got := w.Insides; !slices.Equal(got.Values, c.want.Values) || got.Spreads != c.want.Spreads || got.Projects != c.want.Projects {
			t.Errorf("%+v: %+v is watched, want %+v", c.do, got, c.want)
		}
	}
	if !s.IsParameter("conv1.bias") || s.IsParameter("conv1.pre") || s.IsParameter("conv1") || !slices.Equal(s.Parts("conv1"), []string{"", "pre", "weight", "bias"}) {
		t.Errorf("the parts of conv1 are %v", s.Parts("conv1"))
	}
}

// The sample on show is one of the data's, round and round, or what is on the pad.
func TestViewedSample(t *testing.T) {
	s := digitsOpened(t)
	s.Apply(OpenInside{true})
	s.Reduce(session.Event{Viewed: &session.Viewed{Samples: 40}})
	if w := watched(s.Apply(ReadSample{By: -1})); w == nil || w.Subject.Sample != 39 {
		t.Errorf("before the first comes %+v", w)
	}
	if w := watched(s.Apply(ViewSample{7})); w == nil || w.Subject.Sample != 7 {
		t.Errorf("chosen: %+v", w)
	}
	if w := watched(s.Apply(ViewDrawing{true})); w != nil {
		t.Errorf("an empty pad is viewed: %+v", w)
	}
	s.Apply(NewLine{Spot{0.5, 0.2}})
	if w := watched(s.Apply(Draw{[]Spot{{0.5, 0.2}, {0.5, 0.8}}})); w == nil || len(w.Subject.Pixels) != Side*Side || slices.Max(w.Subject.Pixels) != 255 {
		t.Errorf("a drawing is not viewed: %+v", w)
	}
	if w := watched(s.Apply(ReadSample{By: 1})); w == nil || len(w.Subject.Pixels) > 0 || w.Subject.Sample != 8 {
		t.Errorf("back to the samples: %+v", w)
	}
}

// Points show the network while it trains; a unit is pointed at, kept and let go.
func TestUnits(t *testing.T) {
	s := New("spiral-mlp", preset(t, "spiral-mlp"))
	s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
	out := s.Reduce(session.Event{State: &session.State{Phase: session.Ready},
		Model: &session.Model{Layers: []session.Layer{{ID: "hidden1"}}}, Data: &session.Data{X: []int{2}, Y: []int{1}, Classes: []string{"a", "b"}, Train: 100, High: 6, Low: -6}})
	if w := watched(out); w == nil || w.Units != unitPixels || w.Unit.Path != "" || w.Boundary == 0 {
		t.Fatalf("at first %+v is watched", w)
	}
	u, v := session.Unit{Path: "hidden1", Index: 2}, session.Unit{Path: "hidden1", Index: 3}
	for _, c := range []struct {
		do   Action
		want session.Unit
	}{{FocusUnit{u}, u}, {FocusUnit{}, session.Unit{}}, {PinUnit{u}, u}, {FocusUnit{v}, u}, {PinUnit{v}, v}, {FocusUnit{}, v}, {PinUnit{v}, session.Unit{}}, {FocusUnit{u}, u}} {
		s.Apply(c.do)
		if got := s.Watching().Unit; got != c.want {
			t.Errorf("%+v: the map of %+v is asked for, want %+v", c.do, got, c.want)
		}
	}
	s.Apply(Show{PaneData})
	if w := s.Watching(); w.Units != 0 {
		t.Errorf("among the data %+v is watched", w)
	}
}

// Ridges tell of the whole time, and there are never many.
func TestRidges(t *testing.T) {
	var r Ridges
	spread := func(step int) *session.Spreads {
		return &session.Spreads{Of: session.OfWeights, Step: step, Names: []string{"w", "none"}, Counts: []int{10, 0}, Min: []float64{-1, 0}, Max: []float64{1, 0}, Columns: 4}
	}
	shares := []float32{0.25, 0.25, 0.5, 0, 0, 0, 0, 0}
	for step := 0; step <= 5000; step += 7 {
		r.Add(spread(step), shares)
		if rows := r.Rows("w"); len(rows) > mostRidges+1 || rows[0].Step != 0 || rows[len(rows)-1].Step != step {
			t.Fatalf("at step %d there are %d ridges", step, len(rows))
		}
	}
	rows := r.Rows("w")
	for i := range rows[1:] {
		if gap := rows[i+1].Step - rows[i].Step; gap <= 0 || gap > 1000 {
			t.Errorf("from step %d to %d", rows[i].Step, rows[i+1].Step)
		}
	}
	if len(rows) < mostRidges/3 || len(r.Rows("none")) > 0 {
		t.Errorf("%d and %d ridges are left", len(rows), len(r.Rows("none")))
	}
	r.Add(spread(3), shares)
	if len(r.Rows("w")) != 1 {
		t.Error("after a reset the old ridges are still there")
	}
	wild := spread(4)
	wild.Min[0], wild.Max[0] = -100, 100
	r.Add(wild, shares)
	if low, high := r.Range("w"); low != -100 || high != 100 {
		t.Errorf("the latest reaches from %v to %v", low, high)
	}
	r.Add(spread(5), shares)
	if low, high := r.Range("w"); low != -4 || high != 4 {
		t.Errorf("after a wild step it is drawn from %v to %v", low, high)
	}
}

func TestResample(t *testing.T) {
	for _, c := range []struct {
		r         Ridge
		low, high float64
		want      []float64
	}{
		{Ridge{Min: 0, Max: 4, Shares: []float32{0.1, 0.2, 0.3, 0.4}}, 0, 4, []float64{0.1, 0.2, 0.3, 0.4}},
		{Ridge{Min: 0, Max: 4, Shares: []float32{0.1, 0.2, 0.3, 0.4}}, -4, 4, []float64{0, 0, 0.3, 0.7}},
		{Ridge{Min: 0, Max: 4, Shares: []float32{0.5, 0, 0, 0.5}}, 0.5, 2.5, []float64{0.25, 0, 0, 0}},
		{Ridge{Min: 1, Max: 1, Shares: []float32{1, 0}}, 0, 4, []float64{0, 1, 0, 0}},
		{Ridge{Min: 9, Max: 9, Shares: []float32{1, 0}}, 0, 4, []float64{0, 0, 0, 0}},
	} {
		got := c.r.Resample(c.low, c.high, 4)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-6 {
				t.Errorf("%+v from %v to %v: %v, want %v", c.r, c.low, c.high, got, c.want)
				break
			}
		}
	}
}
