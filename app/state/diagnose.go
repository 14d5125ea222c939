package state

import (
	"strings"
	"time"

	"descent/ml/diagnose"
	"descent/ml/session"
)

// Diagnosis is what is wrong with the training, as far as its curves and its layers tell.
type Diagnosis struct {
	Findings []diagnose.Finding // the gravest first
	Verdict  diagnose.Verdict   // of a training that is over
	First    float64            // the loss of the first step
	lookedAt time.Time
}

// Cure changes the document as a finding or a verdict advises, and trains again from the beginning.
type Cure struct{ Fix diagnose.Fix }

func (Cure) action() {}

// looksEvery is the time between two looks for what is wrong: it need not be at every frame.
const looksEvery = 700 * time.Millisecond

// examineRun looks for what is wrong, where that may have changed.
func (s *Store) examineRun(e session.Event) {
	over := s.State.Phase == session.Done || s.State.Phase == session.Failed
	switch now := s.Clock(); {
	case e.Points == nil && e.Error == nil && e.Checkup == nil && e.Facts == nil && !(e.State != nil && over):
		return
	case !over && s.State.Step > 100 && now.Sub(s.lookedAt) < looksEvery:
		return
	default:
		s.lookedAt = now
	}
	run := s.observed()
	found := diagnose.Findings(run)
	if len(found) != len(s.Findings) || len(found) > 0 && found[0].Kind != s.Findings[0].Kind {
		s.touch(OnRun)
	}
	s.Findings = found
	if s.Verdict = (diagnose.Verdict{}); s.State.Phase == session.Done {
		s.Verdict = diagnose.Conclude(run)
	}
	s.touch(OnStats)
}

// observed is what is known of the run.
func (s *Store) observed() *diagnose.Run {
	r := &diagnose.Run{Experiment: s.Experiment, Train: s.Train.Points, Valid: s.Valid.Points, First: s.First, Step: s.State.Step,
		Failed: s.State.Phase == session.Failed, Checkup: s.Checkup, Facts: s.Facts}
	r.PerEpoch, r.Steps = s.Steps()
	if d := s.Data; d != nil {
		r.Classes, r.Tokens, r.Samples = d.Classes, d.Tokens > 0, d.Train
	}
	if s.Model != nil {
		r.Parameters = s.Model.Parameters
	}
	if e := s.Error; e != nil && e.Code == session.NotFinite && e.Said != nil {
		for _, arg := range e.Said.Args {
			if name := strings.Trim(arg.Text, `"`); name == "input" || name == "target" {
				r.Fault = name
			}
		}
	}
	return r
}

// cure does what a fix says.
func (s *Store) cure(f diagnose.Fix) []session.Command {
	if f.Look != "" {
		return s.show(Show{Pane: f.Look})
	}
	if s.Tree == nil {
		return nil
	}
	tree := s.Tree.Clone()
	f.Apply(tree)
	s.end() // by the document as it was
	commands := s.edit(format(tree), false)
	if len(s.Problems) > 0 || s.Worker != Alive {
		return commands
	}
	for _, c := range commands {
		if c.Open != nil {
			s.resume = true // runs as soon as it is ready
			return commands
		}
	}
	commands = append(append(commands, s.rewind()...), s.begin()...)
	s.State.Phase = session.Running
	return append(commands, session.Command{Run: &session.Run{Rate: s.Pace()}})
}

// rewind goes back to the initial weights.
func (s *Store) rewind() []session.Command {
	s.end()
	s.resume, s.rewound, s.paced, s.Error = false, true, false, nil
	s.State.Phase, s.State.Step, s.State.Epoch = session.Ready, 0, 0
	s.Stats = session.Stats{}
	s.Train, s.Valid, s.Test = Curve{}, Curve{}, nil
	s.forgetEvaluation()
	s.Changes, s.Checkup, s.Zoom, s.Diagnosis = nil, nil, Span{}, Diagnosis{}
	s.Written.Samples = nil
	return []session.Command{{Reset: &session.Reset{}}}
}
