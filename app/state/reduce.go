package state

import (
	"slices"
	"time"

	"descent/ml/session"
)

// Reduce takes in the trainer's news.
func (s *Store) Reduce(e session.Event) []session.Command {
	return append(s.reduce(e), s.demand()...)
}

func (s *Store) reduce(e session.Event) []session.Command {
	var out []session.Command
	if e.Hello != nil {
		s.touch(OnRun)
		s.Hello, s.Worker = *e.Hello, Alive
		if s.restoring == "" {
			s.restoring = s.Current // the trainer was started again
		}
		if len(s.Problems) == 0 && !s.waiting {
			out = append(out, s.open(true)...)
		}
	}
	past := e.Of != 0 && e.Of != s.number // it is about what was opened before
	if s.stale && !past && e.Hello == nil && (e.Model != nil || e.Error != nil || e.State != nil && (e.State.Phase == session.Loading || e.State.Phase == session.Empty)) {
		s.stale = false
	}
	if e.Error != nil && !past {
		out = append(out, s.fail(e.Error)...)
	}
	if e.Kept != nil && !e.Kept.Resumed {
		out = append(out, s.kept(*e.Kept)...) // perhaps of a run before
	}
	if e.Seen != nil {
		return append(out, s.seen(e.Seen)...)
	}
	if s.stale || past {
		return out
	}
	if s.rewound && e.State != nil && e.State.Step == 0 {
		s.rewound = false
	}
	if e.Gauged != nil {
		s.touch(OnRun)
		s.gauged = e.Gauged.FLOPS
	}
	if e.Progress != nil {
		s.touch(OnRun)
		s.Loading = *e.Progress
	}
	if e.Model != nil {
		s.touch(OnRun)
		s.Model = e.Model
	}
	if e.Data != nil {
		s.touch(OnRun, OnViews)
		s.Data = e.Data
		out = append(out, s.look()...)
		s.learn()
	}
	s.shelve(e)
	if e.Speed != nil && s.SpeedOpen {
		s.touch(OnStats)
		s.Speed = e.Speed
	}
	s.see(e)
	if e.Samples != nil {
		s.touch(OnViews)
		s.Samples = e.Samples
	}
	if e.Checks != nil {
		s.touch(OnViews)
		s.Checks = e.Checks
	}
	if e.State != nil && !s.rewound {
		out = append(out, s.moved(*e.State)...)
	}
	if e.Data != nil {
		out = append(out, s.sampling()...) // how often goes by how long training takes
	}
	if !s.rewound {
		s.measure(e)
		s.examineRun(e)
		s.read(e)
		out = append(out, s.judged(e)...)
	}
	if e.Kept != nil && e.Kept.Resumed {
		out = append(out, s.kept(*e.Kept)...)
	}
	if e.State != nil {
		out = append(out, s.upToDate()...)
	}
	if e.Prediction != nil && e.Prediction.For == forTrying {
		out = append(out, s.tried(e.Prediction)...)
	} else if e.Prediction != nil {
		s.touch(OnPad)
		s.Pad.Answer, s.Pad.asked = e.Prediction, false
		if s.Pad.changed {
			out = append(out, s.ask()...)
		}
	}
	return out
}

func (s *Store) fail(e *session.Error) []session.Command {
	if s.paced && e.Code == session.Refused {
		s.paced = false
		return nil
	}
	s.touch(OnRun, OnDocument)
	s.Error, s.looking = e, ""
	s.resume, s.Pad.asked, s.Trying.asked = false, false, false
	s.Measuring, s.Reasoning = "", false
	s.touch(OnEvaluate)
	if e.Code == session.NoData {
		s.restoring = s.awaited // when its file has been chosen again
	}
	if e.Code != session.Invalid {
		return nil
	}
	s.touch(OnDocument)
	s.Problems = nil
	for _, p := range e.Problems {
		s.Problems = append(s.Problems, p.Error())
	}
	return nil
}

// moved takes in where the trainer stands.
func (s *Store) moved(to session.State) []session.Command {
	switch {
	case to.Phase != session.Running:
		s.single = false
	case s.single:
		to.Phase = session.Ready // or the buttons would flicker
		s.State, s.rev[OnStats] = to, s.rev[OnStats]+1
		return nil
	}
	was := s.State
	s.State = to
	s.touch(OnStats)
	if to.Phase != was.Phase {
		s.touch(OnRun)
	}
	if to.Epoch != was.Epoch || to.Phase == session.Done && was.Phase != session.Done {
		s.speak(to.Phase == session.Done)
	}
	if to.Phase == session.Done || to.Phase == session.Failed {
		s.resume = false
	}
	if to.Phase != session.Ready {
		return nil
	}
	out := append(s.ask(), s.askTrying()...) // the pad's digit, by the new weights
	if s.resume {
		s.resume = false
		out = append(out, s.begin()...)
		s.State.Phase = session.Running
		out = append(out, session.Command{Run: &session.Run{Rate: s.Pace()}})
	}
	return out
}

// measure takes in numbers and curves.
func (s *Store) measure(e session.Event) {
	if e.Stats != nil {
		s.touch(OnStats)
		s.Stats = *e.Stats
		s.paceOf(s.Stats)
	}
	if e.Changes != nil {
		s.told(e.Changes)
	}
	if e.Checkup != nil {
		s.touch(OnStats)
		s.Checkup = e.Checkup
	}
	if e.Facts != nil {
		s.touch(OnStats)
		s.Facts = e.Facts
	}
	for _, p := range e.Points {
		s.touch(OnStats)
		switch p.Curve {
		case "train":
			if p.Step == 1 {
				s.First = p.Loss
			}
			s.Train.Add(p)
		case "validation":
			s.Valid.Add(p)
		case "test":
			s.Test = &p
		}
	}
}

// spokenEvery is how often a screen reader is told how training goes: more often it would talk over everything else.
const spokenEvery = 10 * time.Second

func (s *Store) speak(now bool) {
	if t := s.Clock(); now || t.Sub(s.spokenAt) >= spokenEvery {
		s.spokenAt = t
		s.Spoken = s.Summary() // the page has it without a topic, or all of it would be rendered for that
	}
}

// look tells the trainer which views to send, if that has changed.
func (s *Store) look() []session.Command {
	if s.Data == nil {
		return nil
	}
	w := session.Watch{Samples: imagesShown, Checks: checksShown}
	if len(s.Data.X) == 1 && s.Data.X[0] == 2 {
		side := s.Data.High - s.Data.Low
		w = session.Watch{Samples: min(s.Data.Train, pointsShown), Boundary: mapPixels,
			Low: s.Data.Low - mapMargin*side, Side: (1 + 2*mapMargin) * side}
		if s.ChecksToo {
			w.Checks = min(s.Data.Validation, pointsShown)
		}
		w.Palette = s.palette.Values[:]
		s.wantNetwork(&w)
		if n := min(len(s.Data.Classes), len(s.palette.Classes)); n > 0 {
			// The colour after those of the classes is what an answer fades to where the model is not sure.
			w.Palette = append(slices.Clone(s.palette.Classes[:n]), s.palette.Values[1])
		}
	}
	if s.Sequential() {
		w = session.Watch{} // which are no pictures
	}
	s.within(&w)
	if s.Pane == PaneData {
		w = session.Watch{} // it asks for its samples itself
	}
	w.Metrics, w.Speed = s.measuring(), s.SpeedOpen
	if same(w, s.watch) {
		return nil
	}
	s.watch = w
	return []session.Command{{Watch: &w}}
}

const (
	imagesShown = 24
	checksShown = 60
	pointsShown = 500
	mapPixels   = 100
	mapMargin   = 0.04 // around the data, as a part of its side
)

// Watching returns the views that were asked for last.
func (s *Store) Watching() session.Watch { return s.watch }

func same(a, b session.Watch) bool {
	return string((&session.Command{Watch: &a}).Encode()) == string((&session.Command{Watch: &b}).Encode())
}

// A Palette is the colours of a map, 0xRRGGBB: of each class, and for values those of low, middle and high.
type Palette struct {
	Classes [10]int
	Values  [3]int
}

var defaultPalette = Palette{
	Classes: [10]int{0xe8873a, 0x3a82d8, 0x4a9a6a, 0xb05fb0, 0xc9a227, 0x5aa7a7, 0xd0607a, 0x7d7fd0, 0x8a8f3c, 0x8c6d5a},
	Values:  [3]int{0xe8873a, 0xf2f2f2, 0x3a82d8},
}
