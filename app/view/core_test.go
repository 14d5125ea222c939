package view

import (
	"strings"
	"testing"

	"descent/app/runner"
	"descent/app/state"
	"descent/ml/session"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A page and its trainer from the first event to the trainer's death and back, with a trainer that the test plays.
func TestPageAndTrainer(t *testing.T) {
	text, _ := presets.Text(first)
	fake := &runner.Fake{}
	page := &Page{core: &Core{Store: state.New(first, string(text)), runner: fake}}
	page.core.page = page
	tester := goapp.NewClientTester(page)
	defer tester.Close()
	tester.Consume()
	if fake.Starts != 1 {
		t.Fatalf("the trainer was started %d times", fake.Starts)
	}

	fake.Say(session.Event{Hello: &session.Hello{Version: 1, Kernel: "imagined"}})
	tester.Consume()
	if n := len(fake.Sent); n != 1 || fake.Sent[0].Open == nil || fake.Sent[0].Open.Experiment != string(text) {
		t.Fatalf("Hello is answered by %+v, want the experiment", fake.Sent)
	}
	fake.Say(session.Event{State: &session.State{Phase: session.Ready, Steps: 20, Epochs: 600},
		Model: &session.Model{}, Data: &session.Data{X: []int{2}, Classes: []string{"a", "b"}, Low: -6, High: 6}})
	tester.Consume()
	if last := fake.Sent[len(fake.Sent)-1]; last.Watch == nil || last.Watch.Boundary == 0 {
		t.Errorf("data is answered by %+v, want a wish for the map", last)
	}
	sent := len(fake.Sent)
	page.core.Do(state.Play{})
	tester.Consume()
	if html := goapp.HTMLString(page); len(fake.Sent) != sent || !strings.Contains(html, `aria-label="Pause"`) {
		t.Errorf("Play sends %+v before the page has shown it", fake.Sent[sent:])
	}
	page.core.flush() // as its timer would
	if last := fake.Sent[len(fake.Sent)-1]; last.Run == nil {
		t.Errorf("Play sends %+v", last)
	}
	fake.Say(session.Event{State: &session.State{Phase: session.Running, Step: 1234, Epochs: 600}, Stats: &session.Stats{Loss: 0.5}})
	page.core.Do(state.Notify{}) // brings the page up to date
	tester.Consume()
	if html := goapp.HTMLString(page); !strings.Contains(html, "1,234") || !strings.Contains(html, "imagined") {
		t.Error("the page shows neither the step nor the arithmetic")
	}

	fake.Die("out of memory")
	tester.Consume()
	if html := goapp.HTMLString(page); !strings.Contains(html, "out of memory") {
		t.Error("the page does not tell of the trainer's death")
	}
	page.core.Do(state.WorkerStart{})
	tester.Consume()
	if fake.Starts != 2 {
		t.Errorf("after the restart the trainer was started %d times, want 2", fake.Starts)
	}
}
