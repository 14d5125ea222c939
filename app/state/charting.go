package state

import (
	"math"
	"slices"

	"descent/ml/experiment"
	"descent/ml/optim"
	"descent/ml/session"
)

// Charting is how the curves of training are drawn, and which others beside them.
type Charting struct {
	Overlays  []Overlay // other runs, drawn behind this one
	Smoothing float64   // how much of the running mean stays at each point; 0 for the points as they are
	Axis      string    // what x counts: ByEpoch, ByStep or ByTime
	LogX      bool      // x has a logarithmic scale
	Quality   string    // what the second chart shows: a metric; "" for accuracy, or what the model has instead
	Inner     string    // what the third chart shows: OfRate, OfGradient or OfRatio
	Zoom      Span      // the part of x on show, in units of Axis

	qualities   []string // of the experiment after it, with the data after that
	qualitiesOf *experiment.Experiment
	measuredOn  *session.Data
}

// An Overlay is another run, drawn beside the one in progress.
type Overlay struct {
	ID           string // the run's
	Name         string
	Colour       string // a token of the style sheet, "overlay-1"; "" lets the chart choose
	Train, Valid Curve
}

// A Span is a part of an axis; one without length is all of it.
type Span struct{ From, To float64 }

// All reports whether the span is the whole axis.
func (s Span) All() bool { return !(s.To > s.From) }

// What x counts.
const (
	ByEpoch = "epoch"
	ByStep  = "step"
	ByTime  = "time"
)

// Axes is what can be chosen for x.
var Axes = []string{ByEpoch, ByStep, ByTime}

// What a curve shows beside the metrics of package experiment.
const (
	OfRate     = "lr"        // the learning rate
	OfGradient = "grad_norm" // the length of the gradient
	OfRatio    = "ratio"     // how far a step goes, as a part of the weights
)

// Inners is what the chart of the inner workings can show.
var Inners = []string{OfRate, OfGradient, OfRatio}

// What can be done with the charts.
type (
	Compare  struct{ Runs []Overlay } // these are drawn behind, and no others
	Smooth   struct{ To float64 }
	SetAxis  struct{ Of string }
	ShowLogX struct{ On bool }
	Measure  struct{ Of string } // what the second chart shows
	ShowIn   struct{ Of string } // what the third chart shows
	Zoom     struct{ To Span }
	ZoomBy   struct{ In, Along float64 } // keys: In makes the part on show so many times narrower, Along moves it by so many of its widths
)

func (Compare) action()  {}
func (Smooth) action()   {}
func (SetAxis) action()  {}
func (ShowLogX) action() {}
func (Measure) action()  {}
func (ShowIn) action()   {}
func (Zoom) action()     {}
func (ZoomBy) action()   {}

func startingCharting() Charting { return Charting{Axis: ByEpoch, Inner: OfRate} }

// KeptCharts is how the charts are drawn, as it is remembered between visits.
func (s *Store) KeptCharts() map[string]int {
	flag := map[bool]int{true: 1}
	return map[string]int{"smooth": int(math.Round(100 * s.Smoothing)), "axis": slices.Index(Axes, s.Axis), "log_x": flag[s.LogX], "log_y": flag[s.Log]}
}

// RecallCharts brings it back; what is missing or cannot be stays as it is.
type RecallCharts struct{ Kept map[string]int }

func (RecallCharts) action() {}

func (s *Store) recallCharts(kept map[string]int) {
	if v, ok := kept["smooth"]; ok && v >= 0 && v < 100 {
		s.Smoothing = float64(v) / 100
	}
	if v, ok := kept["axis"]; ok && v >= 0 && v < len(Axes) {
		s.Axis = Axes[v]
	}
	if v, ok := kept["log_x"]; ok {
		s.LogX = v == 1
	}
	if v, ok := kept["log_y"]; ok {
		s.Log = v == 1
	}
}

// chart does what is about the charts.
func (s *Store) chart(a Action) []session.Command {
	s.touch(OnCharts)
	c := &s.Charting
	switch a := a.(type) {
	case Compare:
		c.Overlays = a.Runs
	case Smooth:
		c.Smoothing = min(max(a.To, 0), 0.99)
	case SetAxis:
		if slices.Contains(Axes, a.Of) && a.Of != c.Axis {
			c.Axis, c.Zoom = a.Of, Span{}
		}
	case ShowLogX:
		c.LogX = a.On
	case RecallCharts:
		s.recallCharts(a.Kept)
	case Measure:
		c.Quality = a.Of
		return s.look()
	case ShowIn:
		if slices.Contains(Inners, a.Of) {
			c.Inner = a.Of
		}
	case Zoom:
		c.Zoom = s.clip(a.To)
	case ZoomBy:
		c.Zoom = s.zoomed(a)
	}
	return nil
}

// Extent is all of the x axis: from nothing to the latest point of any curve.
func (s *Store) Extent() Span {
	out := Span{}
	widen := func(c *Curve) {
		if p, ok := c.Last(); ok {
			out.To = max(out.To, s.X(p))
		}
	}
	widen(&s.Train)
	widen(&s.Valid)
	for i := range s.Overlays {
		widen(&s.Overlays[i].Train)
		widen(&s.Overlays[i].Valid)
	}
	return out
}

// clip keeps a part within the axis; all of it is no part.
func (s *Store) clip(z Span) Span {
	all := s.Extent()
	z.From, z.To = max(z.From, all.From), min(z.To, all.To)
	if z.All() || z == all {
		return Span{}
	}
	return z
}

func (s *Store) zoomed(by ZoomBy) Span {
	now := s.Charting.Zoom
	if now.All() {
		now = s.Extent()
	}
	width := now.To - now.From
	middle := (now.From+now.To)/2 + by.Along*width
	if by.In > 0 {
		width /= by.In
	}
	all := s.Extent()
	width = max(width, (all.To-all.From)/1000)
	middle = min(max(middle, all.From+width/2), max(all.To-width/2, all.From+width/2))
	return s.clip(Span{middle - width/2, middle + width/2})
}

// X is where a point stands on the axis.
func (s *Store) X(p session.Point) float64 {
	switch s.Axis {
	case ByStep:
		return float64(p.Step)
	case ByTime:
		return p.Seconds
	}
	return p.Epoch
}

// Measurement is what a point holds of a quantity: a metric's name, OfRate, OfGradient or OfRatio. False where it holds none.
func Measurement(p session.Point, of string) (float64, bool) {
	v := math.NaN()
	switch of {
	case "loss":
		v = p.Loss
	case "accuracy":
		if p.Accuracy >= 0 {
			v = p.Accuracy
		}
	case OfRate:
		if p.Curve == "train" {
			v = p.Rate
		}
	case OfGradient, OfRatio:
		if v = p.GradNorm; of == OfRatio {
			v = p.Ratio
		}
		if v == 0 {
			v = math.NaN()
		}
	default:
		if i := slices.Index(p.Metrics, of); i >= 0 && i < len(p.Values) {
			v = p.Values[i]
		}
	}
	return v, v == v
}

// A Line is what a chart draws of a curve.
type Line struct{ X, Y []float64 }

// Line is a curve's points, as they are.
func (s *Store) Line(c *Curve, of string) (l Line) {
	for _, p := range c.Points {
		if y, ok := Measurement(p, of); ok && (!s.LogX || s.X(p) > 0) {
			l.X, l.Y = append(l.X, s.X(p)), append(l.Y, y)
		}
	}
	return l
}

// Smoothed is a running mean of a line,
//
//	m = keep·m + (1-keep)·y        shown: m / (1 - keepⁿ)
//
// which is corrected for having begun at nothing, as TensorBoard does. What is no number is left as it is.
func Smoothed(l Line, keep float64) Line {
	if keep <= 0 {
		return l
	}
	out := Line{X: l.X, Y: make([]float64, len(l.Y))}
	mean, weight := 0.0, 0.0
	for i, y := range l.Y {
		if math.IsInf(y, 0) || y != y {
			out.Y[i] = y
			continue
		}
		mean, weight = keep*mean+(1-keep)*y, keep*weight+(1-keep)
		out.Y[i] = mean / weight
	}
	return out
}

// Qualities lists the metrics that the model's validations can show, beside the loss; accuracy is the first.
func (s *Store) Qualities() []string {
	if s.qualitiesOf == s.Experiment && s.measuredOn == s.Data {
		return s.qualities
	}
	s.qualitiesOf, s.measuredOn, s.qualities = s.Experiment, s.Data, nil
	e := s.Experiment
	if e != nil && !e.Data.Known() {
		e, _ = s.informed()
	}
	if e != nil {
		for _, m := range e.Measured() {
			if m != "loss" {
				s.qualities = append(s.qualities, m)
			}
		}
	}
	return s.qualities
}

// QualityShown is the metric of the second chart; "" where there is none.
func (s *Store) QualityShown() string {
	all := s.Qualities()
	if slices.Contains(all, s.Quality) {
		return s.Quality
	}
	if len(all) > 0 && all[0] == "accuracy" {
		return "accuracy"
	}
	return ""
}

// measuring reports whether validations are to measure more than they do anyway.
func (s *Store) measuring() bool { return s.QualityShown() != "" && s.QualityShown() != "accuracy" }

// scheduled is how many points the drawn schedule has.
const scheduled = 240

// Schedule is the learning rate over the steps of this run: what the steps so far had, and what the schedule will make
// of the rate that is set now. A schedule that goes by validations keeps what it has come to; nobody knows its cuts.
func (s *Store) Schedule() (past, ahead Line) {
	e := s.Experiment
	if e == nil {
		return past, ahead
	}
	perEpoch, steps := s.Steps()
	if steps == 0 {
		return past, ahead
	}
	last := -1.0
	for _, p := range s.Train.Points {
		past.X, past.Y = append(past.X, float64(p.Step)), append(past.Y, p.Rate)
		last = p.Rate
	}
	from := s.State.Step
	_, watches := e.Train.Rates.(optim.Watcher)
	stride := max(1, (steps-from)/scheduled)
	for step := from; step < steps; step += stride {
		rate := e.Train.Rates.Rate(e.Train.Settings.Rate(), optim.Moment{Step: step, Steps: steps, PerEpoch: perEpoch})
		if watches && last >= 0 {
			rate = last
		}
		ahead.X, ahead.Y = append(ahead.X, float64(step+1)), append(ahead.Y, rate)
	}
	return past, ahead
}

// Steps returns the steps of an epoch and of the whole training, as the trainer told or as the document plans them.
func (s *Store) Steps() (perEpoch, all int) {
	e := s.Experiment
	if perEpoch = s.State.Steps; perEpoch == 0 {
		perEpoch = s.Plan.Steps
	}
	if e != nil && e.Train.Steps > 0 {
		return perEpoch, e.Train.Steps
	}
	if e == nil {
		return perEpoch, 0
	}
	return perEpoch, perEpoch * e.Train.Epochs
}

// told takes in the changes of this run, one for each step and setting. One that was taken back is none.
func (s *Store) told(changes []session.Change) {
	s.touch(OnRun)
	for _, c := range changes {
		same := func(o session.Change) bool { return o.Step == c.Step && o.Field == c.Field }
		s.Changes = slices.DeleteFunc(s.Changes, same)
		if c.From != c.To {
			s.Changes = append(s.Changes, c)
		}
	}
	slices.SortStableFunc(s.Changes, func(a, b session.Change) int { return a.Step - b.Step })
}

// Latest returns the latest point of a curve that holds a quantity: not all hold all.
func (s *Store) Latest(c *Curve, of string) (session.Point, bool) {
	for i := len(c.Points) - 1; i >= 0; i-- {
		if _, ok := Measurement(c.Points[i], of); ok {
			return c.Points[i], true
		}
	}
	return session.Point{}, false
}

// At returns the latest point of a curve at a place of the axis or before it; false when there is none.
func (s *Store) At(c *Curve, x float64) (session.Point, bool) {
	for i := len(c.Points) - 1; i >= 0; i-- {
		if s.X(c.Points[i]) <= x+1e-6*max(1, x) {
			return c.Points[i], true
		}
	}
	return session.Point{}, false
}
