package state

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/session"
)

// keeping is a store at the start of the spiral, with a place for runs.
func keeping(t *testing.T) *Store {
	t.Helper()
	s := New("spiral-mlp", preset(t, "spiral-mlp"))
	n := 0
	s.NewID = func() string { n++; return "id" + strconv.Itoa(n) }
	now := time.UnixMilli(1000)
	s.Clock = func() time.Time { now = now.Add(time.Second); return now }
	s.Apply(Await{})
	s.Reduce(session.Event{Hello: &session.Hello{Version: 1, Kernel: "scalar"}})
	s.Apply(Found{Place: PlaceHere})
	ready(s, 0)
	s.Errands()
	return s
}

// ready is the trainer's answer to an Open.
func ready(s *Store, step int, kept ...*session.Kept) []session.Command {
	e := session.Event{State: &session.State{Phase: session.Ready, Step: step, Steps: 20, Epochs: 600}, Model: &session.Model{Parameters: 354},
		Data: &session.Data{X: []int{2}, Classes: []string{"a", "b"}, Low: -6, High: 6}}
	for i := 1; i <= step; i++ {
		e.Points = append(e.Points, session.Point{Curve: "train", Step: i, Loss: 1 / float64(i), Accuracy: -1})
	}
	if len(kept) > 0 {
		e.Kept = kept[0]
	}
	return s.Reduce(e)
}

// steps is news of training.
func steps(s *Store, step int) {
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Step: step, Steps: 20, Epochs: 600},
		Stats:  &session.Stats{Step: step, Loss: 1 / float64(step), Accuracy: 0.5, Seconds: float64(step) / 10},
		Points: []session.Point{{Curve: "train", Step: step, Loss: 1 / float64(step), Accuracy: 0.5}, {Curve: "validation", Step: step, Loss: 2 / float64(step), Accuracy: 0.4}}})
}

func kept(s *Store, run string, step, bytes int) {
	s.Reduce(session.Event{Kept: &session.Kept{Run: run, Step: step, Bytes: bytes}})
}

// done says errands in words.
func done(s *Store) string {
	var out []string
	for _, e := range s.Errands() {
		out = append(out, strings.TrimSpace(e.Do+" "+e.Shelf+" "+e.Key))
	}
	return strings.Join(out, ", ")
}

// keeps is the runs that commands have the trainer keep or go on with.
func keeps(commands []session.Command) (keep, resume string) {
	for _, c := range commands {
		if c.Keep != nil {
			keep = c.Keep.Run
		}
		if c.Open != nil {
			resume = c.Open.Resume
		}
	}
	return keep, resume
}

// A run begins with its first step and ends with a reset or an edit that begins anew. It is written down when its
// weights are safe, and not before: a run of a moment is none.
func TestRunsBeginAndEnd(t *testing.T) {
	s := keeping(t)
	if keep, _ := keeps(s.Apply(Play{})); keep != "id1" || s.Current != "id1" {
		t.Fatalf("Play keeps %q, and the run is %q", keep, s.Current)
	}
	steps(s, 5)
	if len(s.Runs) != 0 {
		t.Fatal("a run is listed before its weights are safe")
	}
	kept(s, "id1", 5, 100)
	if got := done(s); got != "put runs id1" || len(s.Runs) != 1 {
		t.Fatalf("errands %q, runs %v", got, s.Runs)
	}
	if r := s.Runs[0]; r.Name != "Spiral 1" || r.Step != 5 || r.Bytes != 100 || r.Document != s.Text || len(r.Train.Points) != 1 || r.Parameters != 354 {
		t.Errorf("%+v", r)
	}
	s.Apply(Pause{})
	if keep, _ := keeps(s.Apply(Play{})); keep != "" {
		t.Errorf("after a pause another run begins: %q", keep)
	}
	// Turning the learning rate is part of the run, and its document follows.
	s.Apply(Set{Path: "train.optimizer.lr", Value: config.Num(0.01)})
	if s.Current != "id1" || s.Runs[0].Document != s.Text || !strings.Contains(s.Text, "0.01") {
		t.Errorf("the learning rate was changed: run %q", s.Current)
	}
	steps(s, 9)
	s.Apply(Reset{})
	if s.Current != "" || s.Runs[0].Step != 9 {
		t.Errorf("after a reset the run is %q, and the last ended at %d", s.Current, s.Runs[0].Step)
	}
	kept(s, "id1", 9, 120) // what was on its way
	if r := s.Runs[0]; r.Step != 9 || r.Bytes != 120 || len(r.Train.Points) != 2 {
		t.Errorf("the last weights: %+v", r)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Ready}})
	if keep, _ := keeps(s.Apply(Step{})); keep != "id2" {
		t.Errorf("a step keeps %q", keep)
	}
	steps(s, 1)
	out := s.Apply(Set{Path: "train.batch", Value: config.Num(20)})
	if _, resume := keeps(out); s.Current != "" || resume != "" || len(out) == 0 {
		t.Errorf("an edit that begins anew: run %q, %+v", s.Current, out)
	}
	if len(s.Runs) != 1 {
		t.Error("a run of one step is listed, though it was never kept")
	}
}

// Without a place for them nothing is named, and nothing is written.
func TestNoPlaceForRuns(t *testing.T) {
	s := keeping(t)
	s.Place = PlaceNone
	if keep, _ := keeps(s.Apply(Play{})); keep != "" || s.Current != "" {
		t.Errorf("keeps %q", keep)
	}
	steps(s, 5)
	if _, changed := s.Desk("tab"); changed || done(s) != "" {
		t.Error("something is to be written")
	}
}

// Nothing is opened before it is known what the desk holds; then its run goes on, in this tab alone.
func TestRecovery(t *testing.T) {
	document := func(s *Store) string { return strings.Replace(s.Text, `"seed": 1`, `"seed": 7`, 1) }
	for _, c := range []struct {
		name         string
		desk         func(s *Store) *Desk
		copied       bool
		resume, keep string
		current      string
		step         int
		notice       bool
	}{
		{name: "a first visit", desk: func(*Store) *Desk { return nil }},
		{name: "a document", desk: func(s *Store) *Desk { return &Desk{Document: document(s), Pane: PaneModel} }},
		{name: "a run", desk: func(s *Store) *Desk { return &Desk{Document: document(s), Run: "old"} }, resume: "old", current: "old", step: 4, notice: true},
		{name: "another tab's run", desk: func(s *Store) *Desk { return &Desk{Document: document(s), Run: "old"} }, copied: true,
			resume: "old", keep: "new", current: "new", step: 4, notice: true},
	} {
		s := New("spiral-mlp", preset(t, "spiral-mlp"))
		s.NewID = func() string { return "new" }
		s.Apply(Await{})
		if out := s.Reduce(session.Event{Hello: &session.Hello{Version: 1}}); len(out) != 0 || !s.Awaiting() {
			t.Fatalf("%s: Hello opens %+v", c.name, out)
		}
		desk := c.desk(s)
		out := s.Apply(Found{Place: PlaceHere, Desk: desk, Copy: c.copied})
		if _, resume := keeps(out); len(out) != 1 || resume != c.resume {
			t.Fatalf("%s: %+v", c.name, out)
		}
		if desk != nil && s.Text != desk.Document {
			t.Errorf("%s: the document is not the desk's", c.name)
		}
		var news *session.Kept
		if c.resume != "" {
			news = &session.Kept{Run: c.resume, Step: c.step, Bytes: 50, Resumed: true}
		}
		keep, _ := keeps(ready(s, c.step, news))
		if keep != c.keep || s.Current != c.current || s.State.Step != c.step || len(s.Train.Points) != c.step {
			t.Errorf("%s: keeps %q, run %q, step %d, %d points", c.name, keep, s.Current, s.State.Step, len(s.Train.Points))
		}
		if (s.Recovered != nil) != c.notice || c.notice && (s.Recovered.Step != c.step || s.Recovered.Copy != c.copied) {
			t.Errorf("%s: %+v", c.name, s.Recovered)
		}
		if late := s.Apply(Found{Place: PlaceNone}); late != nil || s.Place != PlaceHere {
			t.Errorf("%s: a second answer counts", c.name)
		}
	}
}

// A trainer that died and was started again goes on with the run; one that never came to a checkpoint begins anew.
func TestTrainerStartsAgain(t *testing.T) {
	for _, safe := range []bool{true, false} {
		s := keeping(t)
		s.Apply(Play{})
		steps(s, 5)
		if safe {
			kept(s, "id1", 5, 100)
		}
		s.Apply(WorkerDied{})
		s.Apply(WorkerStart{})
		_, resume := keeps(s.Reduce(session.Event{Hello: &session.Hello{Version: 1}}))
		if resume != "id1" {
			t.Fatalf("Hello resumes %q", resume)
		}
		if safe {
			ready(s, 5, &session.Kept{Run: "id1", Step: 5, Resumed: true})
			if s.Current != "id1" || len(s.Train.Points) != 5 || len(s.Runs) != 1 {
				t.Errorf("run %q, %d points", s.Current, len(s.Train.Points))
			}
		} else {
			ready(s, 0)
			s.Reduce(session.Event{Kept: &session.Kept{Run: "id1", Trouble: session.Missing}})
			if s.Current != "" || s.Trouble != nil {
				t.Errorf("run %q, trouble %+v", s.Current, s.Trouble)
			}
		}
	}
}

// A run whose file is gone comes back when the file is chosen again.
func TestRunWaitsForItsFile(t *testing.T) {
	s := keeping(t)
	s.Worker = Alive
	document := strings.Replace(s.Text, `"source": "spiral"`, `"source": {"type": "csv", "file": "a.csv"}`, 1)
	s.Runs = []Run{{ID: "old", Name: "old", Document: document, Bytes: 9}}
	if _, resume := keeps(s.Apply(ResumeRun{ID: "old"})); resume != "old" {
		t.Fatalf("it resumes %q", resume)
	}
	s.Reduce(session.Event{State: &session.State{Phase: session.Empty}, Error: &session.Error{Code: session.NoData, Message: "choose it again"}})
	if _, resume := keeps(s.Apply(Bring{Files: []File{{"a.csv", 10}}})); resume != "old" {
		t.Errorf("with its file it resumes %q", resume)
	}
}

// The oldest weights go first, none that are starred or in training, and no more than needed.
func TestSpare(t *testing.T) {
	runs := []Run{{ID: "new", Changed: 9, Bytes: 10}, {ID: "old", Changed: 1, Bytes: 10}, {ID: "star", Changed: 0, Bytes: 10, Starred: true},
		{ID: "older", Changed: 1, Bytes: 5}, {ID: "gone", Changed: 0}}
	for _, c := range []struct {
		current string
		bytes   int
		want    string
	}{
		{"", 1, "[old]"}, {"", 20, "[old]"}, {"", 21, "[old older]"}, {"", 31, "[old older new]"}, {"", 1000, "[old older new]"},
		{"old", 20, "[older new]"}, {"", 0, "[]"},
	} {
		if got := fmt.Sprint(Spare(runs, c.current, c.bytes)); got != c.want {
			t.Errorf("%d bytes with %q in training: %s, want %s", c.bytes, c.current, got, c.want)
		}
	}
}

// Where there is no room, older weights go, and the trainer tries again; where none can go, that is told.
func TestNoRoom(t *testing.T) {
	s := keeping(t)
	s.Runs = []Run{{ID: "old", Name: "Old", Document: "{}", Bytes: 10}, {ID: "star", Name: "Star", Document: "{}", Bytes: 10, Starred: true}}
	s.Apply(Play{})
	steps(s, 5)
	full := session.Kept{Run: "id1", Step: 5, Bytes: 8, Trouble: session.NoRoom, Said: &session.Said{Text: "full"}}
	s.Reduce(session.Event{Kept: &full})
	if got := done(s); got != "drop_weights  old, put runs old, retry" || !slices.Equal(s.Freed, []string{"Old"}) || s.Trouble != nil {
		t.Fatalf("%q, freed %v, trouble %+v", got, s.Freed, s.Trouble)
	}
	if old := s.Run("old"); old.Bytes != 0 || !old.Dropped {
		t.Errorf("%+v", old)
	}
	s.Reduce(session.Event{Kept: &full})
	if got := done(s); got != "" || s.Trouble == nil || s.State.Phase != session.Running {
		t.Fatalf("%q, trouble %+v, phase %s", got, s.Trouble, s.State.Phase)
	}
	kept(s, "id1", 6, 8)
	if s.Trouble != nil {
		t.Error("the trouble is still told when the run is safe")
	}
}

// Which desk a tab goes on with.
func TestFindDesk(t *testing.T) {
	desks := []Desk{{Tab: "a", Saved: 1}, {Tab: "b", Saved: 3}, {Tab: "c", Saved: 2}}
	for _, c := range []struct {
		tab, open, want string
		copied          bool
	}{
		{"a", "", "a", false},     // after a reload
		{"x", "", "b", false},     // the latest of a tab that is gone
		{"x", "b", "c", false},    // of those
		{"x", "a b c", "b", true}, // all are at work
	} {
		got, copied := FindDesk(desks, c.tab, func(tab string) bool { return strings.Contains(c.open, tab) })
		if got == nil || got.Tab != c.want || copied != c.copied {
			t.Errorf("tab %s with %q open: %+v %v, want %s %v", c.tab, c.open, got, copied, c.want, c.copied)
		}
	}
	if got, _ := FindDesk(nil, "a", nil); got != nil {
		t.Errorf("without desks: %+v", got)
	}
	var many []Desk
	for i := range maxDesks + 3 {
		many = append(many, Desk{Tab: strconv.Itoa(i), Saved: int64(i)})
	}
	if old := OldDesks(many, func(tab string) bool { return tab == "0" }); !slices.Equal(old, []string{"2", "1"}) {
		t.Errorf("old desks: %v", old)
	}
}

// Of a person's files those are kept that the document names, all or none.
func TestKeptFiles(t *testing.T) {
	s := keeping(t)
	s.Apply(Stamp{map[string]int64{"a.csv": 5}})
	s.Brought = []File{{"a.csv", 10}, {"b.csv", 10}}
	s.Apply(Edit{strings.Replace(s.Text, `"source": "spiral"`, `"source": {"type": "csv", "file": "a.csv"}`, 1)})
	d, changed := s.Desk("t")
	if got := done(s); !changed || !slices.Equal(d.Files, []string{"a.csv|10|5"}) || got != "keep_file files a.csv|10|5" {
		t.Errorf("%+v, %q", d, got)
	}
	if _, changed := s.Desk("t"); changed {
		t.Error("the same desk is written twice")
	}
	s.Brought[0].Size = maxKeptBytes + 1
	s.Apply(Show{PaneModel})
	if _, changed = s.Desk("t"); !changed || done(s) != "" || !slices.Equal(s.Unkept, []string{"a.csv"}) {
		t.Errorf("a large file: %v, %q", s.Unkept, done(s))
	}
	if used := Used([]Run{{Files: []string{"x"}}}, []Desk{d}); !used["x"] || !used["a.csv|10|5"] || used["b"] {
		t.Errorf("used: %v", used)
	}
}
