package view

import (
	"strings"
	"testing"

	"descent/app/language"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Every look of the catalogue is drawn, and has a name in every language.
func TestLooksAreDrawn(t *testing.T) {
	for _, l := range state.Looks {
		if looks[l.Name] == nil {
			t.Errorf("nothing draws the look %s", l.Name)
		}
		for _, lang := range language.All {
			if key := "look." + l.Name; lang.Text(key) == key {
				t.Errorf("the look %s has no name in %s", l.Name, lang.Name())
			}
		}
	}
	if len(looks) != len(state.Looks) {
		t.Errorf("%d looks are drawn, and %d are in the catalogue", len(looks), len(state.Looks))
	}
}

// The numbers of a value stand where their shape says.
func TestArrange(t *testing.T) {
	s := state.New("", `{"version": 1, "data": {"source": "digits"}, "model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "a", "type": "dense", "config": {"units": 10}}]}, "train": {"loss": "cross_entropy", "optimizer": "adam"}}`)
	s.Model = &session.Model{Layers: []session.Layer{{ID: "flat"}, {ID: "a", Weights: []string{"weight"}}, {ID: "conv", Weights: []string{"weight", "filter"}}, {ID: "b", Parts: []string{"weights"}, Weights: []string{"kernel"}}}}
	c := &Core{Store: s}
	s.Apply(state.ViewChannel{Channel: 1})
	for _, test := range []struct {
		path              string
		shape             []int
		count, rows, cols int
		tile, row, col    int
		at                int
	}{
		{"x", []int{5}, 1, 1, 5, 0, 0, 3, 3},
		{"x", []int{100}, 1, 4, 32, 0, 2, 1, 65},
		{"x", []int{7, 3}, 1, 7, 3, 0, 2, 1, 7},
		{"x", []int{4, 5, 6}, 6, 4, 5, 2, 3, 1, (3*5+1)*6 + 2},
		{"b.weights", []int{2, 9, 8}, 2, 9, 8, 1, 4, 3, (9+4)*8 + 3},
		{"b.kernel", []int{3, 4, 5}, 5, 4, 3, 2, 1, 2, (2*4+1)*5 + 2},
		{"conv.filter", []int{3, 3, 2, 7}, 7, 3, 3, 4, 2, 1, ((2*3+1)*2+1)*7 + 4},
		{"a.weight", []int{784, 10}, 10, 28, 28, 4, 3, 2, (3*28+2)*10 + 4},
		{"a.weight", []int{12, 10}, 1, 12, 10, 0, 3, 2, 32},
	} {
		got := c.arrange(test.path, test.shape)
		if got.count != test.count || got.rows != test.rows || got.cols != test.cols || got.at(test.tile, test.row, test.col) != test.at {
			t.Errorf("%s %v: %d tiles of %d by %d, place %d; want %+v", test.path, test.shape, got.count, got.rows, got.cols, got.at(test.tile, test.row, test.col), test)
		}
	}
}

// Whatever look is open, and before anything was sent for it, it can be drawn in every language.
func TestEveryLookDraws(t *testing.T) {
	for _, lang := range language.All {
		for _, l := range state.Looks {
			s := state.New("", `{"version": 1, "data": {"source": "digits"}, "model": {"nodes": [{"id": "flat", "type": "flatten"}, {"id": "a", "type": "dense", "config": {"units": 10}}]}, "train": {"loss": "cross_entropy", "optimizer": "adam"}}`)
			s.Apply(state.Speak{Language: lang})
			s.Reduce(session.Event{Hello: &session.Hello{Version: session.Version}})
			s.Reduce(session.Event{State: &session.State{Phase: session.Ready},
				Model: &session.Model{Layers: []session.Layer{{ID: "flat"}, {ID: "a", Weights: []string{"weight", "bias"}}}},
				Data:  &session.Data{X: []int{28, 28, 1}, Y: []int{1}, Classes: []string{"0", "1"}, Train: 10}})
			s.Apply(state.OpenInside{Open: true})
			s.Apply(state.LookInto{Tab: l.Name})
			html := goapp.HTMLString(looks[l.Name](&Core{Store: s}, 1))
			if !strings.Contains(html, lang.Text("look.waiting")) && !strings.Contains(html, lang.Text("reading.doc")) {
				t.Errorf("%s: %s does not say that it waits", lang.Name(), l.Name)
			}
		}
	}
}
