package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"descent/ml/safetensors"
	"descent/web/presets"
)

// command runs one command line and returns what it printed.
func command(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Run(ctx, args, &out, &errs)
	return code, out.String(), errs.String()
}

func events(t *testing.T, text string) (all []map[string]any) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var e map[string]any
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, e)
	}
	return all
}

// A step that was too large shows in what is measured after it. JSON has no
// infinity, so scripts read null.
func TestTrainToInfinity(t *testing.T) {
	doc := `{"version": 1, "data": {"source": "reg_plane", "split": {"validation": 0.2}},
		"model": {"nodes": [{"id": "a", "type": "dense", "config": {"units": 100}}, {"id": "b", "type": "dense", "config": {"units": 1}}]},
		"train": {"loss": "mse", "optimizer": {"type": "sgd", "lr": 100}, "batch": 512, "steps": 2}}`
	file := filepath.Join(t.TempDir(), "huge.json")
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := command(context.Background(), "train", file, "--json")
	all := events(t, stdout)
	done := all[len(all)-1]
	if loss, there := done["test"].(map[string]any)["loss"]; code != ExitOK || !there || loss != nil {
		t.Errorf("code %d, the last event is %v, stderr %s", code, done, stderr)
	}
	if code, stdout, stderr = command(context.Background(), "train", file); code != ExitOK || !strings.Contains(stdout, "loss +Inf") {
		t.Errorf("code %d, %s%s", code, stdout, stderr)
	}
	if code, stdout, stderr = command(context.Background(), "train", file, "--folds", "2", "--json"); code != ExitOK || !strings.Contains(stdout, `"loss":null`) {
		t.Errorf("folds: code %d, %s%s", code, stdout, stderr)
	}
}

func TestTrainJSON(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	code, stdout, stderr := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=4", "--set", "name=short", "--json", "--out", dir)
	if code != ExitOK || stderr != "" {
		t.Fatalf("code %d, stderr %q", code, stderr)
	}
	all := events(t, stdout)
	if len(all) != 6 || all[0]["event"] != "start" || all[1]["event"] != "epoch" {
		t.Fatalf("%d events: %s", len(all), stdout)
	}
	done := all[len(all)-1]
	if done["event"] != "done" || done["parameters"] != 354.0 || done["epochs"] != 4.0 {
		t.Errorf("the last event is %v", done)
	}
	for _, key := range []string{"seconds", "samples_per_s", "train", "validation", "test"} {
		if done[key] == nil {
			t.Errorf("the last event has no %s: %v", key, done)
		}
	}
	for _, part := range []string{"train", "validation", "test"} {
		s := done[part].(map[string]any)
		if acc, ok := s["accuracy"].(float64); !ok || acc < 0 || acc > 1 || s["loss"].(float64) <= 0 {
			t.Errorf("%s is %v", part, s)
		}
	}
	log, err := os.ReadFile(filepath.Join(dir, eventsFile))
	if err != nil || string(log) != stdout {
		t.Errorf("events.jsonl differs from what was printed (%v)", err)
	}
	doc, err := os.ReadFile(filepath.Join(dir, experimentFile))
	if err != nil || !strings.Contains(string(doc), `"name": "short"`) {
		t.Errorf("experiment.json is %s (%v)", doc, err)
	}

	// It goes on where it stopped, and ends where an uninterrupted run ends.
	code, stdout, stderr = command(context.Background(), "train", "--resume", dir, "--set", "train.epochs=7", "--json")
	if code != ExitOK {
		t.Fatalf("resume: code %d, %s", code, stderr)
	}
	_, whole, _ := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=7", "--json", "--workers", "1")
	resumed, straight := events(t, stdout), events(t, whole)
	a, b := resumed[len(resumed)-1], straight[len(straight)-1]
	for _, part := range []string{"train", "validation", "test"} {
		x, _ := json.Marshal(a[part])
		y, _ := json.Marshal(b[part])
		if string(x) != string(y) {
			t.Errorf("%s ends at %s when resumed, and at %s in one go", part, x, y)
		}
	}

	// So does the checkpoint alone, in another folder.
	other := filepath.Join(t.TempDir(), "other")
	code, stdout, stderr = command(context.Background(), "train", "--resume", filepath.Join(dir, checkpointFile), "--set", "train.epochs=9", "--json", "--out", other)
	if code != ExitOK {
		t.Fatalf("resume of a file: code %d, %s", code, stderr)
	}
	_, whole, _ = command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=9", "--json")
	resumed, straight = events(t, stdout), events(t, whole)
	x, _ := json.Marshal(resumed[len(resumed)-1]["test"])
	y, _ := json.Marshal(straight[len(straight)-1]["test"])
	if string(x) != string(y) {
		t.Errorf("the test ends at %s when one file is resumed, and at %s in one go", x, y)
	}
	if code, _, stderr = command(context.Background(), "train", "--resume", filepath.Join(dir, checkpointFile), "--out", other); code != ExitFailure || !strings.Contains(stderr, "already holds a run") {
		t.Errorf("resuming into another run: code %d, %s", code, stderr)
	}
	weights := filepath.Join(t.TempDir(), "weights.safetensors")
	var plain bytes.Buffer
	if err := (&safetensors.File{}).Write(&plain); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(weights, plain.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr = command(context.Background(), "train", "--resume", weights); code != ExitInvalid || !strings.Contains(stderr, "which experiment") {
		t.Errorf("resuming weights: code %d, %s", code, stderr)
	}

	if code, _, stderr = command(context.Background(), "train", "spiral-mlp", "--out", dir); code != ExitFailure || !strings.Contains(stderr, "already holds a run") {
		t.Errorf("training over a run: code %d, %s", code, stderr)
	}
}

func TestTrainText(t *testing.T) {
	code, stdout, _ := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=2")
	for _, want := range []string{"Spiral: 354 parameters, 200 training, 50 validation and 250 test samples", "epoch 2", "test     loss"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("stdout lacks %q:\n%s", want, stdout)
		}
	}
	if code != ExitOK {
		t.Errorf("code %d", code)
	}
	code, stdout, _ = command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=1", "--set", "data.source=reg_plane", "--set", "train.loss=mse",
		"--set", "model.nodes.output.config.units=1", "--set", "model.nodes.output.config.activation=none", "--json")
	if code != ExitOK || strings.Contains(stdout, "accuracy") {
		t.Errorf("a regression: code %d, %s", code, stdout)
	}
}

// Interrupting keeps what was learned.
func TestTrainInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := filepath.Join(t.TempDir(), "run")
	code, stdout, _ := command(ctx, "train", "spiral-mlp", "--json", "--out", dir)
	all := events(t, stdout)
	if code != ExitInterrupted || all[len(all)-1]["event"] != "interrupted" {
		t.Fatalf("code %d: %s", code, stdout)
	}
	b, err := os.ReadFile(filepath.Join(dir, checkpointFile))
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if w, ok := f.Find("hidden1.weight"); !ok || len(w.Data) != 32 {
		t.Errorf("the checkpoint holds %v", w)
	}
}

func TestTrainRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	keras, _ := presets.Text("keras-convnet")
	cut := write("cut.json", keras[:len(keras)/2])
	noFlatten := write("noflatten.json", bytes.Replace(keras, []byte(`{"id": "flatten", "type": "flatten"},`), nil, 1))
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(append([]byte{0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28}, make([]byte, 1000)...))
	z.Close()
	write("data/mnist/train-images-idx3-ubyte.gz", zipped.Bytes())

	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"train"}, ExitUsage, "wants one FILE"},
		{[]string{"train", "a", "b"}, ExitUsage, "wants one FILE"},
		{[]string{"train", "nowhere.json"}, ExitNotFound, "there is no preset of that name either"},
		{[]string{"train", cut}, ExitInvalid, "the text ends in the middle of the document"},
		{[]string{"train", noFlatten}, ExitInvalid, `node "dense": dense wants a flat row of values, and what arrives has the shape 5×5×64`},
		{[]string{"train", "spiral-mlp", "--set", "train.bach=3"}, ExitInvalid, `did you mean "batch"?`},
		{[]string{"train", "spiral-mlp", "--set", "train.batch"}, ExitInvalid, "wants path=value"},
		{[]string{"train", "spiral-mlp", "--set", "model.nodes.hidden9.id=3"}, ExitInvalid, `no "hidden9"`},
		{[]string{"train", "spiral-mlp", "--set", "train.batch=-1", "--set", "train.epochs=0"}, ExitInvalid, "has 2 problems"},
		{[]string{"train", "keras-convnet", "--data", filepath.Join(dir, "nothing")}, ExitNotFound, "make build"},
		{[]string{"train", "keras-convnet", "--data", filepath.Join(dir, "data")}, ExitInvalid, "the header promises 47,040,016 bytes (60,000×28×28 + 16), the file has"},
		{[]string{"train", "--resume", filepath.Join(dir, "nothing")}, ExitNotFound, "experiment.json"},
		{[]string{"train", "spiral-mlp", "--workers", "-2"}, ExitUsage, "must not be negative"},
	} {
		code, stdout, stderr := command(context.Background(), c.args...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: code %d, stderr %s\nwant %d and %q", c.args, code, stderr, c.code, c.says)
		}
		if stdout != "" {
			t.Errorf("%q prints %q", c.args, stdout)
		}
	}
}

func TestTrainDiverges(t *testing.T) {
	code, stdout, stderr := command(context.Background(), "train", "spiral-mlp", "--json", "--set", `train.optimizer={"type":"sgd","lr":100}`, "--set", "train.loss=mse",
		"--set", "model.nodes.hidden1.config.activation=relu", "--set", "model.nodes.hidden2.config.activation=relu", "--set", "model.nodes.output.config.activation=none")
	if code != ExitFailure || !strings.Contains(stderr, "learning rate ten times smaller") || !strings.Contains(stdout, `"event":"failed"`) {
		t.Errorf("code %d, %s%s", code, stdout, stderr)
	}
}

// A profile has the steps, all of their time by phase, and every layer; it comes
// before the last event, and only when it was asked for.
func TestTrainProfile(t *testing.T) {
	args := []string{"train", "spiral-mlp", "--set", "train.epochs=2", "--json"}
	code, plain, stderr := command(context.Background(), args...)
	if code != ExitOK || strings.Contains(plain, "profile") {
		t.Fatalf("code %d, %s%s", code, plain, stderr)
	}
	code, stdout, stderr := command(context.Background(), append(args, "--profile")...)
	all := events(t, stdout)
	last := len(all) - 1
	if code != ExitOK || last < 2 {
		t.Fatalf("code %d, %s%s", code, stdout, stderr)
	}
	profile, without := all[last-1], events(t, plain)
	if profile["event"] != "profile" || profile["steps"] != all[last-2]["step"] {
		t.Errorf("the profile is %v, behind %v", profile, all[last-2])
	}
	sum := 0.0
	for _, share := range profile["phases"].(map[string]any) {
		sum += share.(float64)
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the phases come to %v, want 1", sum)
	}
	layers := profile["layers"].([]any)
	if end := layers[len(layers)-1].(map[string]any); len(layers) < 3 || end["layer"] != "loss" {
		t.Errorf("the layers are %v", layers)
	}
	if was, is := without[len(without)-1]["train"], all[last]["train"]; !reflect.DeepEqual(was, is) {
		t.Errorf("trained to %v, without a profile to %v", is, was)
	}

	code, stdout, stderr = command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=2", "--profile")
	for _, word := range []string{" ms each:", "forward", "update", "loss"} {
		if code != ExitOK || !strings.Contains(stdout, word) {
			t.Errorf("code %d, %q is not in %s%s", code, word, stdout, stderr)
		}
	}
	if code, _, stderr = command(context.Background(), "train", "spiral-mlp", "--folds", "3", "--profile"); code != ExitUsage || !strings.Contains(stderr, "--profile") {
		t.Errorf("with folds: code %d, %s", code, stderr)
	}
}
