package state

import (
	"time"

	"descent/app/language"
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/session"
	"descent/ml/tensor"
)

// A Store is the state of the page. Its fields are read by the components and changed by Apply and Reduce only.
type Store struct {
	Document
	Training
	Shell
	Files
	Sequence
	Writing
	Building
	Comfort
	Insight
	Charting
	Evaluating
	Trying
	Keeping
	Diagnosis
	Timing
	Pad    Pad
	Shelf  Shelf
	Making Making

	Clock func() time.Time // replaced in tests

	resume  bool // run as soon as what was opened is ready
	paced   bool // the pace was changed while it ran; by the time that was heard it may have been over
	single  bool // one step is being made, which is not called running
	stale   bool // what was opened has not answered yet: events are about the one before
	number  int  // of what was opened last
	rewound bool // likewise after Reset
	watch   session.Watch
	palette Palette
	rev     [topics]uint64
}

// A Topic is a part of the state with its own revision.
type Topic int

// The topics.
const (
	OnDocument Topic = iota // text, experiment, plan, problems
	OnRun                   // worker, phase, loading, errors
	OnStats                 // numbers that change while training
	OnViews                 // samples, tests
	OnPad                   // drawn digit and its probabilities
	OnShell                 // language, theme, what is shown
	OnShelf                 // samples that are looked at in the data stage
	OnMaking                // samples being made there
	OnCharts                // how curves are drawn
	OnEvaluate              // what was measured, and what is looked at of it
	OnRuns                  // what is kept
	topics
)

// Rev returns a number that grows when any of the topics changes.
func (s *Store) Rev(of ...Topic) uint64 {
	var sum uint64
	for _, t := range of {
		sum += s.rev[t]
	}
	return sum
}

func (s *Store) touch(of ...Topic) {
	for _, t := range of {
		s.rev[t]++
	}
}

// Document is the experiment as its author left it.
type Document struct {
	Text       string                 // as the editor shows it
	Tree       *config.Value          // the text parsed; nil while it is not JSON
	Experiment *experiment.Experiment // the last one without problems
	Plan       experiment.Plan        // of Experiment
	Problems   config.Errors          // of Text; none when it can run
	Input      tensor.Shape           // what the model reads, as far as is known
	Rows       []Row                  // its layers
	Preset     string                 // the preset that it is; "" when it is none, or was changed
	Drafts     map[string]Draft       // settings typed in a form that cannot be taken
	past       []string
	future     []string
	loaded     Load      // where the text came from
	learned    data.Meta // of a file's tokens, and the source that it is about
	learnedOf  string
	loads      []Load // all that came, for going back to them
	moving     string // the path of the last setting changed, and when
	movedAt    time.Time
}

// A Draft is a setting as typed, and why it cannot be taken.
type Draft struct{ Text, Problem string }

// CanUndo and CanRedo report whether there is a step to take.
func (d *Document) CanUndo() bool { return len(d.past) > 0 }
func (d *Document) CanRedo() bool { return len(d.future) > 0 }

// Worker states.
const (
	Starting = "starting"
	Alive    = "alive"
	Dead     = "dead"
)

// Training is what the trainer told.
type Training struct {
	Worker  string // Starting, Alive or Dead
	Failure Failure
	Hello   session.Hello
	State   session.State
	Loading session.Progress
	Model   *session.Model
	Data    *session.Data
	Stats   session.Stats
	Train   Curve
	Valid   Curve
	Changes []session.Change // settings of the optimizer that were changed on the way
	Checkup *session.Checkup // the latest
	Facts   *session.Facts   // what was found out about the samples
	Sights  Sights
	Written Written
	Samples *session.Samples
	Checks  *session.Samples
	Error   *session.Error // the last, until something succeeds
	Test    *session.Point // measured over the whole test part
}

// A Failure is how a worker died.
type Failure struct{ Message, Detail string }

// The stages of the page.
const (
	PaneData     = "data"
	PaneModel    = "model"
	PaneTrain    = "train"
	PaneEvaluate = "evaluate"
	PaneRuns     = "runs"
)

// Shell is what is shown, and how.
type Shell struct {
	Language  language.Language
	Theme     string // "", which follows the system, "light" or "dark"
	Pane      string // the stage on show
	Editor    bool   // the document's text instead of the picture
	Help      bool   // the help is open
	Showcase  bool   // the presets are on show
	Palette   bool   // the layers that can be added are on show
	PaletteAt int    // where they go in the list of layers
	Hint      string // the setting whose explanation is open
	Node      string // the selected layer; "" for none
	Shortcuts bool   // single keys act
	ChecksToo bool   // the map shows the test points
	Log       bool   // the loss has a logarithmic scale
	Tables    map[string]bool
	Paces     map[string]float64 // steps a second at most, 0 for full speed, by what they are for
	Notice    string             // a passing message, by its key
	Spoken    string             // for screen readers
	spokenAt  time.Time
}

// New returns a store that holds a document and waits for its trainer.
func New(preset, text string) *Store {
	s := &Store{Clock: time.Now}
	s.Shell = Shell{Language: language.English, Pane: PaneTrain, Shortcuts: true, Tables: map[string]bool{}, Paces: startingPaces()}
	s.Worker = Starting
	s.palette = defaultPalette
	s.Chosen = map[string]string{}
	s.Writing = startingWriting()
	s.View = TabGraph
	s.Evaluating = startingEvaluating()
	s.Charting = startingCharting()
	s.Keys = usualKeys()
	s.Pad = newPad()
	s.Shelf.Picked = -1
	s.Making = newMaking()
	s.came(Load{preset, text})
	s.replace(text)
	s.Node = s.opening()
	return s
}

// Kind is the kind of the data: "points", "regression" or "images".
func (s *Store) Kind() string { return kindOf(s.Experiment) }

// Planar reports whether the samples are points of a plane, which can be drawn with the model's answers around them.
func (s *Store) Planar() bool {
	if s.Experiment == nil {
		return true
	}
	x := s.Plan.Meta.X
	return len(x) == 1 && x[0] == 2
}

// Playable reports whether Play and Step make sense now.
func (s *Store) Playable() bool {
	return s.Worker == Alive && len(s.Problems) == 0 && !s.stale &&
		(s.State.Phase == session.Ready || s.State.Phase == session.Running)
}

// Opening reports whether the document is on its way to the trainer, which will train it as soon as it can, if asked.
func (s *Store) Opening() bool {
	return len(s.Problems) == 0 && s.Error == nil &&
		(s.Worker == Starting || s.Worker == Alive && (s.stale || s.State.Phase == session.Loading))
}

// Running reports whether steps are being made, or are about to be.
func (s *Store) Running() bool {
	return s.Worker != Dead && (s.State.Phase == session.Running || s.resume)
}

// Resettable reports whether there is training to take back.
func (s *Store) Resettable() bool {
	return s.Worker == Alive && !s.stale && len(s.Problems) == 0 && s.State.Step > 0 &&
		s.State.Phase != session.Loading && s.State.Phase != session.Empty
}
