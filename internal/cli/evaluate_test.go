package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A run is measured, each opening of its test part is counted in its
// checkpoint, whether that is in a folder or a file, and told.
func TestEvaluate(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "run")
	if code, _, stderr := command(ctx, "train", "spiral-mlp", "--set", "train.epochs=2", "--out", dir); code != ExitOK {
		t.Fatal(stderr)
	}
	code, stdout, stderr := command(ctx, "evaluate", dir)
	for _, want := range []string{"50 validation samples", "accuracy", "prior", "right \\ guessed", "expected calibration error"} {
		if code != ExitOK || !strings.Contains(stdout, want) {
			t.Fatalf("code %d, %q is missing: %s%s", code, want, stdout, stderr)
		}
	}
	read := func(path, part string) (e evaluation) {
		t.Helper()
		code, stdout, stderr := command(ctx, "evaluate", path, "--part", part, "--json")
		if err := json.Unmarshal([]byte(stdout), &e); code != ExitOK || err != nil {
			t.Fatalf("code %d, %v: %s%s", code, err, stdout, stderr)
		}
		return e
	}
	v := read(dir, "validation")
	total := 0
	for _, row := range v.Confusion {
		for _, n := range row {
			total += n
		}
	}
	if v.Opened != 1 || v.Samples != 50 || total != 50 || len(v.Classes) != 2 || v.Classes[0].Name != "orange" || v.Curve == nil || len(v.Calibration.Bins) != 10 {
		t.Errorf("%+v", v)
	}
	for _, f := range v.Metrics {
		if f.Name == "accuracy" && (f.Low == nil || *f.Low >= f.Value || *f.High <= f.Value || f.Method != "wilson" || f.Baselines["prior"] == 0) {
			t.Errorf("%+v", f)
		}
	}
	for want := 2; want < 4; want++ {
		if got := read(dir, "test").Opened; got != want {
			t.Errorf("opened %d times, want %d", got, want)
		}
	}
	file := filepath.Join(t.TempDir(), "one.safetensors")
	b, err := os.ReadFile(filepath.Join(dir, checkpointFile))
	if err == nil {
		err = os.WriteFile(file, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := read(file, "test").Opened; got != 4 {
		t.Errorf("the file was opened %d times", got)
	}
	if got := read(file, "training"); got.Opened != 4 || got.Part != "training" {
		t.Errorf("%s, opened %d times", got.Part, got.Opened)
	}
	if code, stdout, _ := command(ctx, "evaluate", file, "--part", "test"); code != ExitOK || !strings.Contains(stdout, "opened 5 times") {
		t.Errorf("code %d: %s", code, stdout)
	}
	// Going on with the run keeps the count, and training's own look at the test adds to it.
	if code, _, stderr := command(ctx, "train", "--resume", dir, "--set", "train.epochs=3"); code != ExitOK {
		t.Fatal(stderr)
	}
	if got := read(dir, "validation").Opened; got != 4 {
		t.Errorf("after more training it was opened %d times", got)
	}
}

func TestEvaluateRefuses(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "run")
	if code, _, stderr := command(ctx, "train", "spiral-mlp", "--set", "train.epochs=1", "--set", "data.split.validation=0", "--out", dir); code != ExitOK {
		t.Fatal(stderr)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"evaluate"}, ExitUsage, "RUN"},
		{[]string{"evaluate", dir, "--part", "all"}, ExitUsage, "training, validation or test"},
		{[]string{"evaluate", dir}, ExitInvalid, "there are no validation samples"},
		{[]string{"evaluate", dir + "x"}, ExitNotFound, "no such file"},
	} {
		if code, _, stderr := command(ctx, c.args...); code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: code %d, %s", c.args, code, stderr)
		}
	}
}

// Values have residuals, and no classes.
func TestEvaluateValues(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "run")
	doc := `{"version":1,"data":{"source":{"type":"reg_plane","samples":200},"split":{"validation":0.3}},
		"model":{"nodes":[{"id":"out","type":"dense","config":{"units":1}}]},"train":{"loss":"mse","optimizer":"sgd","epochs":2}}`
	file := filepath.Join(t.TempDir(), "plane.json")
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := command(ctx, "train", file, "--out", dir); code != ExitOK {
		t.Fatal(stderr)
	}
	var e evaluation
	code, stdout, stderr := command(ctx, "evaluate", dir, "--json")
	if err := json.Unmarshal([]byte(stdout), &e); code != ExitOK || err != nil {
		t.Fatalf("code %d, %v: %s", code, err, stderr)
	}
	if e.Residuals == nil || len(e.Residuals.Told) != e.Samples || e.Calibration != nil || e.Classes != nil || e.Mistakes != nil {
		t.Errorf("%+v", e)
	}
	if code, stdout, _ := command(ctx, "evaluate", dir); code != ExitOK || !strings.Contains(stdout, "residuals") {
		t.Errorf("code %d: %s", code, stdout)
	}
}
