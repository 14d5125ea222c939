package session

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/safetensors"
	"descent/ml/train"
)

// A cupboard keeps checkpoints in memory, for a test.
type cupboard struct {
	kept   map[string][][]byte
	steps  []int
	fail   error
	late   []func()
	unsafe bool // answers come when the test lets them
}

func (s *cupboard) Keep(run string, step int, write func(io.Writer) error, done func(int, error)) {
	var b bytes.Buffer
	err := write(&b)
	s.steps = append(s.steps, step)
	finish := func() { done(b.Len(), err) }
	if err == nil && s.fail != nil {
		err = s.fail
	} else {
		s.kept[run] = append(s.kept[run], b.Bytes())
	}
	if s.unsafe {
		s.late = append(s.late, finish)
		return
	}
	finish()
}

func (s *cupboard) Kept(run string) ([]byte, bool, error) {
	all := s.kept[run]
	if len(all) == 0 {
		return nil, false, &KeepError{Missing, config.Say("there is no checkpoint of it")}
	}
	return all[len(all)-1], true, nil
}

func keptBy(t *testing.T, s *cupboard) *recorder {
	if s.kept == nil {
		s.kept = map[string][][]byte{}
	}
	r := start(t)
	r.Keeper = s
	return r
}

// curve is the points that were sent, without the time that training took.
func curve(r *recorder) []Point {
	points := r.merged().Points
	for i := range points {
		points[i].Seconds = 0
	}
	return points
}

var keptDocuments = []struct {
	name     string
	document func(t *testing.T) string
	steps    int
	at       []int
}{
	// An epoch has 20 steps, and each is followed by a validation.
	{"spiral", func(t *testing.T) string { return document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 4`) }, 80, []int{1, 7, 20, 33, 79}},
	// Dropout, augmentation, an average of the weights, and what early stopping has seen.
	{"digits", func(t *testing.T) string {
		return document(t, "keras-convnet", `"source": "mnist"`, `"source": {"type": "digits", "samples": 120, "test_samples": 10}`,
			`"train": 54000, "validation": 6000`, `"train": 96, "validation": 24`, `"preprocess"`, `"augment": ["rotate"], "preprocess"`,
			`"epochs": 15`, `"epochs": 2, "ema": 0.9, "validate_every": 1, "early_stopping": {"patience": 50}`, `"batch": 128`, `"batch": 16`)
	}, 12, []int{5}},
}

// A run that is killed and brought back goes on to the same bits: the weights,
// the optimizer and every point of the curves.
func TestResumedRunIsTheSame(t *testing.T) {
	for _, d := range keptDocuments {
		text := d.document(t)
		whole := keptBy(t, &cupboard{})
		whole.do(Command{Open: &Open{Experiment: text}}, 1)
		whole.do(Command{Keep: &Keep{Run: "a"}}, 1)
		whole.do(Command{Run: &Run{}}, 100000)
		want := whole.merged()
		if want.State.Phase != Done || want.State.Step != d.steps {
			t.Fatalf("%s: %+v %+v", d.name, want.State, want.Error)
		}
		for _, at := range d.at {
			s := &cupboard{}
			first := keptBy(t, s)
			first.do(Command{Open: &Open{Experiment: text}}, 1)
			first.do(Command{Keep: &Keep{Run: "a"}}, 1)
			first.do(Command{Run: &Run{Steps: at}}, 100000)
			if n := len(s.steps); n == 0 || s.steps[n-1] != at {
				t.Fatalf("%s: kept at %v, want the last at %d", d.name, s.steps, at)
			}
			// The first session is gone; a second one goes on.
			second := keptBy(t, s)
			second.do(Command{Open: &Open{Experiment: text, Resume: "a"}}, 1)
			m := second.merged()
			if m.State.Step != at || m.State.Phase != Ready || m.Kept == nil || !m.Kept.Resumed || m.Kept.Trouble != "" {
				t.Fatalf("%s at %d: %+v %+v", d.name, at, m.State, m.Kept)
			}
			if len(m.Points) == 0 || m.Points[len(m.Points)-1].Step > at {
				t.Errorf("%s at %d: the curves that come back are %v", d.name, at, m.Points)
			}
			second.do(Command{Run: &Run{}}, 100000)
			if got := curve(second); !reflect.DeepEqual(got, curve(whole)) {
				t.Errorf("%s at %d: the curves are\n%+v, want\n%+v", d.name, at, got, curve(whole))
			}
			if got, want := weights(t, s, "a"), weights(t, whole.Keeper.(*cupboard), "a"); !reflect.DeepEqual(got, want) {
				t.Errorf("%s at %d: weights or the optimizer's state differ", d.name, at)
			}
		}
	}
}

func weights(t *testing.T, s *cupboard, run string) []safetensors.Tensor {
	b, _, err := s.Kept(run)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return f.Tensors
}

// What is kept, and when.
func TestWhenRunsAreKept(t *testing.T) {
	text := document(t, "spiral-mlp")
	open := func(s *cupboard) *recorder {
		r := keptBy(t, s)
		r.do(Command{Open: &Open{Experiment: text}}, 1)
		return r
	}
	t.Run("nothing without a name", func(t *testing.T) {
		s := &cupboard{}
		open(s).do(Command{Run: &Run{Steps: 30}}, 1000)
		if len(s.steps) > 0 {
			t.Errorf("kept at %v", s.steps)
		}
	})
	t.Run("in time, and when asked", func(t *testing.T) {
		s := &cupboard{}
		r := open(s)
		r.do(Command{Keep: &Keep{Run: "a"}}, 1)
		r.do(Command{Run: &Run{}}, 1)
		if len(s.steps) > 0 {
			t.Fatalf("kept at once, at %v", s.steps)
		}
		r.keep.at = time.Now().Add(-keepEvery) // as if the time had passed
		for range 100 {                        // a validation may be in progress
			if r.Work(0); len(s.steps) > 0 {
				break
			}
		}
		if len(s.steps) != 1 {
			t.Fatalf("kept at %v, want once", s.steps)
		}
		r.do(Command{Save: &Save{}}, 1)
		for r.eval != nil {
			r.Work(0)
		}
		r.Work(0)
		if len(s.steps) != 2 {
			t.Fatalf("kept at %v, want twice", s.steps)
		}
		r.do(Command{Pause: &Pause{}}, 1000)
		r.do(Command{Save: &Save{}}, 10) // nothing has changed
		if n := len(s.steps); n != 3 || s.steps[2] != r.merged().State.Step {
			t.Fatalf("kept at %v, want a third time where it paused", s.steps)
		}
	})
	t.Run("far apart where it costs much", func(t *testing.T) {
		s := &cupboard{}
		r := open(s)
		r.do(Command{Keep: &Keep{Run: "a"}}, 1)
		r.do(Command{Run: &Run{}}, 1)
		r.keep.at, r.keep.took = time.Now().Add(-2*keepEvery), time.Second
		for range 100 {
			r.Work(0)
		}
		if len(s.steps) > 0 {
			t.Fatalf("kept at %v", s.steps)
		}
	})
	t.Run("one at a time", func(t *testing.T) {
		s := &cupboard{unsafe: true}
		r := open(s)
		r.do(Command{Keep: &Keep{Run: "a"}}, 1)
		r.do(Command{Run: &Run{Steps: 5}}, 1000)
		r.do(Command{Run: &Run{Steps: 5}}, 1000)
		if len(s.steps) != 1 {
			t.Fatalf("kept at %v while the first was not safe", s.steps)
		}
		s.late[0]()
		r.do(Command{Watch: &Watch{}}, 10)
		if len(s.steps) != 2 || s.steps[1] != 10 {
			t.Fatalf("kept at %v, want the state of step 10 too", s.steps)
		}
	})
	t.Run("a last time before it ends", func(t *testing.T) {
		for _, end := range []Command{{Reset: &Reset{}}, {Open: &Open{Experiment: text}}} {
			s := &cupboard{}
			r := open(s)
			r.do(Command{Keep: &Keep{Run: "a"}}, 1)
			r.do(Command{Run: &Run{Steps: 5}}, 1000)
			r.do(Command{Run: &Run{}}, 1)
			for r.eval != nil {
				r.Work(0)
			}
			at := r.train.StepNumber()
			r.do(end, 1)
			if n := len(s.steps); n != 2 || s.steps[1] != at {
				t.Errorf("kept at %v, want the last at %d", s.steps, at)
			}
			r.do(Command{Run: &Run{Steps: 5}}, 1000)
			if len(s.steps) != 2 {
				t.Errorf("what came after it was kept under its name: %v", s.steps)
			}
		}
	})
	t.Run("not in passing", func(t *testing.T) {
		s := &cupboard{}
		r := open(s)
		r.do(Command{Keep: &Keep{Run: "a"}}, 1)
		r.do(Command{Run: &Run{}}, 1)
		r.do(Command{Reset: &Reset{}}, 1)
		if len(s.steps) > 0 {
			t.Errorf("a run of a moment was kept at %v", s.steps)
		}
	})
}

// A run that cannot be kept goes on, and says so each time it was tried; when
// it is stopped, it is not tried on and on.
func TestRunsThatCannotBeKept(t *testing.T) {
	s := &cupboard{fail: &KeepError{NoRoom, config.Say("there is no room for %d MB", 3)}}
	r := keptBy(t, s)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Keep: &Keep{Run: "a"}}, 1)
	r.do(Command{Run: &Run{Steps: 25}}, 1000)
	m := r.merged()
	if m.State.Step != 25 || m.Kept == nil || m.Kept.Trouble != NoRoom || m.Kept.Said.Format == "" {
		t.Fatalf("%+v %+v", m.State, m.Kept)
	}
	if len(s.steps) != 1 {
		t.Errorf("tried at %v", s.steps)
	}
	s.fail = nil // somebody has made room
	r.do(Command{Save: &Save{}}, 10)
	if m := r.merged(); m.Kept.Trouble != "" || m.Kept.Step != 25 || len(s.kept["a"]) != 1 {
		t.Errorf("%+v", m.Kept)
	}
}

// A run that does not come back leaves a trainer at its beginning, and says why.
func TestRunsThatDoNotComeBack(t *testing.T) {
	text := document(t, "spiral-mlp")
	s := &cupboard{}
	r := keptBy(t, s)
	r.do(Command{Open: &Open{Experiment: text}}, 1)
	r.do(Command{Keep: &Keep{Run: "good"}}, 1)
	r.do(Command{Run: &Run{Steps: 5}}, 1000)
	good := s.kept["good"][0]
	s.kept["cut"] = [][]byte{good[:len(good)-9]}
	s.kept["noise"] = [][]byte{[]byte("no checkpoint")}
	for _, c := range []struct{ run, document, trouble string }{
		{"gone", text, Missing},
		{"cut", text, Damaged},
		{"noise", text, Damaged},
		{"good", document(t, "spiral-mlp", `"seed": 1`, `"seed": 2`), Misfit},
		{"good", document(t, "spiral-mlp", `"units": 16`, `"units": 9`), Misfit},
	} {
		if c.document == text && c.trouble == Misfit {
			t.Fatal("the preset is another; mend the test")
		}
		r := keptBy(t, &cupboard{kept: s.kept})
		r.do(Command{Open: &Open{Experiment: c.document, Resume: c.run}}, 1)
		m := r.merged()
		if m.State.Phase != Ready || m.State.Step != 0 || m.Kept == nil || m.Kept.Trouble != c.trouble || m.Kept.Resumed || m.Kept.Said == nil {
			t.Errorf("%s: %+v %+v", c.run, m.State, m.Kept)
		}
		r.do(Command{Run: &Run{Steps: 3}}, 100)
		if m := r.merged(); m.State.Step != 3 {
			t.Errorf("%s: it cannot be trained: %+v", c.run, m.State)
		}
	}
	nowhere := start(t)
	nowhere.do(Command{Open: &Open{Experiment: text, Resume: "good"}}, 1)
	if k := nowhere.merged().Kept; k == nil || k.Trouble != NoKeeper {
		t.Errorf("without a keeper: %+v", k)
	}
	var other *KeepError
	if !errors.As(error(&KeepError{Missing, config.Word("x")}), &other) || !strings.Contains(other.Error(), "x") {
		t.Error("a KeepError is no error")
	}
}

// A checkpoint of a session is a whole run: its document is in it, and one that
// the program has written without a session can be gone on with too.
func TestCheckpointIsARun(t *testing.T) {
	s := &cupboard{}
	r := keptBy(t, s)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Keep: &Keep{Run: "a"}}, 1)
	r.do(Command{Run: &Run{Steps: 5}}, 1000)
	f, err := safetensors.Read(s.kept["a"][0])
	if err != nil {
		t.Fatal(err)
	}
	var bare bytes.Buffer
	delete(f.Meta, recollectionKey)
	if err := f.Write(&bare); err != nil {
		t.Fatal(err)
	}
	s.kept["b"] = [][]byte{bare.Bytes()}
	other := keptBy(t, s)
	other.do(Command{Open: &Open{Experiment: f.Meta[train.DocumentKey], Resume: "b"}}, 1)
	if m := other.merged(); m.State.Step != 5 || m.Kept.Trouble != "" {
		t.Errorf("%+v %+v", m.State, m.Kept)
	}
}

// A long run keeps points of all its curves and all its length.
func TestPast(t *testing.T) {
	const steps = 20*maxLine + 3
	var p past
	for step := range steps {
		p.add(Point{Curve: "train", Step: step})
		if step%100 == 0 {
			p.add(Point{Curve: "validation", Step: step})
		}
	}
	if len(p) != 2 || len(p[1].points) != steps/100+1 {
		t.Fatalf("%d curves, and %d validations", len(p), len(p[1].points))
	}
	points := p[0].points
	if n := len(points); n > maxLine || n < maxLine/2 || points[0].Step != 0 || points[n-1].Step != steps-1 {
		t.Errorf("%d points from step %d to %d", n, points[0].Step, points[n-1].Step)
	}
	for i := 1; i+1 < len(points); i++ {
		if gap := points[i].Step - points[i-1].Step; gap != p[0].every {
			t.Fatalf("steps %d and %d are neighbours, want every %d", points[i-1].Step, points[i].Step, p[0].every)
		}
	}
	all := p.all()
	for i := 1; i < len(all); i++ {
		if all[i].Step < all[i-1].Step {
			t.Fatal("the points are not in the order of their steps")
		}
	}
}
