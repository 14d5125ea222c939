package state

import (
	"slices"

	"descent/ml/session"
)

// A Look is one way to see the model at work. One is open at a time, and only what that one wants is asked for. How it
// is drawn is said in app/view, under the same name.
type Look struct {
	Name  string
	Fits  func(*Store) bool
	Wants func(*Store, *session.Watch)
}

// Looks into a model, by their names.
const (
	InText       = "text"
	InLayers     = "layers"
	InAttention  = "attention"
	InStates     = "states"
	InSpreads    = "spreads"
	InProjection = "projection"
	InTable      = "table"
	InVocabulary = "vocabulary"
)

// Looks is the catalogue, in the order of the tabs.
var Looks = []Look{
	{InText, (*Store).Sequential, (*Store).wantText},
	{InLayers, (*Store).opened, (*Store).wantLayers},
	{InAttention, of(session.OfAttention), (*Store).wantAttention},
	{InStates, of(session.OfState), (*Store).wantStates},
	{InSpreads, (*Store).opened, (*Store).wantSpreads},
	{InProjection, (*Store).opened, (*Store).wantProjection},
	{InTable, of(session.OfTable), (*Store).wantTable},
	{InVocabulary, (*Store).Sequential, (*Store).wantVocabulary},
}

// of is what fits models that have an inside of that kind.
func of(kind string) func(*Store) bool {
	return func(s *Store) bool { return len(s.insides(kind)) > 0 }
}

// opened reports whether there is a model to look into.
func (s *Store) opened() bool { return s.Model != nil && len(s.Model.Layers) > 0 }

// Tabs lists the looks that this model and its data allow.
func (s *Store) Tabs() (out []string) {
	for _, l := range Looks {
		if l.Fits(s) {
			out = append(out, l.Name)
		}
	}
	return out
}

// LooksInto is the look on show: what was chosen where there is that, or the first.
func (s *Store) LooksInto() string {
	tabs := s.Tabs()
	if slices.Contains(tabs, s.Tab) || len(tabs) == 0 {
		return s.Tab
	}
	return tabs[0]
}

// within adds to what is watched the look that is open.
func (s *Store) within(w *session.Watch) {
	if !s.InsideShown() {
		return
	}
	now := s.LooksInto()
	for _, l := range Looks {
		if l.Name == now {
			l.Wants(s, w)
		}
	}
}

// InsideShown reports whether the looks are on show.
func (s *Store) InsideShown() bool {
	if len(s.Tabs()) == 0 {
		return false
	}
	if s.Sequential() && (s.Pane == PaneEvaluate || s.Pane == PaneTrain && !s.Narrow) {
		return true
	}
	return s.Pane == PaneTrain && s.InsideOpen
}

// candidates is how many tokens are told of at each place.
const candidates = 5

func (s *Store) wantText(w *session.Watch) { w.Subject, w.Reading = s.Subject, candidates }
func (s *Store) wantStates(w *session.Watch) {
	w.Subject, w.States = s.Subject, s.Path(session.OfState)
}
func (s *Store) wantTable(w *session.Watch) { w.Table = s.Path(session.OfTable) }

func (s *Store) wantVocabulary(w *session.Watch) { w.Vocabulary = true }

func (s *Store) wantAttention(w *session.Watch) {
	w.Subject, w.Attention = s.viewed(), s.Path(session.OfAttention)
	if s.Kind() == "images" {
		w.Values = []string{inputPath}
	}
}
