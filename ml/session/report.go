package session

import (
	"math"

	"descent/ml/evaluation"
	"descent/ml/experiment"
	"descent/ml/train"
)

// A record is an evaluation that was reported, with what the model answered.
type record struct {
	name    string
	part    train.Part
	step    int
	outputs *evaluation.Outputs
	orders  map[Examine][]int // that were asked for, without From and Count
}

// extra are figures that training cannot be steered by, and where they stand
// among those of experiment.Metrics: before the one named.
var extra = []struct{ name, before string }{{"average_precision", "perplexity"}, {"log_loss", "perplexity"}, {"mse", "rmse"}}

// report puts what was measured into a message, and remembers the answers.
func (s *Session) report(e *train.Evaluation, name string) *Report {
	s.record = &record{name: name, part: partNames[name], step: s.train.StepNumber(), outputs: e.Outputs(), orders: map[Examine][]int{}}
	if s.prior == nil {
		prior := s.train.Prior()
		s.prior = &prior
	}
	return NewReport(s.train, e, name, s.exp.Seed, *s.prior, s.baselines)
}

// NewReport works out all that is to be said of an evaluation that was over and
// kept its answers. The part is "train", "validation" or "test"; the prior is
// the trainer's, and counted what counting tokens comes to.
func NewReport(t *train.Trainer, e *train.Evaluation, name string, seed uint64, prior evaluation.Constant, counted []Baseline) *Report {
	r, o := e.Report(), e.Outputs()
	out := &Report{Part: name, Step: t.StepNumber(), Count: r.Count, K: r.K, Opened: t.Opened(),
		Classes: o.Classes, Single: o.Single, Cut: o.Cut, Decisions: len(o.Truth)}
	more := o.More()
	var areas []evaluation.AreaOf
	for _, c := range r.Classes {
		areas = append(areas, evaluation.AreaOf{Area: c.AUC, Positive: c.Samples, Negative: len(o.Truth) - c.Samples})
	}
	intervals := o.Intervals(evaluation.Measured{Values: r.Values, Decisions: r.Scored, Correct: r.Correct,
		Sequences: r.Sequences, Exact: r.Exact, Top: r.Values["top_k"], Areas: areas}, seed)
	two := o.Single && o.Classes == 2 && r.Confusion == nil // one probability for two classes
	if two {
		macro := evaluation.Macro(o.Confusion(), 2)
		r.Values["precision"], r.Values["recall"], r.Values["f1"] = macro[0], macro[1], macro[2]
	}
	put := func(name string, v float64) {
		i, ok := intervals[name]
		if !ok {
			i = evaluation.Unknown()
		}
		out.Metrics, out.Values = append(out.Metrics, name), append(out.Values, v)
		out.Low, out.High, out.Methods = append(out.Low, i.Low), append(out.High, i.High), append(out.Methods, i.Method)
	}
	for _, m := range experiment.Metrics {
		for _, x := range extra {
			if v, ok := more[x.name]; ok && x.before == m.Type {
				put(x.name, v)
			}
		}
		if v, ok := r.Values[m.Type]; ok && (m.Type != "bits_per_character" || t.Experiment().Data.Settings.Meta().Text != nil) {
			put(m.Type, v)
		}
	}
	for _, c := range r.Classes {
		out.Precision = append(out.Precision, c.Precision)
		out.Recall = append(out.Recall, c.Recall)
		out.F1 = append(out.F1, c.F1)
		out.AUC = append(out.AUC, c.AUC)
		out.Samples = append(out.Samples, c.Samples)
	}
	for _, row := range r.Confusion {
		out.Confusion = append(out.Confusion, row...)
	}
	if two {
		ofTwo(out, o)
	}
	for i := range o.Truth {
		if o.Truth[i] != o.Guess[i] {
			out.Mistakes++
		}
	}
	out.Beside = beside(name, o, r.K, prior, counted)
	if o.Classes > 0 && len(o.Truth) > 0 {
		out.Calibration = calibrationOf(o.Calibrate())
	}
	if c, ok := o.Trace(1); ok && o.Classes == 2 {
		out.Curve = curveOf(c)
	}
	if res, ok := o.Residuals(0); ok {
		out.Residuals = residualsOf(res, o.Width)
	}
	out.Explains = explains(t, partNames[name])
	return out
}

// partNames are the parts by their names.
var partNames = map[string]train.Part{"train": train.Training, "validation": train.Validation, "test": train.Test}

// ofTwo adds the lines of both classes where the model tells one probability:
// the report has a line for the question alone.
func ofTwo(out *Report, o *evaluation.Outputs) {
	out.Confusion = o.Confusion()
	auc := math.NaN()
	if len(out.AUC) == 1 {
		auc = out.AUC[0]
	}
	out.Precision, out.Recall, out.F1, out.AUC, out.Samples = nil, nil, nil, nil, nil
	share := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return float64(a) / float64(b)
	}
	for k := range 2 {
		right, missed, wrong := out.Confusion[3*k], out.Confusion[2*k+1-k], out.Confusion[2*(1-k)+k]
		out.Precision = append(out.Precision, share(right, right+wrong))
		out.Recall = append(out.Recall, share(right, right+missed))
		out.F1 = append(out.F1, share(2*right, 2*right+wrong+missed))
		out.AUC = append(out.AUC, auc)
		out.Samples = append(out.Samples, right+missed)
	}
}

// beside is what the baselines reach on the same samples.
func beside(part string, o *evaluation.Outputs, k int, prior evaluation.Constant, counted []Baseline) (out []Beside) {
	add := func(name string, figures map[string]float64) {
		b := Beside{Name: name}
		for _, m := range experiment.Metrics {
			for _, x := range extra {
				if v, ok := figures[x.name]; ok && x.before == m.Type {
					b.Metrics, b.Values = append(b.Metrics, x.name), append(b.Values, v)
				}
			}
			if v, ok := figures[m.Type]; ok {
				b.Metrics, b.Values = append(b.Metrics, m.Type), append(b.Values, v)
			}
		}
		if len(b.Metrics) > 0 {
			out = append(out, b)
		}
	}
	if o.Single {
		add("prior", prior.Measure(o, k))
	}
	for _, b := range counted {
		if b.Part == part {
			add(b.Name, map[string]float64{"loss": b.Loss, "log_loss": b.Loss, "perplexity": b.Perplexity, "bits_per_character": b.BitsPerCharacter})
		}
	}
	return out
}

func calibrationOf(c evaluation.Calibration) *Calibration {
	out := &Calibration{Error: c.Error}
	for _, b := range c.Bins {
		out.Counts, out.Sure, out.Accuracy = append(out.Counts, b.Count), append(out.Sure, b.Sure), append(out.Accuracy, b.Accuracy)
	}
	return out
}

func curveOf(c evaluation.Curve) *Curve {
	out := &Curve{Class: c.Class, Positive: c.Positive, Negative: c.Negative, Hits: c.Hits, Alarms: c.Alarms, Area: c.Area, Precision: c.Precision}
	for _, at := range c.At {
		out.HitsAt, out.AlarmsAt = append(out.HitsAt, at.Hits), append(out.AlarmsAt, at.Alarms)
	}
	return out
}

func residualsOf(r evaluation.Residuals, outputs int) *Residuals {
	return &Residuals{Output: r.Output, Outputs: outputs, Count: r.Count, Mean: r.Mean, SD: r.SD, Low: r.Low, High: r.High,
		Histogram: r.Histogram[:], Answered: r.Answered, Told: r.Told}
}

// trace answers with the curve of another class, or the residuals of another output.
func (s *Session) trace(t *Trace) {
	if s.record == nil {
		s.refuse("nothing was evaluated yet")
		return
	}
	o := s.record.outputs
	if c, ok := o.Trace(t.Of); ok {
		s.emit(Event{Curve: curveOf(c)})
	} else if r, ok := o.Residuals(t.Of); ok {
		s.emit(Event{Residuals: residualsOf(r, o.Width)})
	} else {
		s.refuse("there is no class or output %d to follow", t.Of)
	}
}
