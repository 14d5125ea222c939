package state

import (
	"testing"

	"descent/ml/session"
)

// FuzzReadRun has the page list whatever stands in the place of a run that was kept: what is read is written alike again,
// and the table, its details and its comparison take it.
func FuzzReadRun(f *testing.F) {
	whole := Run{ID: "a", Name: "A", Starred: true, Document: preset(f, "spiral-mlp"), Began: 1, Changed: 2, Files: []string{"a|1|2"}, Phase: session.Done, Step: 3, Steps: 20,
		Epochs: 600, Loss: 0.5, Accuracy: -1, Train: Curve{Points: []session.Point{{Step: 1, Loss: 0.7, Accuracy: -1}, {Step: 3, Loss: 0.5, Accuracy: -1}}},
		Test: &session.Point{Step: 3, Loss: 0.6}, Bytes: 9}
	f.Add(whole.Text())
	other := Run{ID: "b", Document: "{}", Train: Curve{Points: []session.Point{{Step: 2, Loss: 1}}}}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ReadRun(text)
		if err != nil {
			return
		}
		as := r.Text()
		again, err := ReadRun(as)
		if err != nil || again.Text() != as {
			t.Fatalf("%s became %s (%v)", as, again.Text(), err)
		}
		s := New("spiral-mlp", whole.Document)
		s.Apply(Await{})
		s.Reduce(session.Event{Hello: &session.Hello{Version: 1, Kernel: "scalar"}})
		s.Apply(Found{Place: PlaceHere, Runs: []Run{r, other}})
		for _, by := range RunColumns {
			s.Apply(SortRuns{By: by})
			s.Listed()
		}
		Differences([]Run{r, other})
		_ = r.CSV()
		s.Apply(OpenRun{ID: r.ID})
		s.Apply(MarkRun{ID: r.ID, On: true})
		s.Apply(BranchRun{ID: r.ID})
		s.Apply(ResumeRun{ID: r.ID})
		s.Errands()
	})
}

// FuzzReadDesk opens the page on whatever stands in the place of its desk.
func FuzzReadDesk(f *testing.F) {
	desk := Desk{Tab: "t", Document: preset(f, "spiral-mlp"), Run: "a", Pane: PaneRuns, Files: []string{"f"}, Saved: 5}
	f.Add(desk.Text())
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ReadDesk(text)
		if err != nil {
			return
		}
		as := d.Text()
		again, err := ReadDesk(as)
		if err != nil || again.Text() != as {
			t.Fatalf("%s became %s (%v)", as, again.Text(), err)
		}
		s := New("spiral-mlp", desk.Document)
		s.Apply(Await{})
		s.Reduce(session.Event{Hello: &session.Hello{Version: 1, Kernel: "scalar"}})
		s.Apply(Found{Place: PlaceHere, Desk: &d})
		s.Errands()
		s.Desk("t")
	})
}
