package state

import (
	"slices"
	"strings"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/diagnose"
	"descent/ml/session"
)

// A pair is a store and a real trainer that talk to each other.
type pair struct {
	t       *testing.T
	store   *Store
	session *session.Session
	inbox   []session.Event
}

func paired(t *testing.T, document string) *pair {
	p := &pair{t: t, store: New("", document)}
	p.session = session.New(nil, func(e *session.Event, _ [][]byte) {
		back, err := session.DecodeEvent(e.Encode())
		if err != nil {
			t.Fatal(err)
		}
		p.inbox = append(p.inbox, back)
	})
	p.store.Paces[OfPoints] = 0
	p.settle(100)
	return p
}

// do is what a person does.
func (p *pair) do(a Action) { p.send(p.store.Apply(a)) }

func (p *pair) send(commands []session.Command) {
	for _, c := range commands {
		p.session.Do(c)
	}
}

// settle has the two talk and work until nothing is left to do, or for so many turns.
func (p *pair) settle(turns int) {
	for range turns {
		wait, heard := p.session.Work(time.Millisecond), len(p.inbox) > 0
		for len(p.inbox) > 0 {
			e := p.inbox[0]
			p.inbox = p.inbox[1:]
			if e.Shows() {
				p.session.Do(session.Command{Ack: &session.Ack{Seq: e.Seq}})
			}
			p.send(p.store.Reduce(e))
		}
		if wait == session.Idle && !heard {
			return
		}
	}
}

// With the learning rate 10 it is said within 20 steps that training diverged, and why; the mend changes the document,
// trains again from the beginning, and it learns. It can be undone.
func TestDivergenceIsCured(t *testing.T) {
	for _, optimizer := range []string{`{"type": "adam", "lr": 10}`, `{"type": "sgd", "lr": 10}`} {
		text := strings.Replace(preset(t, "spiral-mlp"), `{"type": "adam", "lr": 0.003}`, optimizer, 1)
		p := paired(t, text)
		s := p.store
		for range 20 {
			p.do(Step{})
			p.settle(50)
		}
		if s.State.Step > 20 || len(s.Findings) != 1 || s.Findings[0].Kind != diagnose.Diverged {
			t.Fatalf("%s: after step %d (%s): %+v", optimizer, s.State.Step, s.State.Phase, s.Findings)
		}
		fix := s.Findings[0].Fixes[0]
		p.do(Cure{Fix: fix})
		p.settle(3)
		if len(s.Findings) > 0 || s.State.Phase != session.Running && !s.Running() {
			t.Errorf("%s: after %q it is %s, with %+v", optimizer, fix.Does, s.State.Phase, s.Findings)
		}
		if rate := s.Experiment.Train.Settings.Rate(); rate > 0.01 {
			t.Errorf("%s: the document has the rate %v", optimizer, rate)
		}
		p.settle(30)
		p.do(Pause{})
		p.settle(10)
		// How far it comes meanwhile goes by the machine: that a slow learner underfits may be found by then.
		again := slices.ContainsFunc(s.Findings, func(f diagnose.Finding) bool { return f.Kind == diagnose.Diverged })
		if again || len(s.Train.Points) < 20 || s.Stats.Loss > 0.75 || len(s.Changes) > 0 {
			t.Errorf("%s: training comes to %+v with %+v", optimizer, s.Stats, s.Findings)
		}
		p.do(Undo{})
		if rate := s.Experiment.Train.Settings.Rate(); rate != 10 {
			t.Errorf("%s: undone, the document has the rate %v", optimizer, rate)
		}
	}
}

// A mend that changes more than the optimizer opens the experiment anew and runs it.
func TestCureOpensAnew(t *testing.T) {
	p := paired(t, preset(t, "spiral-mlp"))
	p.do(Step{})
	p.settle(20)
	p.do(Cure{Fix: diagnose.Fix{Kind: "batch", Set: []diagnose.Setting{{Path: "train.batch", To: config.Num(40)}}}})
	p.settle(10)
	p.do(Pause{})
	p.settle(10)
	if s := p.store; s.Experiment.Train.Batch != 40 || s.State.Step == 0 || s.State.Steps != 5 {
		t.Errorf("%+v", s.State)
	}
	p.do(Cure{Fix: diagnose.Fix{Look: "data"}})
	if p.store.Pane != PaneData {
		t.Errorf("the stage is %q", p.store.Pane)
	}
}

// A training that is over is concluded, and a reset forgets it.
func TestVerdict(t *testing.T) {
	p := paired(t, strings.Replace(preset(t, "spiral-mlp"), `"epochs": 600`, `"epochs": 12`, 1))
	p.do(Play{})
	p.settle(1000)
	s := p.store
	if s.State.Phase != session.Done || !s.Verdict.Has || s.Verdict.How.Text == "" || s.Verdict.Next.Text == "" {
		t.Fatalf("%s: %+v", s.State.Phase, s.Verdict)
	}
	p.do(Reset{})
	if s.Verdict.Has || len(s.Findings) > 0 {
		t.Errorf("after a reset: %+v", s.Diagnosis)
	}
}
