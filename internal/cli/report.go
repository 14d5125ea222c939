package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"descent/ml/experiment"
	"descent/ml/train"
)

// A real is a number that may be infinite or none, which JSON writes as null.
type real float64

func (x real) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(x))
}

// reals are numbers by name.
func reals(from map[string]float64) map[string]real {
	to := make(map[string]real, len(from))
	for name, x := range from {
		to[name] = real(x)
	}
	return to
}

// scores is what is measured of a part of the data.
type scores struct {
	Loss     real     `json:"loss"`
	Accuracy *float64 `json:"accuracy,omitempty"`    // of classes only
	Exact    *float64 `json:"exact_match,omitempty"` // of sequences of classes only
}

func score(m train.Metrics) *scores {
	s := &scores{Loss: real(m.Loss())}
	if a, ok := m.Accuracy(); ok {
		s.Accuracy = &a
	}
	if a, ok := m.ExactMatch(); ok {
		s.Exact = &a
	}
	return s
}

func (s *scores) String() string {
	if s == nil {
		return "-"
	}
	text := fmt.Sprintf("loss %.4f", s.Loss)
	if s.Accuracy != nil {
		text += fmt.Sprintf(" accuracy %.4f", *s.Accuracy)
	}
	if s.Exact != nil {
		text += fmt.Sprintf(" exact match %.4f", *s.Exact)
	}
	return text
}

// An event is one line of --json and of events.jsonl.
type event struct {
	Event          string  `json:"event"`
	Name           string  `json:"name,omitempty"`
	Parameters     int     `json:"parameters,omitempty"`
	Samples        []int   `json:"samples,omitempty"` // train, validation, test
	Kernel         string  `json:"kernel,omitempty"`
	Workers        int     `json:"workers,omitempty"`
	Step           int     `json:"step,omitempty"`
	Epoch          int     `json:"epoch,omitempty"`
	Epochs         int     `json:"epochs,omitempty"`
	Seconds        float64 `json:"seconds,omitempty"`
	SamplesPerS    float64 `json:"samples_per_s,omitempty"`
	Train          *scores `json:"train,omitempty"`
	Validation     *scores `json:"validation,omitempty"`
	Test           *scores `json:"test,omitempty"`
	Message        string  `json:"message,omitempty"`
	StepsPerEpoch  int     `json:"steps_per_epoch,omitempty"`
	ResumedAtEpoch float64 `json:"resumed_at_epoch,omitempty"`

	Rate     float64 `json:"lr,omitempty"`        // of the latest step
	GradNorm float64 `json:"grad_norm,omitempty"` // likewise, before clipping
	Stopped  string  `json:"stopped,omitempty"`   // why training ended before its last step

	Steps  int                `json:"steps,omitempty"`  // that were timed
	Phases map[string]float64 `json:"phases,omitempty"` // shares of their time
	Layers []layerShare       `json:"layers,omitempty"`

	Baselines []baseline `json:"baselines,omitempty"` // of a text, what counting tokens comes to

	Metrics *metrics        `json:"metrics,omitempty"`
	Fold    int             `json:"fold,omitempty"` // counted from 1
	Folds   int             `json:"folds,omitempty"`
	Mean    map[string]real `json:"mean,omitempty"`
	SD      map[string]real `json:"sd,omitempty"`
}

// A printer tells how training goes.
type printer struct {
	json   bool
	stdout io.Writer
	log    io.Writer // events.jsonl
	bar    bar
	timed  bool // the profile is wanted

	began    time.Time
	training time.Duration // spent in steps, without evaluation
	samples  int
	latest   train.Stats
}

// emit prints an event, as JSON or as the given line.
func (p *printer) emit(e event, format string, args ...any) {
	line, err := json.Marshal(e)
	if err != nil {
		panic("cli: an event is not JSON: " + err.Error())
	}
	fmt.Fprintf(p.log, "%s\n", line)
	if p.json {
		fmt.Fprintf(p.stdout, "%s\n", line)
	} else if format != "" {
		p.bar.Clear()
		fmt.Fprintf(p.stdout, format+"\n", args...)
	}
}

func (p *printer) start(e *experiment.Experiment, t *train.Trainer, kernel string, workers int) {
	p.began = time.Now()
	a, b, c := t.Samples()
	done, part := t.Epoch()
	ev := event{Event: "start", Name: e.Name, Parameters: t.Params().Count(), Samples: []int{a, b, c}, Kernel: kernel,
		Workers: workers, Epochs: t.Epochs(), StepsPerEpoch: t.StepsPerEpoch(), ResumedAtEpoch: float64(done) + part}
	p.emit(ev, "%s: %s parameters, %s training, %s validation and %s test samples; %s on %d cores",
		e.Name, group(ev.Parameters), group(a), group(b), group(c), kernel, workers)
}

func (p *printer) rate() float64 {
	if p.training == 0 {
		return 0
	}
	return float64(p.samples) / p.training.Seconds()
}

func (p *printer) step(s train.Stats, took time.Duration) {
	p.training += took
	p.samples += s.Batch.Count
	p.latest = s
	p.bar.Step(s, p.rate())
}

func (p *printer) moment(kind string, t *train.Trainer) event {
	done, _ := t.Epoch()
	return event{Event: kind, Step: t.StepNumber(), Epoch: done, Seconds: round(time.Since(p.began).Seconds(), 3), SamplesPerS: round(p.rate(), 1),
		Rate: p.latest.Rate, GradNorm: p.latest.GradNorm, Stopped: t.Stopped()}
}

func (p *printer) epoch(t *train.Trainer, s train.Stats, validation *scores) {
	ev := p.moment("epoch", t)
	ev.Train, ev.Validation = score(s.Epoch), validation
	p.emit(ev, "epoch %d  %s  validation %s  %s samples/s", ev.Epoch, ev.Train, validation, group(int(p.rate())))
}

func (p *printer) validation(t *train.Trainer, s train.Stats, validation *scores) {
	ev := p.moment("validation", t)
	ev.Validation = validation
	p.emit(ev, "step %s  validation %s", group(s.Step), validation)
}

func (p *printer) interrupted(t *train.Trainer, r *run) {
	kept := "nothing was kept: give --out DIR to keep what is learned"
	if r.dir != "" {
		kept = "what was learned is in " + r.dir + "; go on with: descent train --resume " + r.dir
	}
	ev := p.moment("interrupted", t)
	ev.Message = kept
	p.emit(ev, "stopped after step %s; %s", group(ev.Step), kept)
}

func (p *printer) failed(t *train.Trainer, err error) {
	ev := p.moment("failed", t)
	ev.Message = err.Error()
	p.emit(ev, "")
}

// done ends the run. Its object is the one that scripts read.
func (p *printer) done(e *experiment.Experiment, t *train.Trainer) {
	measure := func(part train.Part) (*scores, train.Report) {
		of := t.Evaluate(part, 0).Detail()
		of.Run()
		r := of.Report()
		if r.Count == 0 {
			return nil, r
		}
		return score(r.Metrics), r
	}
	validation, report := measure(train.Validation)
	test, sealed := measure(train.Test)
	part, list := "validation", baselines(t)
	table := beside(list, report, sealed)
	if test != nil {
		report, part = sealed, "test"
	}
	ev := p.moment("done", t)
	ev.Parameters, ev.Epochs, ev.Epoch, ev.Step = t.Params().Count(), t.Epochs(), 0, 0
	ev.Train, ev.Validation, ev.Test = score(t.Trained()), validation, test
	if report.Count > 0 {
		ev.Metrics = measured(part, report)
	}
	ev.Baselines = list
	if ev.Stopped != "" {
		p.emit(ev, "stopped at step %s: %s\ntest     %s  (%s parameters, %.1f s)%s", group(t.StepNumber()), ev.Stopped, test, group(ev.Parameters), ev.Seconds, table)
		return
	}
	epochs := "epochs"
	if ev.Epochs == 1 {
		epochs = "epoch"
	}
	p.emit(ev, "test     %s  (%s parameters, %d %s, %.1f s)%s", test, group(ev.Parameters), ev.Epochs, epochs, ev.Seconds, table)
}

func round(x float64, digits int) float64 {
	f := math.Pow10(digits)
	return math.Round(x*f) / f
}

// group writes a number with separators: 34,826.
func group(n int) string {
	s := fmt.Sprint(n)
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), ",")
}
