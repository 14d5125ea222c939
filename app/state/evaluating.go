package state

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strconv"

	"descent/ml/evaluation"
	"descent/ml/session"
)

// Evaluating is the evaluate stage: what was measured, and what is looked at of it.
type Evaluating struct {
	Report    *session.Report // the last; nil until something was measured
	Measuring string          // the part that is being measured; "" for none
	Asking    bool            // whether the test part is to be opened
	Opened    map[string]int  // how often the test part of each data was opened; see DataKey

	Asked     session.Examine    // which samples are looked at
	Cases     *session.Cases     // nil until they came
	Large     int                // the sample that is shown large, by its place in the evaluation; -1 for none
	Curve     *session.Curve     // of a class
	Residuals *session.Residuals // of an output
	Explained *session.Explanation
	Reasoning bool    // an explanation is on its way
	Threshold float64 // from which probability on a sample is of the class
	Sorted    ClassOrder
	Cell      [2]int // of the confusion matrix, where the keyboard is
}

// A ClassOrder says by what the classes are sorted.
type ClassOrder struct {
	By   string // "", "samples", "precision", "recall" or "f1"
	Down bool
}

// What can be done in the evaluate stage.
type (
	Evaluate   struct{ Part string } // "train" or "validation"
	AskToOpen  struct{ On bool }     // the test part is to be opened, which is asked once more
	OpenTest   struct{}
	RecallTest struct{ Opened map[string]int } // what is known from earlier visits
	Examine    struct {
		Order        string
		Right, Guess int
	}
	MoreCases      struct{ By int }    // so many pages on
	ShowCase       struct{ Place int } // -1 for none
	TraceOf        struct{ Of int }    // a class, or an output
	ExplainCase    struct{ Place, Class int }
	ExplainPicture struct{}
	ExplainPad     struct{}
	ExplainRows    struct{}
	SetThreshold   struct{ At float64 }
	SortClasses    struct{ By string }
	ToCell         struct{ Right, Guess int }
)

func (Evaluate) action()       {}
func (AskToOpen) action()      {}
func (OpenTest) action()       {}
func (RecallTest) action()     {}
func (Examine) action()        {}
func (MoreCases) action()      {}
func (ShowCase) action()       {}
func (TraceOf) action()        {}
func (ExplainCase) action()    {}
func (ExplainPicture) action() {}
func (ExplainPad) action()     {}
func (ExplainRows) action()    {}
func (SetThreshold) action()   {}
func (SortClasses) action()    {}
func (ToCell) action()         {}

// casesShown is how many samples stand on a page.
const casesShown = 24

func startingEvaluating() Evaluating {
	return Evaluating{Opened: map[string]int{}, Threshold: 0.5, Large: -1}
}

// DataKey names the data and how it is drawn: whoever changes one of them has another test part.
func (s *Store) DataKey() string {
	if s.Experiment == nil || s.Tree == nil {
		return ""
	}
	h := fnv.New64a()
	if d := s.Tree.Get("data"); d != nil {
		h.Write(d.Get("source").Append(nil, ""))
	}
	return strconv.FormatUint(h.Sum64(), 36) + "." + strconv.FormatUint(s.Experiment.Seed, 10)
}

// TestOpened is how often the test part of this data was opened.
func (s *Store) TestOpened() int { return s.Opened[s.DataKey()] }

// Measurable reports whether a part with so many samples can be measured now.
func (s *Store) Measurable(samples int) bool {
	return s.Worker == Alive && !s.stale && !s.rewound && s.Data != nil && samples > 0 && s.Measuring == "" && len(s.Problems) == 0
}

// OwnPart is the part that is measured without asking: the validation part, or where there is none what was trained on.
func (s *Store) OwnPart() string {
	if s.Data != nil && s.Data.Validation == 0 {
		return session.PartTrain
	}
	return session.PartValidation
}

// evaluate begins to measure a part.
func (s *Store) evaluate(part string) []session.Command {
	samples := 0
	if s.Data != nil {
		samples = map[string]int{session.PartTrain: s.Data.Train, session.PartValidation: s.Data.Validation, session.PartTest: s.Data.Test}[part]
	}
	if !s.Measurable(samples) {
		return nil
	}
	s.Measuring, s.Asking = part, false
	e := &session.Evaluate{Part: part}
	if part == session.PartTest {
		e.Opened = s.TestOpened()
	}
	return []session.Command{{Evaluate: e}}
}

// upToDate has the part measured that is measured without asking, where the stage is on show, training stands still, and
// what was measured is of other weights.
func (s *Store) upToDate() []session.Command {
	if s.Pane != PaneEvaluate || s.Running() || s.State.Phase == session.Running || s.single {
		return nil
	}
	if s.Report != nil && s.Report.Step == s.State.Step {
		return nil
	}
	return s.evaluate(s.OwnPart())
}

// Outdated reports whether training went on after what is on show was measured.
func (s *Store) Outdated() bool { return s.Report != nil && s.Report.Step != s.State.Step }

// judge does what concerns the evaluate stage.
func (s *Store) judge(a Action) []session.Command {
	s.touch(OnEvaluate)
	switch a := a.(type) {
	case Evaluate:
		return s.evaluate(a.Part)
	case AskToOpen:
		s.Asking = a.On
	case OpenTest:
		if !s.Asking {
			return nil
		}
		return s.evaluate(session.PartTest)
	case RecallTest:
		for key, n := range a.Opened {
			s.Opened[key] = max(s.Opened[key], n)
		}
	case Examine:
		return s.askCases(session.Examine{Order: a.Order, Right: a.Right, Guess: a.Guess})
	case MoreCases:
		next := s.Asked
		if next.From += a.By * casesShown; next.From < 0 || s.Cases == nil || next.From >= s.Cases.Total {
			return nil
		}
		return s.askCases(next)
	case ShowCase:
		s.Large, s.Explained = a.Place, nil
	case TraceOf:
		return []session.Command{{Trace: &session.Trace{Of: a.Of}}}
	case ExplainCase:
		return s.reasonFor(&session.Explain{Place: a.Place, Class: a.Class})
	case ExplainPad:
		if s.Pad.Empty() || s.Data == nil {
			return nil
		}
		return s.reasonFor(&session.Explain{Input: s.raw(s.Pad.Pixels)})
	case ExplainPicture:
		if len(s.Picture) == 0 || s.Data == nil {
			return nil
		}
		return s.reasonFor(&session.Explain{Input: s.raw(s.Picture)})
	case ExplainRows:
		return s.reasonFor(&session.Explain{Features: true})
	case SetThreshold:
		s.Threshold = min(1, max(0, a.At))
	case SortClasses:
		down := true
		if s.Sorted.By == a.By {
			down = !s.Sorted.Down
		}
		s.Sorted = ClassOrder{By: a.By, Down: down}
	case ToCell:
		n := 1
		if s.Report != nil {
			n = max(1, s.Report.Classes)
		}
		s.Cell = [2]int{min(n-1, max(0, a.Right)), min(n-1, max(0, a.Guess))}
	}
	return nil
}

func (s *Store) askCases(e session.Examine) []session.Command {
	if s.Report == nil || !s.Report.Single {
		return nil
	}
	e.Count = casesShown
	s.Asked, s.Large = e, -1
	return []session.Command{{Examine: &e}}
}

func (s *Store) reasonFor(e *session.Explain) []session.Command {
	if s.Worker != Alive || s.stale {
		return nil
	}
	s.Reasoning, s.Explained = true, nil
	return []session.Command{{Explain: e}}
}

// judged takes in what was measured.
func (s *Store) judged(e session.Event) []session.Command {
	if e.Report == nil && e.Cases == nil && e.Curve == nil && e.Residuals == nil && e.Explained == nil {
		return nil
	}
	s.touch(OnEvaluate)
	var out []session.Command
	if e.Report != nil {
		out = s.reported(e.Report)
	}
	if e.Cases != nil && s.Report != nil {
		s.Cases = e.Cases
	}
	if e.Curve != nil {
		s.Curve = e.Curve
	}
	if e.Residuals != nil {
		s.Residuals = e.Residuals
	}
	if e.Explained != nil {
		s.Explained = e.Explained
		s.Reasoning = e.Explained.Done < e.Explained.Total
	}
	return out
}

func (s *Store) reported(r *session.Report) []session.Command {
	if s.Report == nil || s.Report.Classes != r.Classes {
		s.Cell = [2]int{}
	}
	s.Report, s.Measuring, s.Reasoning = r, "", false
	s.Cases, s.Explained, s.Large = nil, nil, -1
	s.Curve, s.Residuals = r.Curve, r.Residuals
	if r.Opened > 0 {
		s.Opened[s.DataKey()] = max(r.Opened, s.TestOpened())
	}
	if !r.Single {
		return nil
	}
	e := s.Asked
	e.From = 0
	switch {
	case e.Order == "" || e.Order == evaluation.ByMistake && r.Classes > 0 && r.Mistakes == 0:
		e = session.Examine{Order: evaluation.ByMistake}
		if r.Classes > 0 && r.Mistakes == 0 {
			e.Order = evaluation.ByDoubt
		}
	case e.Order == evaluation.InCell && (e.Right >= r.Classes || e.Guess >= r.Classes):
		e = session.Examine{Order: evaluation.ByMistake}
	}
	out := s.askCases(e)
	if r.Classes > 2 && len(r.Confusion) > 0 {
		out = append(out, session.Command{Trace: &session.Trace{}}) // of the first class, until another is chosen
	}
	return out
}

// forgetEvaluation is when the model is another one.
func (s *Store) forgetEvaluation() {
	s.touch(OnEvaluate)
	kept := s.Evaluating
	s.Evaluating = startingEvaluating()
	s.Opened, s.Threshold, s.Sorted, s.Asked = kept.Opened, kept.Threshold, kept.Sorted, kept.Asked
}

// A Confusion is how often a class was taken for another.
type Confusion struct{ Right, Guess, Count int }

// Confused returns the most frequent mistakes.
func (s *Store) Confused(most int) (out []Confusion) {
	if s.Report == nil || s.Report.Classes == 0 {
		return nil
	}
	n := s.Report.Classes
	for i, count := range s.Report.Confusion {
		if count > 0 && i/n != i%n {
			out = append(out, Confusion{i / n, i % n, count})
		}
	}
	slices.SortStableFunc(out, func(a, b Confusion) int { return b.Count - a.Count })
	return out[:min(len(out), most)]
}

// SortedClasses returns the classes of the report in the order that was chosen.
func (s *Store) SortedClasses() []int {
	r := s.Report
	if r == nil {
		return nil
	}
	order := make([]int, len(r.Precision))
	for i := range order {
		order[i] = i
	}
	value := func(i int) float64 { return 0 }
	switch s.Sorted.By {
	case "precision":
		value = func(i int) float64 { return r.Precision[i] }
	case "recall":
		value = func(i int) float64 { return r.Recall[i] }
	case "f1":
		value = func(i int) float64 { return r.F1[i] }
	case "samples":
		value = func(i int) float64 { return float64(r.Samples[i]) }
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if s.Sorted.Down {
			a, b = b, a
		}
		return cmp.Compare(value(a), value(b))
	})
	return order
}

// Counts is what a threshold makes of the samples. A share of nothing is NaN.
type Counts struct {
	Hits, Alarms                               int
	Precision, Recall, F1, FalseRate, Accuracy float64
}

// CountsAt is what the threshold makes of the class whose curve is on show.
func (s *Store) CountsAt() (c Counts) {
	u := s.Curve
	at := int(math.Round(100 * s.Threshold))
	if u == nil || at >= len(u.HitsAt) || at >= len(u.AlarmsAt) {
		return c
	}
	c.Hits, c.Alarms = u.HitsAt[at], u.AlarmsAt[at]
	hits, alarms := float64(c.Hits), float64(c.Alarms)
	positive, negative := float64(u.Positive), float64(u.Negative)
	c.Precision, c.Recall, c.FalseRate = hits/(hits+alarms), hits/positive, alarms/negative
	c.F1 = 2 * hits / (hits + alarms + positive)
	c.Accuracy = (hits + negative - alarms) / (positive + negative)
	return c
}

// Largest returns the places of numbers, that of the largest first.
func Largest(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return order
}
