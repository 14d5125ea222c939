package cli

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The last event holds everything that was measured of the test samples.
func TestMetricsOfLastEvent(t *testing.T) {
	code, stdout, _ := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=3", "--json")
	all := events(t, stdout)
	done := all[len(all)-1]
	m, ok := done["metrics"].(map[string]any)
	if code != ExitOK || !ok || m["part"] != "test" {
		t.Fatalf("code %d: %v", code, done)
	}
	for _, name := range []string{"loss", "accuracy", "precision", "recall", "f1", "roc_auc", "perplexity", "bits_per_character"} {
		if v, ok := m[name].(float64); !ok || v < 0 {
			t.Errorf("%s is %v", name, m[name])
		}
	}
	if test := done["test"].(map[string]any); test["accuracy"] != m["accuracy"] || test["loss"] != m["loss"] {
		t.Errorf("test %v and metrics %v", test, m)
	}
	if len(m["classes"].([]any)) != 2 || len(m["confusion"].([]any)) != 2 {
		t.Errorf("%v", m)
	}
	if all[1]["lr"] != 0.003 || !(all[1]["grad_norm"].(float64) > 0) {
		t.Errorf("an epoch is %v", all[1])
	}
	_, stdout, _ = command(context.Background(), "train", "spiral-mlp", "--json", "--set", "train.epochs=2", "--set", "data.source=reg_plane", "--set", "train.loss=huber",
		"--set", "model.nodes.output.config.units=1", "--set", "model.nodes.output.config.activation=none")
	all = events(t, stdout)
	m, _ = all[len(all)-1]["metrics"].(map[string]any)
	for _, name := range []string{"mae", "rmse", "r2"} {
		if _, ok := m[name].(float64); !ok {
			t.Errorf("a regression has no %s: %v", name, m)
		}
	}
}

func TestTrainStops(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	code, stdout, _ := command(context.Background(), "train", "spiral-mlp", "--json", "--out", dir, "--set", `train.early_stopping={"patience":2}`, "--set", "train.optimizer.lr=0.05")
	all := events(t, stdout)
	done := all[len(all)-1]
	if code != ExitOK || !strings.Contains(done["stopped"].(string), "no better loss than") {
		t.Fatalf("code %d: %v", code, done)
	}
	best := math.Inf(1)
	for _, e := range all {
		if v, ok := e["validation"].(map[string]any); ok && e["event"] == "epoch" {
			best = math.Min(best, v["loss"].(float64))
		}
	}
	if got := done["validation"].(map[string]any)["loss"]; got != best {
		t.Errorf("the final model has the validation loss %v, the best had %v", got, best)
	}
	// The checkpoint holds that model, and says that the run is over.
	code, stdout, _ = command(context.Background(), "train", "--resume", dir, "--json")
	again := events(t, stdout)
	a, _ := json.Marshal(again[len(again)-1]["test"])
	b, _ := json.Marshal(done["test"])
	if code != ExitOK || string(a) != string(b) || again[len(again)-1]["event"] != "done" {
		t.Errorf("code %d: resumed %s, was %s", code, a, b)
	}
	code, stdout, _ = command(context.Background(), "train", "spiral-mlp", "--json", "--set", "train.steps=33")
	all = events(t, stdout)
	if code != ExitOK || all[len(all)-2]["event"] != "validation" || all[len(all)-2]["step"] != 33.0 {
		t.Errorf("33 steps: code %d, %v", code, all[len(all)-2])
	}
}

func TestFolds(t *testing.T) {
	args := []string{"train", "spiral-mlp", "--set", "train.epochs=5", "--folds", "4"}
	code, stdout, _ := command(context.Background(), append(args, "--json")...)
	all := events(t, stdout)
	if code != ExitOK || len(all) != 5 {
		t.Fatalf("code %d: %s", code, stdout)
	}
	sum, squares := 0.0, 0.0
	for i, e := range all[:4] {
		v := e["validation"].(map[string]any)["accuracy"].(float64)
		sum, squares = sum+v, squares+v*v
		if e["event"] != "fold" || e["fold"] != float64(i+1) || e["folds"] != 4.0 {
			t.Errorf("%v", e)
		}
	}
	done := all[4]
	mean, sd := done["mean"].(map[string]any)["accuracy"].(float64), done["sd"].(map[string]any)["accuracy"].(float64)
	if want := sum / 4; math.Abs(mean-want) > 1e-9 || math.Abs(sd-math.Sqrt((squares-4*want*want)/3)) > 1e-9 {
		t.Errorf("mean %v ± %v of %v", mean, sd, all)
	}
	_, text, _ := command(context.Background(), args...)
	if !strings.Contains(text, "fold 4 of 4") || !strings.Contains(text, "±") {
		t.Errorf("%s", text)
	}
}

func TestWeights(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=40", "--out", dir)
	file := filepath.Join(dir, checkpointFile)
	code, stdout, stderr := command(context.Background(), "train", "spiral-mlp", "--weights", file, "--set", "train.epochs=1", "--set", "train.optimizer.lr=0", "--json")
	all := events(t, stdout)
	log, _ := os.ReadFile(filepath.Join(dir, eventsFile))
	before := events(t, string(log))
	a, _ := json.Marshal(all[len(all)-1]["test"])
	b, _ := json.Marshal(before[len(before)-1]["test"])
	if code != ExitOK || string(a) != string(b) || !strings.Contains(stderr, "6 parameters loaded, 0 fresh") {
		t.Errorf("code %d: %s, want %s; %s", code, a, b, stderr)
	}
	// Part of the model, with another end.
	code, _, stderr = command(context.Background(), "train", "spiral-mlp", "--weights", file, "--set", `model.only=["hidden1"]`, "--set", "model.nodes.hidden2.config.units=5", "--set", "train.epochs=1")
	if code != ExitOK || !strings.Contains(stderr, "2 parameters loaded, 4 fresh; 4 in the file not used") {
		t.Errorf("code %d: %s", code, stderr)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--weights", file, "--set", `model.only=["hidden2"]`, "--set", "model.nodes.hidden2.config.units=5"}, ExitInvalid, "hidden2.weight is 16×16 in the file, and the model wants 16×5"},
		{[]string{"--weights", filepath.Join(dir, "nothing")}, ExitNotFound, "no such file"},
		{[]string{"--weights", filepath.Join(dir, experimentFile)}, ExitInvalid, "safetensors"},
		{[]string{"--memory", "20kB"}, ExitInvalid, "may take 20 kB: data 6 kB, parameters 1.42 kB"},
		{[]string{"--memory", "2kB"}, ExitInvalid, "the samples alone take 6 kB of memory"},
		{[]string{"--memory", "much"}, ExitUsage, "wants a size such as 4GB"},
		{[]string{"--folds", "1"}, ExitUsage, "at least 2"},
		{[]string{"--folds", "3", "--out", "x"}, ExitUsage, "--folds keeps nothing"},
		{[]string{"--folds", "300"}, ExitInvalid, "250 samples cannot make 300 folds"},
	} {
		code, _, stderr := command(context.Background(), append([]string{"train", "spiral-mlp"}, c.args...)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: code %d, %s", c.args, code, stderr)
		}
	}
}

func TestBytes(t *testing.T) {
	for text, want := range map[string]int64{"4GB": 4e9, "1.5 mb": 1.5e6, "20kB": 20e3, "17": 17, "3B": 3} {
		if got, err := parseBytes(text); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"GB", "-1GB", "0", "NaN", "1e30GB", "0.5B"} {
		if _, err := parseBytes(text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}
