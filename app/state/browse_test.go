package state

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/session"
)

// looking returns a store whose data stage shows two samples.
func looking(t *testing.T, preset string) *Store {
	t.Helper()
	s := opened(t, preset)
	asked := s.Apply(Show{Pane: PaneData})
	i := slices.IndexFunc(asked, func(c session.Command) bool { return c.Browse != nil })
	if i < 0 {
		t.Fatalf("the data stage asks %q", names(asked))
	}
	s.Reduce(session.Event{Browsed: &session.Browsed{Asked: *asked[i].Browse, Total: 130, Index: []int{3, 7}, Parts: []string{"train", "train"},
		Labels: []float64{0, 1}, Own: []float64{0, 1}, Shape: s.Data.X, Blob: -1}})
	return s
}

// The trainer is asked for what is on show, once, and for nothing while another stage is open.
func TestSamplesAreAskedForWhenSeen(t *testing.T) {
	s := opened(t, "spiral-mlp")
	if got := names(s.Apply(Show{Pane: PaneModel})); strings.Contains(got, "browse") {
		t.Errorf("the model stage asks %q", got)
	}
	if got := names(s.Apply(Show{Pane: PaneData})); !strings.Contains(got, "browse describe") {
		t.Errorf("the data stage asks %q", got)
	}
	if got := names(s.Apply(Pick{Index: 3})); got != "" || s.Shelf.Picked != 3 {
		t.Errorf("picking a sample asks %q", got)
	}
	if s.Apply(Pick{Index: 3}); s.Shelf.Picked != -1 {
		t.Error("picking it again does not close it")
	}
	got := s.Apply(Find{Browse: session.Browse{Part: session.PartValidation, From: 7}})
	if names(got) != "browse" || *got[0].Browse != (session.Browse{Part: "validation", Count: 2000}) {
		t.Errorf("a part is asked for with %q", names(got))
	}
	if got := names(s.Apply(ShowData{Tab: DataPrepare})); got != "preview" {
		t.Errorf("preparing asks %q", got)
	}
	if got := s.Apply(DrawAgain{}); names(got) != "preview" || got[0].Preview.Draw != 1 {
		t.Errorf("drawing again asks %q", names(got))
	}
	if got := names(s.Apply(ShowData{Tab: DataMake})); got != "" {
		t.Errorf("making samples asks %q", got)
	}
	s.Apply(ShowData{Tab: DataLook})
	s.Apply(Set{Path: "seed", Value: config.Num(5)})
	if got := names(loaded(s)); !strings.Contains(got, "browse describe") {
		t.Errorf("when the data was loaded again the stage asks %q", got)
	}
}

// Pages go by what was found, and an answer to an older question is not shown.
func TestPages(t *testing.T) {
	s := looking(t, "keras-mlp")
	if s.SamplesAs() != AsImages || s.FoundPages() != 3 || s.FoundPage() != 0 {
		t.Errorf("%s, page %d of %d", s.SamplesAs(), s.FoundPage(), s.FoundPages())
	}
	got := s.Apply(TurnFound{To: 2})
	if names(got) != "browse" || got[0].Browse.From != 96 || s.FoundPage() != 2 {
		t.Errorf("the third page is asked for with %q", names(got))
	}
	old := s.Shelf.Found
	s.Reduce(session.Event{Browsed: &session.Browsed{Asked: session.Browse{Count: 48}, Index: []int{9}}})
	if s.Shelf.Found != old {
		t.Error("an answer that came too late is shown")
	}
	s.Apply(SetSource{Type: "digits"})
	loaded(s)
	if s.Shelf.Found != nil || s.Shelf.Find.From != 0 {
		t.Error("samples of another source are still shown")
	}
}

// A label is set, set back, and a sample taken out; each is a step of the document to undo.
func TestEditsGoIntoTheDocument(t *testing.T) {
	s := looking(t, "spiral-mlp")
	edits := func() string {
		if v := s.Value("data.edits"); v != nil {
			return string(v.Append(nil, ""))
		}
		return ""
	}
	classes := s.Data.Classes
	for _, step := range []struct {
		act  Action
		want string
	}{
		{Relabel{Index: 7, Text: classes[0]}, `[{"index":7,"label":"` + classes[0] + `","was":"` + classes[1] + `"}]`},
		{Exclude{Index: 3, Out: true}, `[{"index":3,"remove":true,"was":"` + classes[0] + `"},{"index":7,"label":"` + classes[0] + `","was":"` + classes[1] + `"}]`},
		{Relabel{Index: 7, Text: classes[1]}, `[{"index":3,"remove":true,"was":"` + classes[0] + `"}]`},
		{Undo{}, `[{"index":3,"remove":true,"was":"` + classes[0] + `"},{"index":7,"label":"` + classes[0] + `","was":"` + classes[1] + `"}]`},
		{Exclude{Index: 3}, `[{"index":7,"label":"` + classes[0] + `","was":"` + classes[1] + `"}]`},
		{ForgetEdits{}, ""},
	} {
		got := names(s.Apply(step.act))
		if edits() != step.want || len(s.Problems) > 0 || got != "open" {
			t.Errorf("%#v: %s, answered by %q, problems %v", step.act, edits(), got, s.Problems)
		}
	}
	if got := names(s.Apply(Relabel{Index: 99, Text: classes[0]})); got != "" || edits() != "" {
		t.Errorf("a sample that is not on show was edited: %s", edits())
	}
	s.Apply(Exclude{Index: 3, Out: true})
	s.Apply(SetSource{Type: "moons"})
	if edits() != "" {
		t.Errorf("edits of another source stay: %s", edits())
	}
}

// What an edit was made for may have changed: the mend leaves all edits out.
func TestEditsThatFitNoMore(t *testing.T) {
	s := looking(t, "spiral-mlp")
	s.Apply(Exclude{Index: 3, Out: true})
	s.Apply(Set{Path: "data.edits", Value: config.List(config.Obj(config.Member{Key: "index", Value: config.Num(1e6)}, config.Member{Key: "remove", Value: config.Flag(true)}))})
	if len(s.Problems) != 1 || s.Problems[0].Fix != "drop_edits" {
		t.Fatalf("%v", s.Problems)
	}
	if s.Apply(Mend{Fix: "drop_edits"}); len(s.Problems) != 0 || s.Edits() != 0 {
		t.Errorf("%v, %d edits", s.Problems, s.Edits())
	}
}
