package session

import (
	"runtime"
	"time"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/evaluation"
	"descent/ml/experiment"
	"descent/ml/kernel"
	"descent/ml/train"
)

// A Send takes an event and its blobs to the user interface.
type Send func(e *Event, blobs [][]byte)

// BrowserMemory is how much training may take in a browser: WebAssembly has
// addresses for 4 GiB, and data and pictures want some of them.
const BrowserMemory = 3 << 30

// A Session is the trainer's side of the protocol. All its methods belong to
// one goroutine.
type Session struct {
	Memory int64  // bytes that training may take; 0 for no limit
	Gauge  bool   // measures how fast the machine is, when there is time
	Hire   Hirer  // finds others to compute with; nil where nobody is
	Keeper Keeper // where runs are kept; nil for nowhere

	files data.Files
	send  Send
	seq   int
	of    int // the Number of what was opened

	document string // that was opened
	crew     Crew   // computes with this one; nil for nobody
	alone    string // why nobody does

	exp    *experiment.Experiment
	set    *data.Set
	loaded *data.Set // before the document's edits
	shelf  *shelf    // the samples, for who looks at them; nil until somebody does
	train  *train.Trainer
	phase  string
	until  int // the step at which a Run ends; 0 for the experiment's end
	pace   pace

	eval      *train.Evaluation // in progress, between two steps
	evalName  string            // its curve
	asked     bool              // it was asked for, and training does not go by it
	queued    *Evaluate         // waits for the evaluation that training makes
	meter     meter
	health    health
	record    *record              // the evaluation that was reported last
	prior     *evaluation.Constant // the baseline; nil until it was asked for
	reason    *reason              // an explanation in progress
	views     views
	glass     glass
	writer    writer
	sampler   sampler
	keep      keeping
	within    []Inside
	baselines []Baseline
	input     []int // one sample's shape, as the model sees it
	gauge     gauge
	words     []string  // the text of each token
	sent      time.Time // of the latest Stats
	clocked   time.Time // of the latest Speed
}

// New starts a session with its Hello. Files are where sources find their data.
func New(files data.Files, send Send) *Session {
	s := &Session{files: files, send: send, phase: Empty}
	if runtime.GOOS == "js" {
		s.Memory = BrowserMemory
	}
	s.emit(Event{Hello: &Hello{Version: Version, Kernel: kernel.Name()}, State: s.state()})
	return s
}

func (s *Session) emit(e Event, blobs ...[]byte) {
	s.seq++
	e.Seq, e.Of = s.seq, s.of
	s.send(&e, blobs)
}

func (s *Session) state() *State {
	st := &State{Phase: s.phase}
	if s.train != nil {
		st.Step, st.Steps, st.Epochs = s.train.StepNumber(), s.train.StepsPerEpoch(), s.train.Epochs()
		st.Stopped, st.Said = s.train.Stopped(), said(s.train.StoppedBy())
		st.Epoch, _ = s.train.Epoch()
	}
	return st
}

func (s *Session) refuse(format string, args ...any) {
	s.emit(Event{Error: failure(Refused, config.Say(format, args...))})
}

// Do obeys a command.
func (s *Session) Do(c Command) {
	if c.Open == nil && c.Watch == nil && c.Ack == nil && c.Look == nil && c.Keep == nil && c.Save == nil && s.train == nil {
		s.refuse("there is no experiment open")
		return
	}
	switch {
	case c.Open != nil:
		s.open(c.Open)
	case c.Run != nil:
		s.run(c.Run)
	case c.Pause != nil:
		if s.phase == Running {
			s.enter(Ready)
		}
	case c.Reset != nil:
		s.leave()
		s.train.Reset()
		s.eval, s.queued, s.reason = nil, nil, nil
		s.meter.reset(s.train, s.exp)
		s.health.looked, s.health.next = 0, time.Time{}
		s.views.stale = true
		s.enter(Ready)
		s.sampler.text, s.sampler.active = nil, false
		s.sampler.begin(s)
	case c.Tune != nil:
		s.tune(c.Tune)
	case c.Watch != nil:
		s.views.watch(*c.Watch)
		s.glass.keep(*c.Watch)
	case c.Ack != nil:
		s.views.ack(c.Ack.Seq)
	case c.Predict != nil:
		s.predict(c.Predict)
	case c.Evaluate != nil:
		s.evaluate(c.Evaluate)
	case c.Generate != nil:
		s.generate(c.Generate)
	case c.Stop != nil:
		s.writer.stop(s)
	case c.Sample != nil:
		s.sampler.want = *c.Sample
		s.sampler.begin(s)
	case c.Look != nil:
		s.look(c.Look)
	case c.Keep != nil:
		s.keep.begin(c.Keep.Run)
	case c.Save != nil:
		s.keep.now = true
	case c.Browse != nil:
		s.browse(c.Browse)
	case c.Describe != nil:
		s.describe()
	case c.Preview != nil:
		s.preview(c.Preview)
	case c.Trace != nil:
		s.trace(c.Trace)
	case c.Examine != nil:
		s.examine(c.Examine)
	case c.Explain != nil:
		s.explain(c.Explain)
	}
}

// enter changes the phase and says so.
func (s *Session) enter(phase string) {
	if phase != Running {
		if s.phase == Running {
			s.checkUpNow()
		}
		s.flush()
	}
	s.phase = phase
	s.emit(Event{State: s.state()})
}

func (s *Session) open(o *Open) {
	s.leave()
	s.dismiss()
	s.of = o.Number
	s.exp, s.set, s.train, s.eval, s.queued = nil, nil, nil, nil, nil
	s.loaded, s.shelf = nil, nil
	s.record, s.prior, s.reason = nil, nil, nil
	s.writer, s.sampler = writer{}, sampler{}
	s.views.stale = false
	fail := func(e *Error) {
		s.phase = Empty
		s.emit(Event{Error: e, State: s.state()})
	}
	exp, err := experiment.Parse([]byte(o.Experiment))
	if err != nil {
		fail(&Error{Code: Invalid, Message: "The experiment has problems.", Problems: problems(err)})
		return
	}
	if err := exp.CheckMemory(s.Memory, 1); err != nil {
		fail(&Error{Code: Invalid, Message: err.Error(), Problems: problems(err)})
		return
	}
	s.phase = Loading
	s.emit(Event{State: s.state(), Progress: &Progress{What: exp.Data.Source}})
	loaded, err := exp.Data.Load(exp.Seed, s.files, s.progress(exp.Data.Source))
	if err != nil {
		fail(noData(err))
		return
	}
	set, err := exp.Data.Edited(loaded)
	if err != nil {
		fail(&Error{Code: Invalid, Message: "The edits do not fit the data.", Problems: problems(err)})
		return
	}
	tr, err := train.New(exp, set, train.Options{Memory: s.Memory})
	if err != nil {
		fail(&Error{Code: Invalid, Message: "The experiment does not fit its data.", Problems: problems(err)})
		return
	}
	if err := s.pretrained(exp, tr); err != nil && o.Resume == "" { // what is resumed has its weights in its checkpoint
		fail(err)
		return
	}
	s.exp, s.set, s.loaded, s.train, s.phase = exp, set, loaded, tr, Ready
	s.document = o.Experiment
	s.meter.reset(tr, exp)
	s.health = health{facts: newFacts(exp, set)}
	kept := s.resume(o.Resume)
	s.views.stale, s.views.first = true, true
	s.glass = glass{}
	s.within = s.insides()
	model, data := s.model(), s.data()
	s.input = model.Input
	if s.words = nil; data.Vocabulary != nil {
		s.words = data.Vocabulary.Tokens
	}
	s.emit(Event{State: s.state(), Model: model, Data: data, Stats: s.meter.stats(s), Points: s.meter.take(), Changes: changes(s.train), Kept: kept})
}

// progress tells how far loading has come, a dozen times a second.
func (s *Session) progress(what string) func(done, total int64) {
	var last time.Time
	return func(done, total int64) {
		if now := time.Now(); now.Sub(last) > 80*time.Millisecond || done == total {
			last = now
			s.emit(Event{Progress: &Progress{What: what, Done: int(done), Total: int(total)}})
		}
	}
}

// pretrained loads the file of weights that the document names.
func (s *Session) pretrained(exp *experiment.Experiment, tr *train.Trainer) *Error {
	name := exp.Model.Start.Weights
	if name == "" {
		return nil
	}
	if s.files == nil {
		return failure(NoData, config.Say("there are no files here, and model.weights names %s", name))
	}
	b, err := s.files.Open(name, nil)
	if err != nil {
		return noData(err)
	}
	if _, err := tr.Load(b); err != nil {
		wrong := problems(err)
		wrong[0].Field = "model.weights"
		return &Error{Code: Invalid, Message: err.Error(), Problems: wrong}
	}
	return nil
}

func problems(err error) []Problem {
	all, ok := config.All(err)
	if !ok {
		m := config.Told(err)
		return []Problem{{Message: m.Text, Said: said(m)}}
	}
	out := make([]Problem, len(all))
	for i, e := range all {
		out[i] = problem(e)
	}
	return out
}

func (s *Session) model() *Model {
	plan, _ := s.exp.Plan() // it was checked when it was read
	m := &Model{Input: plan.Input, Parameters: plan.Parameters, FLOPs: float64(plan.FLOPs), Bytes: int(s.train.Bytes()), Insides: s.within}
	paths := s.train.Paths()
	for _, r := range plan.Rows {
		l := Layer{ID: r.ID, Type: r.Type, Output: r.Output, Parameters: r.Params, FLOPs: float64(r.FLOPs)}
		l.Parts, l.Weights = s.parts(paths, r.ID)
		m.Layers = append(m.Layers, l)
	}
	return m
}

func (s *Session) data() *Data {
	d := &Data{Source: s.exp.Data.Source, X: s.set.Meta.X, Classes: s.set.Meta.Classes,
		Low: s.set.Meta.Range[0], High: s.set.Meta.Range[1]}
	d.Train, d.Validation, d.Test = s.train.Samples()
	d.describe(s.set.Meta, s.vocabulary())
	d.Features = s.features()
	s.baselines = CountTokens(s.train)
	for _, b := range s.baselines {
		if b.Part != "test" { // which stays sealed
			d.Baselines = append(d.Baselines, b)
		}
	}
	return d
}

// CountTokens is what counting tokens comes to, for each part; nil where the data
// does not ask for the next token of a text.
func CountTokens(t *train.Trainer) []Baseline {
	var out []Baseline
	for _, b := range t.Baselines() {
		for _, part := range []struct {
			name string
			l    *train.Likelihood
		}{{"validation", b.Validation}, {"test", b.Test}} {
			if l := part.l; l != nil {
				out = append(out, Baseline{b.Name, part.name, l.Loss, l.Perplexity, l.BitsPerCharacter})
			}
		}
	}
	return out
}

func (s *Session) run(r *Run) {
	if s.phase == Failed {
		s.refuse("training failed; reset it first")
		return
	}
	if s.train.Done() {
		s.refuse("the last epoch is over; reset, or give the experiment more epochs")
		return
	}
	switch {
	case r.Steps > 0:
		s.until = s.train.StepNumber() + r.Steps
	case s.phase != Running:
		s.until = 0
	}
	s.pace = pace{rate: r.Rate}
	if r.Alone {
		s.dismiss()
		s.alone = AloneAsked
	} else {
		s.hire()
	}
	s.enter(Running)
}

func (s *Session) predict(p *Predict) {
	if p.Text != "" {
		s.predictText(p)
		return
	}
	if want := s.set.Meta.X.Len(); len(p.Input) != want {
		s.refuse("a sample of this data has another size")
		return
	}
	x := make([]float32, len(p.Input))
	for i, v := range p.Input {
		x[i] = float32(v)
	}
	if !s.train.Fits(x) {
		s.refuse("the model's embedding has no row for one of these numbers")
		return
	}
	s.emit(Event{Prediction: &Prediction{Values: wide(s.train.Predict(nil, x)), Step: s.train.StepNumber(), For: p.For}})
}

// predictText answers what somebody has typed.
func (s *Session) predictText(p *Predict) {
	if !s.takesText() {
		s.refuse("the samples of this data are no texts that can be typed")
		return
	}
	on := subject{x: make([]float32, s.modelInput()), y: make([]float32, s.set.Meta.Y.Len())}
	s.typed(&on, p.Text)
	s.emit(Event{Prediction: &Prediction{Values: wide(s.train.Predict(nil, on.x)), Step: s.train.StepNumber(), For: p.For}})
}

func wide(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}
