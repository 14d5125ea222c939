// Package diagnose looks at a training as somebody with experience would: at
// its curves, at the figures of its layers and at what is known of its samples.
// It tells what it sees with the numbers, why that is, and what can be changed
// in the document about it. It would rather say nothing than raise a false
// alarm, so its limits are wide.
//
// Everything here is a function of what it is given; nothing is remembered.
package diagnose

import (
	"math"
	"slices"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/session"
)

// A Run is what is known of a training.
type Run struct {
	Experiment *experiment.Experiment
	Classes    []string // nil for values
	Tokens     bool     // the samples are tokens
	Parameters int
	Samples    int             // that are trained on
	Train      []session.Point // in the order of their steps
	Valid      []session.Point
	First      float64 // the loss of the first step; 0 for that of the first point
	Step       int     // steps done
	PerEpoch   int     // steps in an epoch
	Steps      int     // in the whole training
	Failed     bool
	Fault      string // of a failure, the first node where it showed: "input" or "target" when the data is to blame
	Checkup    *session.Checkup
	Facts      *session.Facts
}

// Kinds of findings.
const (
	Diverged    = "diverged"
	BrokenData  = "broken_data"
	Exploding   = "exploding"
	Vanishing   = "vanishing"
	DeadReLU    = "dead_relu"
	Crawling    = "crawling" // the learning rate is too small
	Oscillating = "oscillating"
	Plateau     = "plateau"
	Underfit    = "underfit"
	Overfit     = "overfit"
	Imbalance   = "imbalance"
	Duplicates  = "duplicates" // samples are in the training and the validation part
	Telling     = "telling"    // one column gives the answer away
	TooGood     = "too_good"   // all is right at once
	Unscaled    = "unscaled"
)

// Kinds lists all kinds of findings, the gravest first.
var Kinds = []string{BrokenData, Diverged, Exploding, Vanishing, DeadReLU, Duplicates, Telling, TooGood, Crawling, Oscillating,
	Unscaled, Imbalance, Overfit, Underfit, Plateau}

// A Finding is something that is wrong with a training.
type Finding struct {
	Kind  string
	Seen  config.Message // with the numbers
	Why   config.Message
	Fixes []Fix // the likeliest first
}

// A Fix is a change of the document that may help.
type Fix struct {
	Kind   string
	Does   config.Message
	Set    []Setting
	Insert []Insertion
	Look   string // no change but a look at a stage: "data"
}

// A Setting is what is written into the document at a path.
type Setting struct {
	Path string
	To   *config.Value
}

// An Insertion is a layer that comes before a node.
type Insertion struct {
	Before string
	Type   string
	Config *config.Value
}

// Apply makes the change in a document.
func (f Fix) Apply(tree *config.Value) {
	for _, s := range f.Set {
		tree.Set(s.Path, s.To.Clone())
	}
	nodes := tree.Get("model").Get("nodes")
	if nodes == nil {
		return
	}
	for _, in := range f.Insert {
		at := slices.IndexFunc(nodes.Items, func(n *config.Value) bool { return str(n.Get("id")) == in.Before })
		if at < 0 {
			continue
		}
		id := in.Type
		for n := 2; slices.ContainsFunc(nodes.Items, func(v *config.Value) bool { return str(v.Get("id")) == id }); n++ {
			id = in.Type + string(config.Num(float64(n)).Append(nil, ""))
		}
		node := config.Obj(config.Member{Key: "id", Value: config.Text(id)}, config.Member{Key: "type", Value: config.Text(in.Type)},
			config.Member{Key: "config", Value: in.Config.Clone()})
		if from := nodes.Items[at].Get("from"); from != nil { // what it read, the new one reads
			node.Members = append(node.Members, config.Member{Key: "from", Value: from.Clone()})
			nodes.Items[at].Set("from", config.List(config.Text(id)))
		}
		nodes.Items = slices.Insert(nodes.Items, at, node)
	}
}

func str(v *config.Value) string {
	if v == nil {
		return ""
	}
	return v.Str
}

// several is what is said of n things: English tells one from more.
func several(n int, one, more config.Message) config.Message {
	if n == 1 {
		return one
	}
	return more
}

// Findings returns what is wrong, the gravest first. A training that diverged
// has no other illness worth telling of.
func Findings(r *Run) []Finding {
	if r.Experiment == nil {
		return nil
	}
	var out []Finding
	for _, look := range []func(*Run) (Finding, bool){brokenData, diverged, exploding, vanishing, deadReLU, duplicates, telling, tooGood,
		crawling, oscillating, unscaled, imbalance, overfit, underfit, plateau} {
		f, found := look(r)
		if !found || f.Kind == Plateau && slices.ContainsFunc(out, stuck) {
			continue
		}
		out = append(out, f)
		if f.Kind == Diverged || f.Kind == BrokenData {
			break
		}
	}
	return out
}

// stuck reports whether a finding is a reason for a plateau.
func stuck(f Finding) bool {
	switch f.Kind {
	case Crawling, Oscillating, Underfit, Vanishing, DeadReLU, Exploding:
		return true
	}
	return false
}

// losses are the training losses of the points.
func losses(points []session.Point) []float64 {
	out := make([]float64, len(points))
	for i, p := range points {
		out[i] = p.Loss
	}
	return out
}

func column(points []session.Point, of func(session.Point) float64) []float64 {
	var out []float64
	for _, p := range points {
		if v := of(p); v > 0 && !math.IsInf(v, 0) {
			out = append(out, v)
		}
	}
	return out
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(max(1, len(x)))
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// last returns at most n of the end.
func last[T any](x []T, n int) []T { return x[max(0, len(x)-n):] }

// first is the loss before anything was learned.
func (r *Run) first() float64 {
	if r.First > 0 || len(r.Train) == 0 {
		return r.First
	}
	return r.Train[0].Loss
}

// guessing is about what who knows nothing loses: the first loss, or that of
// holding all classes for as likely, which is the more.
func (r *Run) guessing() float64 {
	if r.Experiment.Train.Loss == "cross_entropy" && len(r.Classes) > 1 {
		return max(r.first(), math.Log(float64(len(r.Classes))))
	}
	return r.first()
}

// begin is about the loss that training began with.
func (r *Run) begin() float64 {
	return min(median(losses(r.Train[:min(len(r.Train), 5)])), 1.5*r.guessing())
}

// now is the loss of late.
func (r *Run) now() float64 { return median(losses(last(r.Train, 5))) }

// since returns the points of the training curve from a share of the steps on.
func since(points []session.Point, step float64) []session.Point {
	i := slices.IndexFunc(points, func(p session.Point) bool { return float64(p.Step) >= step })
	if i < 0 {
		return nil
	}
	return points[i:]
}

// level reports whether the training loss fell by less than a share from the
// middle third of the last 60 % of the steps to the last one.
func (r *Run) level(share float64) bool {
	step := float64(r.Step)
	recent := since(r.Train, 0.8*step)
	before := since(r.Train, 0.6*step)
	if len(recent) < 5 || len(before)-len(recent) < 5 {
		return false
	}
	then := mean(losses(before[:len(before)-len(recent)]))
	return mean(losses(recent)) > (1-share)*then
}

// settled reports whether there was time to learn something.
func (r *Run) settled() bool {
	return r.Step >= 300 && 5*r.Step >= r.Steps && len(r.Train) >= 30
}
