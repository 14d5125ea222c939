package state

import (
	"slices"
	"strings"

	"descent/ml/session"
)

// Insight is what a person chose to see of the model at work.
type Insight struct {
	InsideOpen bool         // the looks are open beside training
	Unit       session.Unit // whose map is shown large; none for the model's answer
	Pinned     bool         // it stays when the pointer has left
	Layer      string       // that is looked into; "" for the first
	Part       string       // of it: "" for what it computes, or the rest of a path
	Tile       int          // the map, filter or row shown large
	Channel    int          // of the input of a filter
	Drawing    bool         // the subject is what is on the pad
	Spreading  string       // what histograms are of
	Projecting string       // the layer whose samples are projected
	Page       int          // of the histograms
}

// What can be done with the looks into any model.
type (
	OpenInside  struct{ Open bool }
	FocusUnit   struct{ Unit session.Unit } // points at a unit; at none with an empty path
	PinUnit     struct{ Unit session.Unit } // the same once more lets it go
	ViewLayer   struct{ Layer, Part string }
	ViewTile    struct{ Tile int }
	ViewChannel struct{ Channel int }
	ViewDrawing struct{ On bool }
	ViewSample  struct{ Sample int }
	SpreadOf    struct{ Of string }
	TurnPage    struct{ Page int }
	ProjectOf   struct{ Layer string }
)

func (OpenInside) action()  {}
func (FocusUnit) action()   {}
func (PinUnit) action()     {}
func (ViewLayer) action()   {}
func (ViewTile) action()    {}
func (ViewChannel) action() {}
func (ViewDrawing) action() {}
func (ViewSample) action()  {}
func (SpreadOf) action()    {}
func (TurnPage) action()    {}
func (ProjectOf) action()   {}

const inputPath = "input"

// view does what concerns the looks into any model.
func (s *Store) view(a Action) []session.Command {
	s.touch(OnViews, OnShell)
	switch a := a.(type) {
	case OpenInside:
		s.InsideOpen = a.Open
	case FocusUnit:
		if !s.Pinned {
			s.Unit = a.Unit
		}
	case PinUnit:
		if s.Pinned = !(s.Pinned && s.Unit == a.Unit) && a.Unit.Path != ""; s.Pinned {
			s.Unit = a.Unit
		} else {
			s.Unit = session.Unit{}
		}
	case ViewLayer:
		if a.Layer != s.Layer || a.Part != s.Part {
			s.Tile, s.Channel = 0, 0
		}
		s.Layer, s.Part = a.Layer, a.Part
	case ViewTile:
		s.Tile = a.Tile
		return nil
	case ViewChannel:
		s.Channel = a.Channel
		return nil
	case ViewDrawing:
		s.Drawing = a.On
	case ViewSample:
		s.Subject, s.Drawing = session.Subject{Sample: a.Sample}, false
	case SpreadOf:
		s.Spreading, s.Page = a.Of, 0
	case TurnPage:
		s.Page = max(0, a.Page)
		return nil
	case ProjectOf:
		s.Projecting = a.Layer
	}
	return s.look()
}

// Viewable lists the layers that can be looked into, the input first.
func (s *Store) Viewable() []string {
	if s.Model == nil {
		return nil
	}
	out := []string{inputPath}
	for _, l := range s.Model.Layers {
		out = append(out, l.ID)
	}
	return out
}

// Layered is the layer that is looked into: what was chosen, if the model has it, or the first with weights.
func (s *Store) Layered() string {
	all := s.Viewable()
	if slices.Contains(all, s.Layer) || len(all) == 0 {
		return s.Layer
	}
	for _, l := range s.Model.Layers {
		if len(l.Weights) > 0 {
			return l.ID
		}
	}
	return all[0]
}

// Parts lists what there is to see of a layer: "" for what it computes, then its steps and its parameters.
func (s *Store) Parts(layer string) []string {
	out := []string{""}
	for _, l := range s.Model.Layers {
		if l.ID == layer {
			out = append(append(out, l.Parts...), l.Weights...)
		}
	}
	return out
}

// ViewPath is the value that is looked at.
func (s *Store) ViewPath() string {
	layer := s.Layered()
	if s.Part != "" && s.Model != nil && slices.Contains(s.Parts(layer), s.Part) {
		return layer + "." + s.Part
	}
	return layer
}

// IsParameter reports whether a path is that of a parameter.
func (s *Store) IsParameter(path string) bool {
	layer, part, _ := strings.Cut(path, ".")
	if s.Model == nil || part == "" {
		return false
	}
	for _, l := range s.Model.Layers {
		if l.ID == layer {
			return slices.Contains(l.Weights, part)
		}
	}
	return false
}

// viewed is the subject of the looks that take images.
func (s *Store) viewed() session.Subject {
	on := s.Subject
	if s.Drawing && s.TakesDigits() && !s.Pad.Empty() {
		on = session.Subject{}
		for _, v := range s.Pad.Pixels {
			on.Pixels = append(on.Pixels, float64(v))
		}
	}
	return on
}

func (s *Store) wantLayers(w *session.Watch) {
	w.Subject = s.viewed()
	w.Values = []string{inputPath}
	if path := s.ViewPath(); path != inputPath {
		w.Values = append(w.Values, path)
	}
}

// SpreadsOf is what histograms are of.
func (s *Store) SpreadsOf() string {
	if s.Spreading == "" {
		return session.OfWeights
	}
	return s.Spreading
}

func (s *Store) wantSpreads(w *session.Watch) { w.Spreads = s.SpreadsOf() }

// Projected is the layer whose samples are projected: what was chosen, if the model has it, or the one before the last,
// which is what classes are told apart by.
func (s *Store) Projected() string {
	all := s.Viewable()
	if slices.Contains(all, s.Projecting) || len(all) == 0 {
		return s.Projecting
	}
	return all[max(0, len(all)-2)]
}

func (s *Store) wantProjection(w *session.Watch) { w.Projects = s.Projected() }

// unitPixels is the side of a unit's small map.
const unitPixels = 30

// wantNetwork adds the picture of a network to what is watched of points of a plane.
func (s *Store) wantNetwork(w *session.Watch) {
	if s.Pane != PaneTrain {
		return
	}
	w.Units, w.Unit = unitPixels, s.Unit
	w.Signed = s.palette.Values[:]
}

// letGo forgets the unit that was pointed at where the network no longer has it.
func (s *Store) letGo() {
	for _, t := range s.Sights.Network.Tiers {
		if t.Path == s.Unit.Path && s.Unit.Index < t.Units {
			return
		}
	}
	s.Unit, s.Pinned = session.Unit{}, false
}

// enter looks into a layer that was selected in the model.
func (s *Store) enter(layer string) []session.Command {
	if layer == "" || !s.InsideShown() {
		return nil
	}
	s.Tile, s.Channel = 0, 0
	s.Layer, s.Part, s.Projecting = layer, "", layer
	return s.look()
}
