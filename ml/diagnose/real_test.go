package diagnose

import (
	"slices"
	"strings"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/session"
	"descent/web/presets"
)

// library is files in memory.
type library map[string]string

func (l library) Open(name string, _ func(done, total int64)) ([]byte, error) {
	if text, ok := l[name]; ok {
		return []byte(text), nil
	}
	return nil, &data.FileError{File: name, Msg: config.Word("there is no such file")}
}

// document is a preset with settings changed.
func document(t *testing.T, preset string, set ...string) *config.Value {
	t.Helper()
	text, ok := presets.Text(preset)
	if !ok {
		text = []byte(preset)
	}
	v, err := config.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range set {
		path, value, _ := strings.Cut(s, "=")
		if err := v.Set(path, config.ParseSetting(value)); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// train runs a document for so many steps, 0 for all, through a session, and gathers what a user interface hears.
func train(t *testing.T, doc *config.Value, files data.Files, steps int) *Run {
	t.Helper()
	r, missing := gather(t, doc, files, steps)
	if missing != "" {
		t.Fatal(missing)
	}
	return r
}

// follow is train with the files of the site; false where they are not there.
func follow(t *testing.T, doc *config.Value, steps int) (*Run, bool) {
	t.Helper()
	r, missing := gather(t, doc, site{}, steps)
	return r, missing == ""
}

func gather(t *testing.T, doc *config.Value, files data.Files, steps int) (r *Run, missing string) {
	t.Helper()
	r = &Run{}
	var state session.State
	s := session.New(files, func(e *session.Event, _ [][]byte) {
		if e.State != nil {
			state = *e.State
		}
		if e.Error != nil && e.Error.Code == session.NoData {
			missing = e.Error.Message
		} else if missing == "" && e.Error != nil && e.Error.Code != session.NotFinite {
			t.Fatalf("%s %v", e.Error.Message, e.Error.Problems)
		}
		if d := e.Data; d != nil {
			r.Classes, r.Tokens, r.Samples = d.Classes, d.Tokens > 0, d.Train
		}
		if e.Model != nil {
			r.Parameters = e.Model.Parameters
		}
		for _, p := range e.Points {
			if p.Curve == "train" {
				r.Train = append(r.Train, p)
			} else if p.Curve == "validation" {
				r.Valid = append(r.Valid, p)
			}
		}
		if e.Checkup != nil {
			r.Checkup = e.Checkup
		}
		if e.Facts != nil {
			r.Facts = e.Facts
		}
	})
	text := string(doc.Append(nil, " "))
	e, err := experiment.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	r.Experiment = e
	s.Do(session.Command{Open: &session.Open{Experiment: text}})
	s.Do(session.Command{Run: &session.Run{Steps: steps}})
	for s.Work(50*time.Millisecond) != session.Idle {
	}
	if missing != "" {
		return nil, missing
	}
	r.Step, r.PerEpoch, r.Steps = state.Step, state.Steps, state.Steps*state.Epochs
	r.Failed = state.Phase == session.Failed
	return r, ""
}

func kinds(r *Run) (out []string) {
	for _, f := range Findings(r) {
		out = append(out, f.Kind)
	}
	return out
}

const layers = `{"nodes":[%{"id":"output","type":"dense","config":{"units":2,"activation":"softmax"}}]}`

func stack(n int, activation string, units int) string {
	one := `{"id":"h#","type":"dense","config":{"units":` + string(config.Num(float64(units)).Append(nil, "")) + `,"activation":"` + activation + `"}},`
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.Replace(one, "#", string(rune('a'+i)), 1))
	}
	return "model=" + strings.Replace(layers, "%", all.String(), 1)
}

// Trainings that are truly ill: the illness is named, and its first mend leads to one that is not.
func TestIllnesses(t *testing.T) {
	for _, c := range []struct {
		name  string
		set   []string
		steps int
		want  string
	}{
		{"learning rate 10", []string{"train.optimizer.lr=10"}, 20, Diverged},
		{"learning rate 10 of sgd", []string{`train.optimizer={"type":"sgd","lr":10}`, stack(3, "relu", 16)}, 20, Diverged},
		{"learning rate too small", []string{"train.optimizer.lr=0.0000003"}, 300, Crawling},
		{"ten layers of sigmoid", []string{stack(10, "sigmoid", 16), `train.optimizer={"type":"sgd","lr":0.1}`}, 400, Vanishing},
		{"no hidden layer", []string{stack(0, "", 0), "train.optimizer.lr=0.02", "train.epochs=80"}, 0, Underfit},
		{"by heart", []string{stack(2, "relu", 128), "train.optimizer.lr=0.01", "data.source={\"type\":\"spiral\",\"noise\":50,\"samples\":100}", "train.epochs=100"}, 0, Overfit},
		{"batch 1 and long steps", []string{"train.batch=1", `train.optimizer={"type":"momentum","lr":0.02}`, "train.epochs=20"}, 0, Oscillating},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document(t, "spiral-mlp", c.set...)
			r := train(t, doc, nil, c.steps)
			found := Findings(r)
			i := slices.IndexFunc(found, func(f Finding) bool { return f.Kind == c.want })
			if i < 0 {
				n := len(r.Train)
				t.Fatalf("found %v, want %s; loss %v to %v, ratio %v, checkup %+v", kinds(r), c.want, r.begin(), r.now(), r.Train[n-1].Ratio, r.Checkup)
			}
			if len(found[i].Fixes) == 0 {
				t.Fatal("no mend")
			}
			found[i].Fixes[0].Apply(doc)
			mended := train(t, doc, nil, c.steps)
			if slices.Contains(kinds(mended), c.want) {
				t.Errorf("after %q there is still: %v", found[i].Fixes[0].Does, Findings(mended))
			}
		})
	}
}

// Every fix that is offered leaves a document that can be read, also twice.
func TestFixesLeaveDocuments(t *testing.T) {
	r := train(t, document(t, "spiral-mlp", stack(2, "relu", 8)), nil, 10)
	deeper := r.larger()
	for _, fix := range []func() (Fix, bool){r.clipped, r.scaled, r.normalised, r.dropout, func() (Fix, bool) { return r.adam(), true },
		func() (Fix, bool) { return deeper, true }, func() (Fix, bool) { return r.slower(10), true }, func() (Fix, bool) { return *r.longer(), true }} {
		f, ok := fix()
		if !ok {
			t.Errorf("%q is not offered", f.Does)
		}
		doc := document(t, "spiral-mlp", stack(2, "relu", 8))
		for range 2 {
			f.Apply(doc)
			if _, err := experiment.Read(doc); err != nil {
				t.Errorf("%q leaves %v", f.Does, err)
			}
		}
	}
}

// table is a CSV of so many rows.
func table(head string, rows int, row func(i int) string) library {
	var b strings.Builder
	b.WriteString(head + "\n")
	for i := range rows {
		b.WriteString(row(i) + "\n")
	}
	return library{"a.csv": b.String()}
}

const tabled = `{"version": 1, "data": {"source": {"type": "csv", "file": "a.csv"}, "split": {"validation": 0.3}},
	"model": {"nodes": [{"id": "hidden", "type": "dense", "config": {"units": 8, "activation": "tanh"}}, {"id": "output", "type": "dense", "config": {"units": 0, "activation": "softmax"}}]},
	"train": {"optimizer": "adam", "epochs": 3}}`

// What is wrong with samples is found in tables of a person's own, and a table that is in order raises no alarm.
func TestSamples(t *testing.T) {
	noise := func(i, k int) string { // some digits that have to do with nothing
		return string(config.Num(float64((i*7919+k*104729)%1009)/1009).Append(nil, ""))
	}
	class := func(i int) string { return []string{"no", "yes"}[(i*7919/13)%2] }
	for _, c := range []struct {
		name  string
		files library
		want  string
		fix   string
	}{
		{"in order", table("a,b,class", 300, func(i int) string { return noise(i, 1) + "," + noise(i, 2) + "," + class(i) }), "", ""},
		{"rare class", table("a,b,class", 400, func(i int) string {
			return noise(i, 1) + "," + noise(i, 2) + "," + []string{"no", "yes"}[max(0, i%20-18)]
		}), Imbalance, "balance"},
		{"twice", table("a,b,class", 400, func(i int) string { return noise(i%200, 1) + "," + noise(i%200, 2) + "," + class(i%200) }), Duplicates, "look_data"},
		{"answer among the features", table("a,code,class", 400, func(i int) string {
			return noise(i, 1) + "," + string(config.Num(float64(len(class(i)))+float64(i%50)/100).Append(nil, "")) + "," + class(i)
		}), Telling, "skip"},
		{"not scaled", table("a,b,class", 400, func(i int) string {
			return noise(i, 1) + "," + string(config.Num(float64(1000+i*7919%997)).Append(nil, "")) + "," + class(i)
		}), Unscaled, "scale"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document(t, tabled)
			r := train(t, doc, c.files, 0)
			found := Findings(r)
			if c.want == "" {
				if len(found) > 0 {
					t.Errorf("%s", found[0].Seen)
				}
				return
			}
			if len(found) != 1 || found[0].Kind != c.want || found[0].Fixes[0].Kind != c.fix {
				t.Fatalf("%v with %+v, want %s", kinds(r), found, c.want)
			}
			if c.fix == "look_data" {
				return
			}
			found[0].Fixes[0].Apply(doc)
			if again := kinds(train(t, doc, c.files, 0)); len(again) > 0 {
				t.Errorf("after %q: %v", found[0].Fixes[0].Does, again)
			}
		})
	}
}
