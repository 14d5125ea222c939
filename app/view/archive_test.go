package view

import (
	"strings"
	"testing"
	"time"

	"descent/app/archive"
	"descent/app/runner"
	"descent/app/state"
	"descent/ml/session"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A page over an archive that the test can look into: what it was working on comes back, edits and runs are written
// down, and an archive that fails is told of.
func TestPageAndArchive(t *testing.T) {
	spiral, _ := presets.Text(first)
	desk := state.Desk{Tab: "gone", Document: strings.Replace(string(spiral), `"seed": 1`, `"seed": 5`, 1), Run: "old", Saved: 1}
	memory := &archive.Memory{}
	memory.Put(archive.Desks, desk.Tab, desk.Text())
	old := state.Run{ID: "old", Name: "Old", Document: desk.Document, Bytes: 9}
	memory.Put(archive.Runs, old.ID, old.Text())
	memory.Put(archive.Runs, "torn", old.Text())
	memory.Torn = map[string]bool{"torn": true}

	fake := &runner.Fake{}
	page := &Page{core: &Core{Store: state.New(first, string(spiral)), runner: fake}}
	c := page.core
	c.page, c.kept.archive = page, memory
	tester := goapp.NewClientTester(page)
	defer tester.Close()
	until := func(what string, ok func() bool) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s does not happen", what)
			}
			tester.Consume()
		}
	}
	fake.Say(session.Event{Hello: &session.Hello{Version: 1}})
	until("opening", func() bool { return len(fake.Sent) > 0 && fake.Sent[len(fake.Sent)-1].Open != nil })
	open := fake.Sent[len(fake.Sent)-1].Open
	if open.Experiment != desk.Document || open.Resume != "old" || len(fake.Sent) != 1 {
		t.Fatalf("%+v, and %d commands", open, len(fake.Sent))
	}
	if len(c.Runs) != 1 || len(c.Unread) != 1 || !memory.Locked()[runLock+"old"] || !memory.Locked()[deskLock+"gone"] {
		t.Errorf("runs %v, unread %v, locks %v", c.Runs, c.Unread, memory.Locked())
	}
	ready := session.Event{State: &session.State{Phase: session.Ready, Step: 7, Steps: 20, Epochs: 600}, Model: &session.Model{},
		Data: &session.Data{X: []int{2}, Classes: []string{"a", "b"}}, Kept: &session.Kept{Run: "old", Step: 7, Bytes: 10, Resumed: true}}
	fake.Say(ready)
	until("going on", func() bool { return c.Current == "old" })
	if html := goapp.HTMLString(page); !strings.Contains(html, "bar-recovered") {
		t.Error("the page does not say that training is back")
	}
	c.Do(state.RenameRun{ID: "old", Name: "Renamed"})
	text := func() string {
		all, _ := memory.All(archive.Runs)
		for _, r := range all {
			if r.Key == "old" {
				return r.Text
			}
		}
		return ""
	}
	until("writing the run", func() bool { return strings.Contains(text(), "Renamed") })
	memory.Break(archive.ErrNone)
	c.Do(state.StarRun{ID: "old", On: true})
	until("trouble", func() bool { return c.Trouble != nil })
	if strings.Contains(text(), `"starred":true`) {
		t.Error("what failed was written")
	}
}
