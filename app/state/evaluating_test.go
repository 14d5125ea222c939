package state

import (
	"testing"

	"descent/ml/evaluation"
	"descent/ml/session"
)

// report is one of a model of ten classes.
func report(part string, step, mistakes int) *session.Report {
	return &session.Report{Part: part, Step: step, Count: 50, Decisions: 50, Classes: 10, Single: true, Mistakes: mistakes, Confusion: make([]int, 100)}
}

func step(n int) session.Event {
	return session.Event{State: &session.State{Phase: session.Ready, Step: n}}
}

// Opening the stage measures the validation part, without asking, when training
// stands still; and again when it has stopped.
func TestEvaluatesByItself(t *testing.T) {
	s := opened(t, "tutorial-cnn")
	if got := names(s.Apply(Show{PaneModel})); got != "" {
		t.Errorf("the model stage asks for %q", got)
	}
	out := s.Apply(Show{PaneEvaluate})
	if got := names(out); got != "evaluate" || out[0].Evaluate.Part != "validation" {
		t.Fatalf("the stage asks for %q", got)
	}
	if got := names(s.Apply(Show{PaneEvaluate})); got != "" {
		t.Errorf("while it measures it asks for %q", got)
	}
	out = s.Reduce(session.Event{Report: report("validation", 0, 7)})
	if got := names(out); got != "examine trace" || out[0].Examine.Order != evaluation.ByMistake || s.Measuring != "" {
		t.Errorf("a report is answered with %q", got)
	}
	s.Apply(Play{})
	s.Reduce(session.Event{State: &session.State{Phase: session.Running, Step: 5}})
	if !s.Outdated() || names(s.Apply(Show{PaneEvaluate})) != "" {
		t.Error("while training it measures by itself")
	}
	if got := names(s.Reduce(step(9))); got != "evaluate" {
		t.Errorf("when training stopped it asks for %q", got)
	}
	out = s.Reduce(session.Event{Report: report("validation", 9, 0)})
	if got := names(out); got != "examine trace" || out[0].Examine.Order != evaluation.ByDoubt || s.Outdated() {
		t.Errorf("without mistakes %q is asked for", got)
	}
	if got := names(s.Reduce(step(9))); got != "" {
		t.Errorf("nothing is new, and it asks for %q", got)
	}
}

// Without validation samples those that were trained on are measured.
func TestEvaluatesWhatThereIs(t *testing.T) {
	s := opened(t, "tutorial-cnn")
	s.Data.Validation = 0
	out := s.Apply(Show{PaneEvaluate})
	if got := names(out); got != "evaluate" || out[0].Evaluate.Part != "train" {
		t.Errorf("the stage asks for %q", got)
	}
}

// The test part is opened by two deliberate acts, which are counted for the
// data they are about.
func TestOpeningTheTest(t *testing.T) {
	s := opened(t, "tutorial-cnn")
	if got := names(s.Apply(OpenTest{})); got != "" {
		t.Errorf("without being asked it does %q", got)
	}
	s.Apply(AskToOpen{On: true})
	out := s.Apply(OpenTest{})
	if got := names(out); got != "evaluate" || out[0].Evaluate.Part != "test" || out[0].Evaluate.Opened != 0 || s.Asking {
		t.Fatalf("opening does %q", got)
	}
	r := report("test", 0, 3)
	r.Opened = 1
	s.Reduce(session.Event{Report: r})
	if s.TestOpened() != 1 {
		t.Errorf("opened %d times", s.TestOpened())
	}
	s.Apply(RecallTest{Opened: map[string]int{s.DataKey(): 4, "other": 2}})
	s.Apply(AskToOpen{On: true})
	if out = s.Apply(OpenTest{}); out[0].Evaluate.Opened != 4 {
		t.Errorf("%d times before", out[0].Evaluate.Opened)
	}
	key := s.DataKey()
	s.Apply(SetSource{Type: "digits"})
	if s.DataKey() == key || s.TestOpened() != 0 || s.Report != nil {
		t.Error("other data has the same test part")
	}
	s.Apply(Undo{})
	if s.DataKey() != key || s.TestOpened() != 4 {
		t.Errorf("back at the data it was opened %d times", s.TestOpened())
	}
}

func TestExamining(t *testing.T) {
	s := opened(t, "tutorial-cnn")
	if got := names(s.Apply(Examine{Order: evaluation.ByDoubt})); got != "" {
		t.Errorf("before a report it asks for %q", got)
	}
	s.Apply(Show{PaneEvaluate})
	s.Reduce(session.Event{Report: report("validation", 0, 30)})
	s.Reduce(session.Event{Cases: &session.Cases{Total: 30, Places: []int{4}}})
	out := s.Apply(MoreCases{By: 1})
	if got := names(out); got != "examine" || out[0].Examine.From != casesShown {
		t.Fatalf("the next page asks for %q", got)
	}
	if got := names(s.Apply(MoreCases{By: 1})); got != "" {
		t.Errorf("behind the last page there is %q", got)
	}
	if got := names(s.Apply(MoreCases{By: -2})); got != "" {
		t.Errorf("before the first page there is %q", got)
	}
	out = s.Apply(Examine{Order: evaluation.InCell, Right: 3, Guess: 5})
	if e := out[0].Examine; e.Order != evaluation.InCell || e.Right != 3 || e.Guess != 5 || e.From != 0 {
		t.Errorf("a cell asks for %+v", e)
	}
	s.Apply(ShowCase{Place: 4})
	if got := names(s.Apply(ExplainCase{Place: 4})); got != "explain" || !s.Reasoning {
		t.Errorf("explaining does %q", got)
	}
	s.Reduce(session.Event{Explained: &session.Explanation{Place: 4, Done: 3, Total: 9}})
	if !s.Reasoning {
		t.Error("it is done early")
	}
	s.Reduce(session.Event{Explained: &session.Explanation{Place: 4, Done: 9, Total: 9}})
	if s.Reasoning || s.Explained == nil {
		t.Error("it is not done")
	}
	for _, c := range []struct {
		to   ToCell
		want [2]int
	}{{ToCell{-1, 3}, [2]int{0, 3}}, {ToCell{10, 12}, [2]int{9, 9}}} {
		if s.Apply(c.to); s.Cell != c.want {
			t.Errorf("%+v goes to %v", c.to, s.Cell)
		}
	}
	s.Apply(SortClasses{By: "f1"})
	s.Apply(SortClasses{By: "f1"})
	if s.Sorted != (ClassOrder{By: "f1"}) {
		t.Errorf("sorted by %+v", s.Sorted)
	}
	s.Apply(SetThreshold{At: 2})
	if s.Threshold != 1 {
		t.Errorf("a threshold of %v", s.Threshold)
	}
	s.State.Step, s.Worker = 1, Alive
	s.Apply(Reset{})
	if s.Report != nil || s.Cases != nil || s.Threshold != 1 {
		t.Error("a reset leaves the report")
	}
}

// A row is answered as it is filled in, one question at a time.
func TestTryingRows(t *testing.T) {
	s := opened(t, "spiral-mlp")
	s.Data.Features = []session.Feature{{Name: "x1"}, {Name: "x2"}}
	out := s.Apply(TakeRow{Values: []float64{1, 2}})
	if got := names(out); got != "predict" || out[0].Predict.For != forTrying {
		t.Fatalf("a row asks for %q", got)
	}
	if got := names(s.Apply(FillIn{At: 1, Value: 5})); got != "" {
		t.Errorf("a second question: %q", got)
	}
	out = s.Reduce(session.Event{Prediction: &session.Prediction{For: forTrying, Values: []float64{1, 0}}})
	if got := names(out); got != "predict" || out[0].Predict.Input[1] != 5 {
		t.Errorf("what changed meanwhile asks for %q", got)
	}
	if s.Reply == nil || s.Pad.Answer != nil {
		t.Error("the answer is the pad's")
	}
	if got := names(s.Apply(FillIn{At: 2, Value: 5})); got != "" {
		t.Errorf("a column that is not there asks for %q", got)
	}
}
