package experiment

import (
	"errors"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/web/presets"
)

// set reads the spiral with settings changed.
func set(t *testing.T, settings ...string) (*Experiment, error) {
	t.Helper()
	text, _ := presets.Text("spiral-mlp")
	v, err := config.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(settings); i += 2 {
		if err := v.Set(settings[i], config.ParseSetting(settings[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	return Read(v)
}

// Everything that training can be told survives a trip through the document.
func TestTrainRoundTrip(t *testing.T) {
	for _, settings := range [][]string{
		{"train.loss", `{"type":"cross_entropy","label_smoothing":0.1,"class_weights":[1,2]}`},
		{"train.loss", `{"type":"cross_entropy","class_weights":"balanced","ignore_index":1}`},
		{"train.loss", `{"type":"huber","delta":0.5}`, "model.nodes.output.config.activation", "none"},
		{"train.loss", "mae"},
		{"train.schedule", "one_cycle"},
		{"train.schedule", `{"type":"cosine","warmup":100,"min_lr":0.0001}`},
		{"data.label_noise", "30"},
		{"train.optimizer", `{"type":"adamw","weight_decay":0.1,"applies_to":"all"}`},
		{"train.steps", "500", "train.accumulate", "4", "train.clip_norm", "1", "train.clip_value", "0.5", "train.ema", "0.999"},
		{"train.stop", `{"metric":"accuracy","target":0}`},
		{"train.stop", `{"metric":"accuracy","target":0.9}`, "train.early_stopping", `{"patience":5,"metric":"f1","restore_best":false}`},
		{"model.weights", "base.safetensors", "model.prefix", "encoder.", "model.only", `["hidden1"]`},
		{"model.nodes.hidden1.config.init", "normal(0.02)", "model.nodes.hidden2.config.init", "orthogonal"},
	} {
		e, err := set(t, settings...)
		if err != nil {
			t.Errorf("%v: %v", settings, err)
			continue
		}
		text := string(e.Format())
		again, err := Parse([]byte(text))
		if err != nil || string(again.Format()) != text {
			t.Errorf("%v became %s (%v)", settings, text, err)
		}
		for i := 1; i < len(settings); i += 2 {
			key := settings[i-1][strings.LastIndex(settings[i-1], ".")+1:]
			if !strings.Contains(text, `"`+key+`"`) {
				t.Errorf("%s is lost:\n%s", settings[i-1], text)
			}
		}
	}
	e, err := set(t, "train.loss", `{"type":"cross_entropy"}`, "train.schedule", "constant")
	if text := string(e.Format()); err != nil || strings.Contains(text, `"loss"`) || strings.Contains(text, `"schedule"`) {
		t.Errorf("defaults are written: %s (%v)", text, err)
	}
}

func TestTrainProblems(t *testing.T) {
	for _, c := range []struct {
		want     string
		settings []string
	}{
		{`train.loss: there is no loss "mes"; did you mean "mse"?`, []string{"train.loss", "mes"}},
		{`train.loss.delta: 0 is below 1e-06`, []string{"train.loss", `{"type":"huber","delta":0}`}},
		{`train.loss.smoothing: there is no setting "smoothing"`, []string{"train.loss", `{"type":"cross_entropy","smoothing":0}`}},
		{"class_weights of the loss has 3 numbers, and the data has 2 classes", []string{"train.loss", `{"type":"cross_entropy","class_weights":[1,2,3]}`}},
		{`train.schedule: there is no schedule "cosin"; did you mean "cosine"?`, []string{"train.schedule", "cosin"}},
		{`train.stop.metric: this model and its loss have no r2`, []string{"train.stop", `{"metric":"r2","target":0.9}`}},
		{`train.stop.target: is missing`, []string{"train.stop", `{"metric":"loss"}`}},
		{`train.optimizer.weight_decay: this optimizer decays no weights by itself`, []string{"train.optimizer", `{"type":"sgd","lr":0.1,"weight_decay":0.001}`}},
		{`train.stop.metric: is missing`, []string{"train.stop", `{"target":0.9}`}},
		{`train.early_stopping: goes by the validation samples, and there are none`, []string{"train.early_stopping", `{"patience":3}`, "data.split", `{"validation":0}`}},
		{`train.schedule: goes by the validation samples`, []string{"train.schedule", "reduce_on_plateau", "data.split", `{"validation":0}`}},
		{`train.early_stopping.patience: wants a whole number`, []string{"train.early_stopping", `{"patience":"3"}`}},
		{`train.shedule: there is no setting "shedule"; did you mean "schedule"?`, []string{"train.shedule", "cosine"}},
		{`train.ema: 1 is above 0.999999`, []string{"train.ema", "1"}},
		{`model.weights: is missing`, []string{"model.only", `["hidden1"]`}},
		{`model.only: wants a list`, []string{"model.only", `3`, "model.weights", "x"}},
		{`init: there is no init "he_norml"; did you mean "he_normal"?`, []string{"model.nodes.hidden1.config.init", "he_norml"}},
	} {
		_, err := set(t, c.settings...)
		if all, _ := config.All(err); len(all) != 1 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.settings, err, c.want)
		}
	}
}

func TestMemory(t *testing.T) {
	e, err := set(t, "model.nodes.hidden1.config.units", "1000000", "model.nodes.hidden2.config.units", "1000000")
	if err != nil {
		t.Fatal(err)
	}
	p, _ := e.Plan() // a terabyte of weights, and none of it allocated
	if got := p.Memory.Parameters; got != 4*int64(p.Parameters) || got < 4e12 {
		t.Errorf("%d bytes of parameters", got)
	}
	var large *TooLarge
	if err := e.CheckMemory(3e9, 1); !errors.As(err, &large) || !strings.Contains(err.Error(), "16 TB of memory and may take 3 GB: data 6 kB, parameters 4 TB") {
		t.Errorf("%v", err)
	}
	if e.CheckMemory(0, 1) != nil || e.CheckMemory(1e15, 8) != nil {
		t.Error("there is no limit, or a high one")
	}
	for n, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 84700: "84.7 kB", 3 << 30: "3.22 GB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func TestMetricsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Metrics {
		if seen[m.Type] || m.Title == "" || m.Doc == "" {
			t.Errorf("%+v", m)
		}
		seen[m.Type] = true
	}
	if !Better("loss", 1, 2, 0.5) || Better("loss", 1.8, 2, 0.5) || !Better("accuracy", 0.9, 0.8, 0) || Better("accuracy", 0.8, 0.8, 0) {
		t.Error("better is not better")
	}
}
