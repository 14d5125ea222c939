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

// A text's baselines come with the figures at the end, for people and for
// programs; the file may be named on the command line.
func TestBaselines(t *testing.T) {
	dir := t.TempDir()
	words, doc := filepath.Join(dir, "words.txt"), filepath.Join(dir, "doc.json")
	for name, content := range map[string]string{
		words: strings.Repeat("the cat sat on the mat\n", 60),
		doc: `{"version": 1, "name": "Bigram", "data": {"source": {"type": "text", "file": "elsewhere.txt", "context": 8}, "split": {"validation": 0.1}},
			"model": {"nodes": [{"id": "chars", "type": "embedding", "config": {"size": 8}}, {"id": "out", "type": "dense", "config": {"units": 0}}]},
			"train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.05}, "epochs": 10}}`,
	} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"train", doc, "--set", "data.path=" + words}
	code, stdout, stderr := command(context.Background(), args...)
	if code != ExitOK {
		t.Fatalf("code %d, %s", code, stderr)
	}
	for _, want := range []string{"validation  bigram ", "test        bigram ", "test        model ", "test        uniform", "perplexity  bits/char"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the output\n%s\nhas no %q", stdout, want)
		}
	}
	code, stdout, stderr = command(context.Background(), append(args, "--json")...)
	if code != ExitOK {
		t.Fatalf("code %d, %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	var done event
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &done); err != nil {
		t.Fatal(err)
	}
	if len(done.Baselines) != 3 || done.Baselines[2].Name != "bigram" {
		t.Fatalf("%s", lines[len(lines)-1])
	}
	counted := done.Baselines[2].Test
	if l := counted.Loss; !(l > 0.3 && l < 1.2) || math.Abs(counted.BitsPerCharacter-l/math.Ln2) > 1e-9 || math.Abs(float64(done.Test.Loss)-l) > 0.15 {
		t.Errorf("counting pairs comes to %+v, and a model of pairs to %v", counted, done.Test.Loss)
	}
	code, _, stderr = command(context.Background(), "train", "spiral-mlp", "--set", "data.path="+words)
	if code != ExitInvalid || !strings.Contains(stderr, `data.path: the data source "spiral" reads no file of yours`) {
		t.Errorf("code %d, %s", code, stderr)
	}
}
