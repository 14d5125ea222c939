package state

import (
	"slices"

	"descent/ml/data"
	"descent/ml/session"
)

// Tabs of the data stage. A wide window has what there is to choose beside the others, a narrow one as a tab of its own.
const (
	DataChoose  = "choose"
	DataLook    = "look"
	DataPrepare = "prepare"
	DataMake    = "make"
)

// How samples are shown.
const (
	AsImages = "images"
	AsPoints = "points"
	AsTable  = "table"
	AsTexts  = "texts"
	AsSeries = "series"
)

// Shelf is the samples on show in the data stage: what was asked of the trainer, and its answers. Nothing is asked while
// another stage is open.
type Shelf struct {
	Find   session.Browse // what to show
	Found  *session.Browsed
	Spread *session.Described
	Way    *session.Previewed
	Picked int  // the index of the sample that is shown large; -1 for none
	Listed bool // points as a table
	Draw   int  // which augmentations are drawn
	Show   int  // so many training samples come before those whose way is shown

	tab     string
	of      string    // the source that all this is about
	Meta    data.Meta // of its samples, which stays in sight while they are loaded again
	browsed *session.Browse
	told    bool // the spread was asked for
	way     *session.Preview
}

// What can be done in the data stage.
type (
	ShowData  struct{ Tab string }
	Find      struct{ Browse session.Browse } // other samples: goes to their first page
	TurnFound struct{ To int }                // pages count from 0
	Pick      struct{ Index int }             // a sample; the one on show again closes it
	ListThem  struct{ On bool }
	DrawAgain struct{}
	NextWay   struct{ By int } // the way of other samples
)

func (ShowData) action()  {}
func (Find) action()      {}
func (TurnFound) action() {}
func (Pick) action()      {}
func (ListThem) action()  {}
func (DrawAgain) action() {}
func (NextWay) action()   {}

// WayShown is how many samples are shown on their way through preprocessing.
const WayShown = 6

// DataTab is the tab of the data stage that is open.
func (s *Store) DataTab() string {
	switch {
	case s.Shelf.tab == "" && s.Narrow:
		return DataChoose
	case s.Shelf.tab == "" || s.Shelf.tab == DataChoose && !s.Narrow:
		return DataLook
	}
	return s.Shelf.tab
}

// SamplesAs says how the samples of the data are shown.
func (s *Store) SamplesAs() string {
	d := &s.Shelf.Meta
	switch {
	case d.Tokens > 0:
		return AsTexts
	case len(d.X) == 3 && (d.X[2] == 1 || d.X[2] == 3):
		return AsImages
	case len(d.X) == 1 && d.X[0] == 2 && !s.Shelf.Listed && s.Kind() != "table":
		return AsPoints
	case len(d.X) == 1:
		return AsTable
	}
	return AsSeries
}

// PageSize is how many samples are on a page.
func (s *Store) PageSize() int {
	switch s.SamplesAs() {
	case AsPoints:
		return 2000
	case AsTexts:
		return 30
	case AsTable:
		return 50
	}
	return 48
}

// browse does what was asked in the data stage; what has to be heard from the trainer for it is asked by demand.
func (s *Store) browse(a Action) []session.Command {
	h := &s.Shelf
	s.touch(OnShelf)
	switch a := a.(type) {
	case ShowData:
		h.tab = a.Tab
		s.touch(OnShell)
	case Find:
		h.Find = a.Browse
		h.Find.From = 0
	case TurnFound:
		h.Find.From = max(0, a.To) * s.PageSize()
	case Pick:
		if h.Picked == a.Index {
			a.Index = -1
		}
		h.Picked = a.Index
	case ListThem:
		h.Listed = a.On
		h.Find.From, h.Find.Sort = 0, 0
	case DrawAgain:
		h.Draw++
	case NextWay:
		h.Show = max(0, h.Show+a.By)
		if s.Data != nil && h.Show >= s.Data.Train {
			h.Show = 0
		}
	}
	return nil
}

// demand returns the questions whose answers the data stage shows and does not have.
func (s *Store) demand() []session.Command {
	h := &s.Shelf
	if s.Pane != PaneData || s.Editor || s.Worker != Alive || s.stale || s.Data == nil || s.Model == nil ||
		s.State.Phase == session.Loading || s.State.Phase == session.Empty {
		return nil
	}
	var out []session.Command
	switch s.DataTab() {
	case DataLook:
		want := h.Find
		want.Count = s.PageSize()
		if h.browsed == nil || *h.browsed != want {
			h.browsed = &want
			ask := want
			out = append(out, session.Command{Browse: &ask})
		}
		if !h.told {
			h.told = true
			out = append(out, session.Command{Describe: &session.Describe{}})
		}
	case DataPrepare:
		want := session.Preview{From: h.Show, Count: WayShown, Draw: h.Draw}
		if h.way == nil || *h.way != want {
			h.way = &want
			ask := want
			out = append(out, session.Command{Preview: &ask})
		}
	}
	return out
}

// anew forgets what was asked of an experiment that is opened again. What was answered stays in sight until there is
// something newer, unless it is about other data.
func (h *Shelf) anew() { h.browsed, h.told, h.way = nil, false, nil }

// about notes which source the data is of, and forgets what is shown of another.
func (h *Shelf) about(source string) {
	if h.of != source {
		*h = Shelf{tab: h.tab, of: source, Picked: -1}
	}
}

// shelve takes in the trainer's answers.
func (s *Store) shelve(e session.Event) {
	h := &s.Shelf
	if e.Data != nil {
		h.about(s.sourceText())
		h.Meta = e.Data.Meta()
	}
	if e.Browsed != nil && h.browsed != nil && e.Browsed.Asked == *h.browsed {
		h.Found = e.Browsed
		s.touch(OnShelf)
	}
	if e.Described != nil {
		h.Spread = e.Described
		s.touch(OnShelf)
	}
	if e.Previewed != nil && h.way != nil && e.Previewed.Asked == *h.way {
		h.Way = e.Previewed
		s.touch(OnShelf)
	}
}

// Takes reports whether the pixels of an answer are to be kept: of one that was shown.
func (h *Shelf) Takes(e session.Event) bool {
	return e.Browsed != nil && e.Browsed == h.Found || e.Previewed != nil && e.Previewed == h.Way
}

// PickedAt is the place of the picked sample on the page that is shown; -1 where it is not there.
func (h *Shelf) PickedAt() int {
	if h.Found == nil || h.Picked < 0 {
		return -1
	}
	return slices.Index(h.Found.Index, h.Picked)
}

// FoundPages is how many pages were found, at least one.
func (s *Store) FoundPages() int {
	if s.Shelf.Found == nil {
		return 1
	}
	size := s.PageSize()
	return max(1, (s.Shelf.Found.Total+size-1)/size)
}

// FoundPage is the page that is asked for, from 0.
func (s *Store) FoundPage() int { return s.Shelf.Find.From / s.PageSize() }
