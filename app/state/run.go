package state

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"descent/ml/config"
	"descent/ml/session"
)

// A Run is training that is kept: from the first step of a document to a reset, or to an edit that begins anew. Its
// weights are kept apart, by the trainer.
type Run struct {
	ID       string
	Name     string // as a person calls it, or the document's with a number
	Starred  bool
	Document string
	From     string // the run that it branched from
	Began    int64  // in milliseconds since 1970
	Changed  int64  // when it was last kept
	Files    []string

	Phase          string // of session: Done, Failed, and else as it was left
	Step, Steps    int
	Epoch          float64
	Epochs         int
	Seconds        float64 // spent training
	Parameters     int
	Kernel         string
	Workers, Cores int
	Loss, Accuracy float64 // of the latest steps; Accuracy is -1 without classes
	Train, Valid   Curve   // thinned
	Test           *session.Point

	Bytes   int  // of its weights; 0 where there are none
	Dropped bool // its weights have gone, to make room
}

// runFormat is the version of a run's text.
const runFormat = 1

// Text is the run as it is kept.
func (r *Run) Text() string {
	v := config.Obj()
	add := func(key string, x *config.Value) { v.Members = append(v.Members, config.Member{Key: key, Value: x}) }
	add("format", config.Num(runFormat))
	for _, t := range r.texts() {
		if *t.p != "" {
			add(t.key, config.Text(*t.p))
		}
	}
	for _, n := range r.numbers() {
		if x := n.get(); x != 0 {
			add(n.key, exact(x))
		}
	}
	add("starred", config.Flag(r.Starred))
	add("dropped", config.Flag(r.Dropped))
	if len(r.Files) > 0 {
		files := config.List()
		for _, f := range r.Files {
			files.Items = append(files.Items, config.Text(f))
		}
		add("files", files)
	}
	add("train", written(r.Train.Points))
	add("validation", written(r.Valid.Points))
	if r.Test != nil {
		add("test", written([]session.Point{*r.Test}))
	}
	return string(v.Append(nil, ""))
}

// ReadRun reads what Text wrote.
func ReadRun(text string) (Run, error) {
	var r Run
	v, err := config.Parse([]byte(text))
	if err != nil {
		return r, err
	}
	if f := v.Get("format"); f == nil || f.Num != runFormat {
		return r, fmt.Errorf("state: the run is of a format that this program does not know")
	}
	for _, t := range r.texts() {
		if x := v.Get(t.key); x != nil && x.Kind == config.String {
			*t.p = x.Str
		}
	}
	for _, n := range r.numbers() {
		n.set(float(v.Get(n.key)))
	}
	r.Starred, r.Dropped = isTrue(v.Get("starred")), isTrue(v.Get("dropped"))
	if files := v.Get("files"); files != nil {
		for _, f := range files.Items {
			r.Files = append(r.Files, f.Str)
		}
	}
	r.Train.Points, r.Valid.Points = points("train", v.Get("train")), points("validation", v.Get("validation"))
	r.Train.calm, r.Valid.calm = true, true
	if test := points("test", v.Get("test")); len(test) > 0 {
		r.Test = &test[0]
	}
	if r.ID == "" || r.Document == "" {
		return r, fmt.Errorf("state: the run has no name or no document")
	}
	return r, nil
}

type namedText struct {
	key string
	p   *string
}

func (r *Run) texts() []namedText {
	return []namedText{{"id", &r.ID}, {"name", &r.Name}, {"document", &r.Document}, {"from", &r.From}, {"phase", &r.Phase}, {"kernel", &r.Kernel}}
}

type namedNumber struct {
	key string
	get func() float64
	set func(float64)
}

func (r *Run) numbers() []namedNumber {
	whole := func(key string, p *int) namedNumber {
		return namedNumber{key, func() float64 { return float64(*p) }, func(x float64) { *p = int(x) }}
	}
	long := func(key string, p *int64) namedNumber {
		return namedNumber{key, func() float64 { return float64(*p) }, func(x float64) { *p = int64(x) }}
	}
	real := func(key string, p *float64) namedNumber {
		return namedNumber{key, func() float64 { return *p }, func(x float64) { *p = x }}
	}
	return []namedNumber{long("began", &r.Began), long("changed", &r.Changed), whole("step", &r.Step), whole("steps", &r.Steps),
		real("epoch", &r.Epoch), whole("epochs", &r.Epochs), real("seconds", &r.Seconds), whole("parameters", &r.Parameters),
		whole("workers", &r.Workers), whole("cores", &r.Cores), real("loss", &r.Loss), real("accuracy", &r.Accuracy), whole("bytes", &r.Bytes)}
}

// exact writes a number; JSON has no infinities.
func exact(x float64) *config.Value {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return config.Text(strconv.FormatFloat(x, 'g', -1, 64))
	}
	return config.Num(x)
}

func float(v *config.Value) float64 {
	switch {
	case v == nil:
		return 0
	case v.Kind == config.String:
		x, err := strconv.ParseFloat(v.Str, 64)
		if err != nil {
			return 0
		}
		return x
	}
	return v.Num
}

func isTrue(v *config.Value) bool { return v != nil && v.Bool }

// written is points as rows of step, epoch, loss, accuracy, seconds and rate.
func written(points []session.Point) *config.Value {
	out := config.List()
	for _, p := range points {
		out.Items = append(out.Items, config.List(exact(float64(p.Step)), exact(p.Epoch), exact(p.Loss), exact(p.Accuracy), exact(p.Seconds), exact(p.Rate)))
	}
	return out
}

func points(curve string, v *config.Value) (out []session.Point) {
	if v == nil {
		return nil
	}
	for _, row := range v.Items {
		at := func(i int) float64 {
			if i < len(row.Items) {
				return float(row.Items[i])
			}
			return 0
		}
		out = append(out, session.Point{Curve: curve, Step: int(at(0)), Epoch: at(1), Loss: at(2), Accuracy: at(3), Seconds: at(4), Rate: at(5)})
	}
	return out
}

// runPoints bounds the points of a curve that are kept with a run; all of them are with its weights.
const runPoints = 150

// thinned is the curve with fewer points, evenly spread, up to a step.
func thinned(c Curve, until int) Curve {
	points := slices.Clone(c.Points)
	points = slices.DeleteFunc(points, func(p session.Point) bool { return p.Step > until })
	if n := len(points); n > runPoints {
		kept := make([]session.Point, runPoints)
		for i := range kept {
			kept[i] = points[i*(n-1)/(runPoints-1)]
		}
		points = kept
	}
	return Curve{Points: points, calm: true}
}

// Best is the least validation loss, or training loss where nothing was validated.
func (r *Run) Best() (loss float64, ok bool) {
	points := r.Valid.Points
	if len(points) == 0 {
		points = r.Train.Points
	}
	loss = math.Inf(1)
	for _, p := range points {
		if p.Loss < loss { // false of what is no number
			loss, ok = p.Loss, true
		}
	}
	return loss, ok
}

// Top is the best validation accuracy, or training accuracy where nothing was validated; false without classes.
func (r *Run) Top() (accuracy float64, ok bool) {
	points := r.Valid.Points
	if len(points) == 0 {
		points = r.Train.Points
	}
	accuracy = -1
	for _, p := range points {
		if p.Accuracy > accuracy { // false of what is no number
			accuracy = p.Accuracy
		}
	}
	return accuracy, accuracy >= 0
}

// CSV is the curves of a run as a table: a row for each step that was measured.
func (r *Run) CSV() string {
	b := []byte("step,epoch,seconds,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate\n")
	train, valid := r.Train.Points, r.Valid.Points
	number := func(x float64, there bool) {
		if b = append(b, ','); there {
			b = strconv.AppendFloat(b, x, 'g', -1, 64)
		}
	}
	for len(train) > 0 || len(valid) > 0 {
		var a, v *session.Point
		if len(train) > 0 && (len(valid) == 0 || train[0].Step <= valid[0].Step) {
			a = &train[0]
		}
		if len(valid) > 0 && (a == nil || valid[0].Step == a.Step) {
			v = &valid[0]
		}
		at := a
		if a != nil {
			train = train[1:]
		} else {
			at = v
		}
		if v != nil {
			valid = valid[1:]
		}
		b = strconv.AppendInt(b, int64(at.Step), 10)
		number(at.Epoch, true)
		number(at.Seconds, true)
		number(lossOf(a))
		number(accuracyOf(a))
		number(lossOf(v))
		number(accuracyOf(v))
		number(at.Rate, a != nil)
		b = append(b, '\n')
	}
	return string(b)
}

func lossOf(p *session.Point) (float64, bool) {
	if p == nil {
		return 0, false
	}
	return p.Loss, true
}

func accuracyOf(p *session.Point) (float64, bool) {
	if p == nil || p.Accuracy < 0 {
		return 0, false
	}
	return p.Accuracy, true
}
