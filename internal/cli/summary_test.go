package cli

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	code, stdout, stderr := command(context.Background(), "summary", "keras-convnet")
	if code != ExitOK || stderr != "" {
		t.Fatalf("code %d, %q", code, stderr)
	}
	for _, want := range []string{"conv2    conv2d      11×11×64      18,496  4,468,288", "Parameters  34,826\n", "422 steps of 128 an epoch", "optimizer 279 kB"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("there is no %q in\n%s", want, stdout)
		}
	}
	code, stdout, _ = command(context.Background(), "summary", "digits-5-9", "--json", "--set", "train.batch=64")
	var s summary
	if err := json.Unmarshal([]byte(stdout), &s); code != ExitOK || err != nil {
		t.Fatalf("code %d, %v", code, err)
	}
	if s.Parameters != 600165 || s.Trained != s.Parameters-320-9248 || s.Batch != 64 || !s.Layers[0].Frozen || s.Layers[5].Frozen {
		t.Errorf("%+v", s)
	}
	sum := s.Memory.Data + s.Memory.Parameters + s.Memory.Optimizer + s.Memory.Gradients + s.Memory.Activations + s.Memory.Evaluation
	if s.Memory.Data != 34265*785 || s.Memory.Parameters != 4*600165 || s.Memory.Optimizer < 2*s.Memory.Parameters || s.Memory.Total != sum {
		t.Errorf("memory %+v", s.Memory)
	}
	for _, c := range []struct {
		code int
		args []string
	}{
		{ExitUsage, []string{"summary"}},
		{ExitNotFound, []string{"summary", "nothing"}},
		{ExitInvalid, []string{"summary", "keras-convnet", "--set", "model.nodes.conv1.config.filters=0"}},
	} {
		if code, _, stderr := command(context.Background(), c.args...); code != c.code || stderr == "" {
			t.Errorf("%v: code %d, %q", c.args, code, stderr)
		}
	}
}

func TestInspect(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if code, _, stderr := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=3", "--out", dir); code != ExitOK {
		t.Fatal(stderr)
	}
	code, stdout, _ := command(context.Background(), "inspect", dir)
	if want := "input\nhidden1.weight\nhidden1.bias\nhidden1.pre\nhidden1\n"; code != ExitOK || !strings.HasPrefix(stdout, want) {
		t.Errorf("code %d, values\n%s", code, stdout)
	}
	code, stdout, _ = command(context.Background(), "inspect", dir, "hidden2", "--sample", "3", "--sample", "1", "--json")
	var look struct {
		Path        string
		Value, Grad view
	}
	if err := json.Unmarshal([]byte(stdout), &look); code != ExitOK || err != nil {
		t.Fatalf("code %d, %v", code, err)
	}
	if look.Path != "hidden2" || len(look.Value.Values) != 32 || look.Value.Max > 1 || look.Grad.Count != 32 || look.Grad.SD == 0 {
		t.Errorf("%+v", look)
	}
	code, stdout, _ = command(context.Background(), "inspect", dir, "hidden1.weight")
	if code != ExitOK || !strings.Contains(stdout, "values  32  min") || !strings.Contains(stdout, "gradients  32  min") {
		t.Errorf("code %d\n%s", code, stdout)
	}
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{ExitUsage, "wants a RUN", []string{"inspect"}},
		{ExitUsage, "wants training, validation or test", []string{"inspect", dir, "hidden1", "--part", "all"}},
		{ExitInvalid, "there is no value of that name", []string{"inspect", dir, "hidden3"}},
		{ExitInvalid, "there is no sample 1000", []string{"inspect", dir, "hidden1", "--sample", "1000"}},
		{ExitNotFound, "no", []string{"inspect", filepath.Join(dir, "else")}},
	} {
		if code, _, stderr := command(context.Background(), c.args...); code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: code %d, %q", c.args, code, stderr)
		}
	}
}
