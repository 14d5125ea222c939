package session

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"descent/ml/data"
	"descent/web/presets"
)

// A recorder keeps what a session sent, after a trip through JSON, and
// acknowledges views when told to.
type recorder struct {
	t      *testing.T
	events []Event
	blobs  [][][]byte
	*Session
}

func start(t *testing.T) *recorder { return startWith(t, nil) }

func startWith(t *testing.T, files data.Files) *recorder {
	r := &recorder{t: t}
	r.Session = New(files, func(e *Event, blobs [][]byte) {
		back, err := DecodeEvent(e.Encode())
		if err != nil {
			t.Fatalf("an event cannot be read: %v\n%s", err, e.Encode())
		}
		if e := back.Error; e != nil && e.Code != Invalid && len(e.Problems) == 0 && (e.Said == nil || e.Said.Text != e.Message) {
			t.Errorf("an error that no other language can tell: %s", e.Message)
		}
		r.events = append(r.events, back)
		r.blobs = append(r.blobs, blobs)
	})
	return r
}

// do sends a command through JSON, and works until nothing is left to do or
// the number of calls is used up.
func (r *recorder) do(c Command, calls int) {
	r.t.Helper()
	back, err := DecodeCommand(c.Encode())
	if err != nil || !reflect.DeepEqual(back, c) {
		r.t.Fatalf("%s became %+v (%v)", c.Encode(), back, err)
	}
	r.Do(back)
	for range calls {
		if r.Work(time.Millisecond) == Idle {
			break
		}
	}
}

// merged lays all events over each other.
func (r *recorder) merged() (m Event) {
	for _, e := range r.events {
		m.Points = append(m.Points, e.Points...)
		dst, src := reflect.ValueOf(&m).Elem(), reflect.ValueOf(e)
		for i := range src.NumField() {
			if f := src.Field(i); f.Kind() == reflect.Pointer && !f.IsNil() {
				dst.Field(i).Set(f)
			}
		}
	}
	return m
}

func document(t *testing.T, preset string, replace ...string) string {
	text, ok := presets.Text(preset)
	if !ok {
		t.Fatalf("there is no preset %s", preset)
	}
	return strings.NewReplacer(replace...).Replace(string(text))
}

func TestFirstEventIsHello(t *testing.T) {
	r := start(t)
	if h := r.events[0].Hello; h == nil || h.Version != Version || h.Kernel == "" || r.events[0].State.Phase != Empty {
		t.Errorf("the first event is %+v", r.events[0])
	}
	for _, c := range []Command{{Run: &Run{}}, {Pause: &Pause{}}, {Reset: &Reset{}}, {Predict: &Predict{Input: []float64{1}}}, {Evaluate: &Evaluate{Part: "test"}}} {
		r.events = nil
		r.do(c, 1)
		if len(r.events) != 1 || r.events[0].Error == nil || r.events[0].Error.Code != Refused {
			t.Errorf("%s on an empty session: %+v", c.Encode(), r.events)
		}
	}
}

func TestTrainToTheEnd(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 5`)}}, 1)
	m := r.merged()
	if m.State.Phase != Ready || m.State.Steps == 0 || m.State.Epochs != 5 || m.Model.Parameters == 0 || m.Data.Test == 0 {
		t.Fatalf("opened: %+v %+v %+v", m.State, m.Model, m.Data)
	}
	if m.Model.Bytes < 4*m.Model.Parameters {
		t.Errorf("%d bytes for %d parameters", m.Model.Bytes, m.Model.Parameters)
	}
	r.do(Command{Run: &Run{Steps: 3}}, 1000)
	if m = r.merged(); m.State.Phase != Ready || m.State.Step != 3 {
		t.Fatalf("after three steps: %+v", m.State)
	}
	r.do(Command{Run: &Run{}}, 100000)
	m = r.merged()
	if m.State.Phase != Done || m.State.Step != 5*m.State.Steps || m.State.Epoch != 5 {
		t.Errorf("at the end: %+v", m.State)
	}
	last, validations := 0, 0
	for _, p := range m.Points {
		if p.Step < last || !(p.Loss > 0) || p.Accuracy < 0 || p.Accuracy > 1 {
			t.Errorf("point %+v after step %d", p, last)
		}
		last = p.Step
		if p.Curve == "validation" {
			validations++
		}
	}
	if last != m.State.Step || validations != 5 {
		t.Errorf("the curve ends at %d of %d with %d validations, want 5", last, m.State.Step, validations)
	}
	if s := m.Stats; s.Step != m.State.Step || s.Epoch != 5 || !(s.SamplesPerSecond > 0) || s.SecondsLeft != 0 {
		t.Errorf("statistics at the end: %+v", s)
	}
	r.events = nil
	r.do(Command{Run: &Run{}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Errorf("running on after the end: %+v", e)
	}
	r.do(Command{Evaluate: &Evaluate{Part: "test"}}, 100)
	points := r.merged().Points
	if len(points) != 1 || points[0].Curve != "test" || points[0].Step != last {
		t.Errorf("the test gives %+v", points)
	}
}

// Reset and run again: the same points, to the last bit.
func TestResetReplays(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	var runs [2][]Point
	for i := range runs {
		r.events = nil
		r.do(Command{Run: &Run{Steps: 50}}, 1000)
		runs[i] = r.merged().Points
		for k := range runs[i] {
			runs[i][k].Seconds = 0 // which is the machine's
		}
		r.events = nil
		r.do(Command{Reset: &Reset{}}, 1)
		if s := r.merged().State; s.Step != 0 || s.Phase != Ready {
			t.Errorf("after a reset: %+v", s)
		}
	}
	if len(runs[0]) == 0 || !reflect.DeepEqual(runs[0], runs[1]) {
		t.Errorf("%d points, then %d that differ", len(runs[0]), len(runs[1]))
	}
}

func TestPauseAndTune(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Run: &Run{}}, 3)
	r.do(Command{Pause: &Pause{}}, 10)
	m := r.merged()
	if m.State.Phase != Ready || m.State.Step == 0 {
		t.Fatalf("paused: %+v", m.State)
	}
	r.do(Command{Tune: &Tune{Field: "lr", Value: 0}}, 1)
	before := append([]float32{}, r.train.Params().Value...)
	r.do(Command{Run: &Run{Steps: 5}}, 1000)
	if !reflect.DeepEqual(before, r.train.Params().Value) {
		t.Error("a learning rate of 0 moves the weights")
	}
	for _, bad := range []Tune{{Field: "lr", Value: -1}, {Field: "rl", Value: 1}} {
		r.events = nil
		r.do(Command{Tune: &bad}, 1)
		if r.merged().Error == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// What changes how much the optimizer remembers cannot be tuned while it runs.
func TestTuneKeepsTheSlots(t *testing.T) {
	r := start(t)
	text := strings.Replace(document(t, "spiral-mlp"), `"adam"`, `"rmsprop"`, 1)
	r.do(Command{Open: &Open{Experiment: text}}, 1)
	r.do(Command{Run: &Run{Steps: 3}}, 100)
	r.events = nil
	r.do(Command{Tune: &Tune{Field: "momentum", Value: 0.9}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Errorf("the answer is %+v", e)
	}
	r.do(Command{Run: &Run{Steps: 3}}, 100)
	if m := r.merged(); m.State.Step != 6 {
		t.Errorf("after it: %+v", m.State)
	}
}

// A run with a rate takes its time, and a step is never early.
func TestRate(t *testing.T) {
	p := pace{rate: 100}
	now := time.Unix(1000, 0)
	steps := 0
	for at := now; at.Before(now.Add(time.Second)); at = at.Add(time.Millisecond) {
		for p.wait(at) == 0 {
			steps++
		}
	}
	if steps < 99 || steps > 101 {
		t.Errorf("%d steps in a second, want 100", steps)
	}
	if p.wait(now.Add(time.Hour)); p.wait(now.Add(time.Hour)) <= 0 {
		t.Error("an hour that was slept through is made up for")
	}
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.Do(Command{Run: &Run{Rate: 1}})
	wait := r.Work(time.Hour) // a slow machine may not get to the pause within a short budget
	if wait <= 0 || wait > time.Second || r.train.StepNumber() != 1 {
		t.Errorf("after %d steps at one a second, wait %v", r.train.StepNumber(), wait)
	}
}

// A Run while it runs changes the rate, and not where it ends.
func TestRateWhileRunning(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.Do(Command{Run: &Run{Steps: 40, Rate: 0.1}})
	r.Work(time.Millisecond)
	if r.Work(time.Millisecond); r.train.StepNumber() != 1 {
		t.Fatalf("%d steps at one in ten seconds, want 1", r.train.StepNumber())
	}
	if s := r.meter.stats(r.Session); s.SecondsLeft < 1000 || s.SamplesPerSecond > 1 {
		t.Errorf("at one step in ten seconds: %+v", s)
	}
	r.do(Command{Run: &Run{}}, 1000)
	if m := r.merged(); m.Error != nil || m.State.Phase != Ready || m.State.Step != 40 {
		t.Errorf("at full speed it ends as %+v (%+v), want ready at step 40", m.State, m.Error)
	}
	r.Do(Command{Run: &Run{Steps: 40}})
	r.do(Command{Run: &Run{Steps: 5}}, 1000)
	if s := r.merged().State; s.Step != 45 {
		t.Errorf("five steps, asked for while it ran, end at %d, want 45", s.Step)
	}
	r.do(Command{Run: &Run{Rate: 1e9}}, 3)
	if n := r.train.StepNumber(); r.phase != Running || n < 46 {
		t.Errorf("after a run with an end, one without is %s at step %d", r.phase, n)
	}
}

func TestProblems(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "tutorial-cnn", `{"id": "flatten", "type": "flatten"},`, "", `"batch"`, `"batc"`)}}, 1)
	m := r.merged()
	if m.State.Phase != Empty || m.Error == nil || m.Error.Code != Invalid || len(m.Error.Problems) != 2 {
		t.Fatalf("%+v %+v", m.State, m.Error)
	}
	fixes := fmt.Sprint(m.Error.Problems)
	if !strings.Contains(fixes, "insert_flatten") || !strings.Contains(fixes, "dense1") || !strings.Contains(fixes, `did you mean "batch"`) {
		t.Errorf("problems: %+v", m.Error.Problems)
	}
	r.do(Command{Open: &Open{Experiment: "{"}}, 1)
	if p := r.merged().Error.Problems; len(p) != 1 || p[0].Line != 1 {
		t.Errorf("broken text: %+v", p)
	}
}

func TestDivergence(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"tanh"`, `"relu"`, `"softmax"`, `"none"`, `"cross_entropy"`, `"mse"`, `"adam", "lr": 0.003`, `"sgd", "lr": 100`)}}, 1)
	r.do(Command{Run: &Run{}}, 10000)
	m := r.merged()
	if m.State.Phase != Failed || m.Error == nil || m.Error.Code != NotFinite {
		t.Fatalf("%+v %+v", m.State, m.Error)
	}
	r.events = nil
	r.do(Command{Run: &Run{}}, 1)
	if e := r.merged().Error; e == nil || e.Code != Refused {
		t.Errorf("it runs on after it failed: %+v", e)
	}
	r.do(Command{Reset: &Reset{}}, 1)
	if s := r.merged().State; s.Phase != Ready || s.Step != 0 {
		t.Errorf("after a reset: %+v", s)
	}
}

func TestViewsOfPoints(t *testing.T) {
	r := start(t)
	r.do(Command{Watch: &Watch{Samples: 30, Checks: 7, Boundary: 16, Palette: []int{0xff0000, 0x0000ff, 0xffffff}, Low: -6, Side: 12}}, 1)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	m := r.merged()
	if m.Samples == nil || m.Samples.Count != 30 || len(m.Samples.Values) != 60 || len(m.Samples.Labels) != 30 || m.Samples.Blob != -1 {
		t.Fatalf("samples: %+v", m.Samples)
	}
	if len(m.Checks.Predicted) != 7 || m.Checks.Probability[0] < 0.5 {
		t.Errorf("tests: %+v", m.Checks)
	}
	last := len(r.events) - 1
	blobs := r.blobs[last]
	if b := m.Boundary; b.Width != 16 || len(blobs[b.Blob]) != 16*16*4 || b.Step != 0 {
		t.Fatalf("boundary: %+v with %d blobs", b, len(blobs))
	}
	// Not before the last was drawn.
	r.do(Command{Run: &Run{Steps: 5}}, 100)
	if len(r.views1()) != 1 {
		t.Errorf("views sent without an acknowledgement")
	}
	r.do(Command{Ack: &Ack{Seq: r.events[last].Seq}}, 1)
	all := r.views1()
	if len(all) != 2 || all[1].Boundary.Step != 5 || all[1].Samples != nil {
		t.Errorf("after the acknowledgement: %+v", all[len(all)-1])
	}
}

func (r *recorder) views1() (out []Event) {
	for _, e := range r.events {
		if e.Boundary != nil || e.Checks != nil || e.Samples != nil {
			out = append(out, e)
		}
	}
	return out
}

func TestViewsOfImages(t *testing.T) {
	r := start(t)
	doc := document(t, "keras-convnet", `"mnist"`, `{"type": "digits", "samples": 200, "test_samples": 100}`, `{"train": 54000, "validation": 6000}`, `{"validation": 0.5}`)
	r.do(Command{Open: &Open{Experiment: doc}}, 1)
	r.do(Command{Watch: &Watch{Samples: 12, Checks: 5, Boundary: 16}}, 1)
	m := r.merged()
	last := r.blobs[len(r.blobs)-1]
	if m.Samples == nil || len(last[m.Samples.Blob]) != 12*784 || len(last[m.Checks.Blob]) != 5*784 || m.Boundary != nil {
		t.Fatalf("samples %+v tests %+v boundary %+v", m.Samples, m.Checks, m.Boundary)
	}
	lit := 0
	for _, v := range last[m.Samples.Blob] {
		if v > 128 {
			lit++
		}
	}
	if lit < 12*20 {
		t.Errorf("only %d bright pixels in 12 digits", lit)
	}
	r.do(Command{Predict: &Predict{Input: make([]float64, 784)}}, 1)
	sum := 0.0
	for _, p := range r.merged().Prediction.Values {
		sum += p
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("ten probabilities add up to %v", sum)
	}
	r.events = nil
	r.do(Command{Predict: &Predict{Input: make([]float64, 3)}}, 1)
	if r.merged().Error == nil {
		t.Error("a sample of the wrong size is taken")
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	e := Event{Stats: &Stats{Loss: math.NaN(), Accuracy: math.Inf(-1), Seconds: math.Inf(1)}}
	back, err := DecodeEvent(e.Encode())
	if err != nil || !math.IsNaN(back.Stats.Loss) || !math.IsInf(back.Stats.Accuracy, -1) || !math.IsInf(back.Stats.Seconds, 1) {
		t.Errorf("%s became %+v (%v)", e.Encode(), back.Stats, err)
	}
}

func FuzzDecodeCommand(f *testing.F) {
	f.Add([]byte(`{"open":{"experiment":"{}"}}`))
	f.Add([]byte(`{"predict":{"input":[1,2]},"tune":{"field":"lr","value":1}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := DecodeCommand(text)
		if err != nil {
			return
		}
		if again, err := DecodeCommand(c.Encode()); err != nil || fmt.Sprintf("%s", again.Encode()) != fmt.Sprintf("%s", c.Encode()) {
			t.Fatalf("%s became %s (%v)", c.Encode(), again.Encode(), err)
		}
	})
}
