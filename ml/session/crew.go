package session

import "descent/ml/train"

// A Crew is train.Crew that somebody has hired and that can be let go.
type Crew interface {
	train.Crew
	Dismiss()
}

// A Hirer finds a crew for an experiment that is open here: its document, how
// many members can be of use at most, and the number of weights. Nil means that
// there is none to be had, and why says the reason.
type Hirer func(document string, most, shards, weights int) (c Crew, why string)

// Why steps are computed by one worker alone.
const (
	AloneSmall    = "small"    // the steps are too short for it to pay
	AloneWhole    = "whole"    // a batch is not cut: the model sees all of it at once, or there is little of it
	AloneCores    = "cores"    // this machine has one core to give
	AloneIsolated = "isolated" // the page may not share memory
	AloneYet      = "yet"      // the others are still loading
	AloneAsked    = "asked"    // it was asked for
)

// Less work than this a step is done before others have been told of it: 30
// million operations, which take a browser about 2 ms on one core.
const worthHiring = 30e6

// hire gets help when training begins, where the steps are large enough. The
// members load the data by themselves and join when they are ready.
func (s *Session) hire() {
	if s.crew != nil || s.Hire == nil {
		return
	}
	plan, err := s.exp.Plan()
	switch {
	case err != nil || 3*float64(plan.FLOPs)*float64(s.exp.Train.Batch) < worthHiring:
		s.alone = AloneSmall
	case s.train.Parts() < 2:
		s.alone = AloneWhole
	default:
		s.crew, s.alone = s.Hire(s.document, s.train.Parts()-1, s.train.Parts(), len(s.train.Params().Value))
	}
	if s.crew != nil {
		s.alone = AloneYet
		s.train.Lead(s.crew)
	}
}

// dismiss lets the crew go.
func (s *Session) dismiss() {
	if s.crew != nil {
		s.train.Lead(nil)
		s.crew.Dismiss()
		s.crew = nil
	}
}

// workers is how many compute the steps, and why it is one where it is.
func (s *Session) workers() (n int, alone string) {
	n = 1
	if s.crew != nil {
		n += s.crew.Members()
	}
	if n == 1 {
		alone = s.alone
	}
	return n, alone
}
