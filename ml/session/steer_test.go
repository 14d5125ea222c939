package session

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
)

// Validations steer training here as they do on the command line; the state
// says why it ended.
func TestTrainingEndsEarly(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 600, "stop": {"metric": "accuracy", "target": 0.7}`)}}, 1)
	r.do(Command{Run: &Run{}}, 100000)
	m := r.merged()
	if m.State.Phase != Done || m.State.Epoch >= 600 || !strings.Contains(m.State.Stopped, "target was reached") {
		t.Errorf("%+v", m.State)
	}
	if why := m.State.Why(); why.Text != m.State.Stopped || len(why.Args) != 2 {
		t.Errorf("why it stopped is made of %+v", why)
	}
	if m.Stats.Rate != 0.003 || !(m.Stats.GradNorm > 0) {
		t.Errorf("%+v", m.Stats)
	}
}

// Evaluate is answered with everything that is measured.
func TestReport(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Evaluate: &Evaluate{Part: "test"}}, 1000)
	m := r.merged().Report
	if m == nil || m.Part != "test" || m.Count != 250 || len(m.Metrics) != len(m.Values) || len(m.Confusion) != 4 || len(m.F1) != 2 {
		t.Fatalf("%+v", m)
	}
	if total := m.Confusion[0] + m.Confusion[1] + m.Confusion[2] + m.Confusion[3]; total != 250 || m.Samples[0]+m.Samples[1] != 250 {
		t.Errorf("%+v", m)
	}
}

// What would not fit is refused with plain numbers, and nothing is loaded.
func TestMemoryLimit(t *testing.T) {
	r := start(t)
	r.Memory = 20_000
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	m := r.merged()
	if m.State.Phase != Empty || m.Error == nil || m.Error.Code != Invalid || !strings.Contains(m.Error.Message, "may take 20 kB") || m.Data != nil {
		t.Errorf("%+v %+v", m.State, m.Error)
	}
}

// What a file holds is known when it was read; the limit counts then too.
func TestMemoryLimitOfFiles(t *testing.T) {
	const doc = `{"version": 1, "data": {"source": {"type": "csv", "file": "a.csv"}},
		"model": {"nodes": [{"id": "wide", "type": "dense", "config": {"units": 5000}}, {"id": "out", "type": "dense", "config": {"units": 2}}]},
		"train": {"optimizer": "sgd"}}`
	r := start(t)
	r.files = library{"a.csv": []byte("a,b,c\n" + strings.Repeat("1,2,0\n2,3,1\n", 10))}
	r.Memory = 20_000
	r.do(Command{Open: &Open{Experiment: doc}}, 1)
	if m := r.merged(); m.State.Phase != Empty || m.Error == nil || !strings.Contains(m.Error.Problems[0].Message, "may take 20 kB") {
		t.Errorf("%+v %+v", m.State, m.Error)
	}
	r.events, r.Memory = nil, 0
	r.do(Command{Open: &Open{Experiment: doc}}, 1)
	if m := r.merged(); m.State.Phase != Ready || m.Error != nil {
		t.Errorf("without a limit: %+v %+v", m.State, m.Error)
	}
}

// A model that looks tokens up has no answer to the points between them, so
// there is no map of it.
func TestNoMapOfTokens(t *testing.T) {
	r := start(t)
	r.files = library{"a.txt": []byte(strings.Repeat("to be or not to be ", 40))}
	r.do(Command{Open: &Open{Experiment: `{"version": 1, "data": {"source": {"type": "text", "file": "a.txt", "context": 2}},
		"model": {"nodes": [{"id": "table", "type": "embedding"}, {"id": "out", "type": "dense", "config": {"units": 7}}]}, "train": {"optimizer": "sgd"}}`}}, 1)
	if m := r.merged(); m.Error != nil {
		t.Fatal(m.Error)
	}
	r.do(Command{Watch: &Watch{Samples: 3, Boundary: 10, Low: -1, Side: 12}}, 3)
	if m := r.merged(); m.Boundary != nil || m.Samples == nil {
		t.Errorf("boundary %+v, samples %+v", m.Boundary, m.Samples)
	}
}

// A pause in the validation after the last step comes too late to stop anything.
func TestPauseInTheLastValidation(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 1`)}}, 1)
	r.Do(Command{Run: &Run{}})
	for !r.train.Done() {
		r.Work(0)
	}
	if r.eval == nil {
		t.Fatal("the validation is over already")
	}
	r.do(Command{Pause: &Pause{}}, 100)
	if m := r.merged(); m.State.Phase != Done {
		t.Errorf("%+v", m.State)
	}
}

// How long training will take goes by its steps where it is measured in those.
func TestTimeLeftOfSteps(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp", `"epochs": 600`, `"epochs": 600, "steps": 100`)}}, 1)
	r.do(Command{Run: &Run{Rate: 10}}, 1)
	r.flush()
	if left := r.merged().Stats.SecondsLeft; left < 9 || left > 10 {
		t.Errorf("%v seconds left of 100 steps, ten a second", left)
	}
}

// library is files in memory.
type library map[string][]byte

func (l library) Open(name string, _ func(done, total int64)) ([]byte, error) {
	b, ok := l[name]
	if !ok {
		return nil, &data.FileError{File: name, Msg: config.Word("there is no such file")}
	}
	return b, nil
}

func TestPretrained(t *testing.T) {
	r := start(t)
	r.do(Command{Open: &Open{Experiment: document(t, "spiral-mlp")}}, 1)
	r.do(Command{Run: &Run{Steps: 30}}, 1000)
	var b bytes.Buffer
	if err := r.train.Save(&b); err != nil {
		t.Fatal(err)
	}
	want := append([]float32{}, r.train.Params().Value...)
	doc := document(t, "spiral-mlp", `"model": {`, `"model": {"weights": "spiral.safetensors",`)
	for _, c := range []struct {
		files library
		code  string
	}{{library{"spiral.safetensors": b.Bytes()}, ""}, {library{}, NoData}, {library{"spiral.safetensors": b.Bytes()[:40]}, Invalid}} {
		o := start(t)
		o.files = c.files
		o.do(Command{Open: &Open{Experiment: doc}}, 1)
		m := o.merged()
		switch {
		case c.code != "":
			if m.Error == nil || m.Error.Code != c.code || m.State.Phase != Empty {
				t.Errorf("%+v, want %s", m.Error, c.code)
			}
		case m.Error != nil || !reflect.DeepEqual(o.train.Params().Value, want):
			t.Errorf("the weights were not loaded: %+v", m.Error)
		}
	}
}
