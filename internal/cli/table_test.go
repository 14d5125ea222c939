package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const table = `{"version": 1, "data": {"source": "csv", "split": {"validation": 0.1}, "preprocess": [{"type": "scale", "factor": 0.1}]},
 "model": {"nodes": [{"id": "hidden", "type": "dense", "config": {"units": 8, "activation": "tanh"}},
  {"id": "out", "type": "dense", "config": {"units": 3, "activation": "softmax"}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.02}, "batch": 16, "epochs": 60}}`

// A table of one's own: what it holds is known only when it was read.
func TestTrainTable(t *testing.T) {
	dir := t.TempDir()
	doc, text := filepath.Join(dir, "table.json"), filepath.Join(dir, "flowers.csv")
	var b strings.Builder
	b.WriteString("length,width,kind\n")
	for i := range 120 {
		class := i / 40
		fmt.Fprintf(&b, "%.2f,%.2f,%s\n", float64(3*class)+float64(i%7)/7, float64(class*class)-float64(i%5)/5, []string{"setosa", "versicolor", "virginica"}[class])
	}
	for name, text := range map[string]string{doc: table, text: b.String()} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code, stdout, stderr := command(context.Background(), "train", doc, "--json", "--set", "data.source.file="+text)
	if code != ExitOK {
		t.Fatalf("code %d, stderr %q", code, stderr)
	}
	all := events(t, stdout)
	test := all[len(all)-1]["test"].(map[string]any)
	if test["accuracy"].(float64) < 0.95 {
		t.Errorf("of the test %v", test)
	}

	for _, c := range []struct {
		set  string
		code int
		want string
	}{
		{"seed=1", ExitInvalid, "data.source.file: is missing"},
		{"data.source.file=" + filepath.Join(dir, "no.csv"), ExitNotFound, "there is no such file"},
		{"data.source.file=" + doc, ExitInvalid, "table.json: line"},
	} {
		code, _, stderr := command(context.Background(), "train", doc, "--set", c.set)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: code %d, %q; want %d, %q", c.set, code, stderr, c.code, c.want)
		}
	}
	code, _, stderr = command(context.Background(), "train", doc, "--set", "data.source.file="+text, "--set", "model.nodes.out.config.units=2")
	if code != ExitInvalid || !strings.Contains(stderr, "the last layer has 2 outputs, and the data has 3 classes") {
		t.Errorf("a wrong model: code %d, %q", code, stderr)
	}
	for _, folds := range [][]string{nil, {"--folds", "2"}} {
		args := append([]string{"train", doc, "--memory", "1KB", "--set", "data.source.file=" + text}, folds...)
		if code, _, stderr = command(context.Background(), args...); code != ExitInvalid || !strings.Contains(stderr, "may take 1 kB") {
			t.Errorf("%v: code %d, %q", args, code, stderr)
		}
	}
}
