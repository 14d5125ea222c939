package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// trained trains a document for a little while and returns the folder of the run.
func trained(t *testing.T, doc string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "doc.json")
	if err := os.WriteFile(file, []byte(doc), 0o644); err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(dir, "run")
	if code, _, stderr := command(context.Background(), "train", file, "--json", "--out", run); code != ExitOK {
		t.Fatalf("train: code %d, %s", code, stderr)
	}
	return run
}

// reader trains a small model of a text, which is then thrown away.
func reader(t *testing.T, tokenizer string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rhyme.txt")
	text := strings.Repeat("the cat sat on the mat 猫\nand the dog ate the log 狗\n", 40)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	run := trained(t, `{"version": 1, "name": "Rhyme", "data": {"source": {"type": "text", "file": "`+file+`", "context": 16, `+tokenizer+`}},
		"model": {"nodes": [{"id": "embed", "type": "embedding", "config": {"size": 16}}, {"id": "place", "type": "position_embedding"},
			{"id": "block", "type": "transformer_decoder", "config": {"heads": 2}}, {"id": "out", "type": "tied_dense", "config": {"to": "embed"}}]},
		"train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "steps": 120}}`)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	return run
}

func TestSample(t *testing.T) {
	run := reader(t, `"tokenizer": "character"`)
	sample := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := command(context.Background(), append([]string{"sample", run, "--prompt", "the c"}, args...)...)
		if code != ExitOK || stderr != "" {
			t.Fatalf("%q: code %d, stderr %s", args, code, stderr)
		}
		return stdout
	}
	text := sample("--tokens", "60")
	if !strings.HasPrefix(text, "the c") || utf8.RuneCountInString(text) != 66 || !strings.HasSuffix(text, "\n") {
		t.Errorf("a text of 60 characters after 5 is %q", text)
	}
	if again := sample("--tokens", "60"); again != text {
		t.Errorf("the same command writes %q and %q", text, again)
	}
	if slow := sample("--tokens", "60", "--no-cache"); slow != text {
		t.Errorf("without the cache it writes %q, not %q", slow, text)
	}
	if other := sample("--tokens", "60", "--seed", "9", "--temperature", "3"); other == text {
		t.Error("another seed and temperature write the same")
	}
	if cold, one := sample("--temperature", "0"), sample("--top-k", "1", "--seed", "4"); cold != one {
		t.Errorf("temperature 0 writes %q, top-k 1 %q", cold, one)
	}
	best := sample("--beams", "3", "--tokens", "12")
	if utf8.RuneCountInString(best) != 18 {
		t.Errorf("three beams write %q", best)
	}

	table := strings.Split(strings.TrimSpace(sample("--tokens", "4", "--candidates", "3", "--temperature", "0")), "\n")
	if len(table) != 4 || !strings.HasPrefix(table[0], `"a" `) || strings.Count(table[0], `"`) != 8 {
		t.Errorf("the table is %q", table)
	}

	all := events(t, sample("--tokens", "30", "--json", "--candidates", "2"))
	start, done := all[0], all[len(all)-1]
	if len(all) != 32 || start["event"] != "start" || start["cached"] != true || start["context"] != 16.0 || start["prompt"] != "the c" ||
		start["settings"].(map[string]any)["top_p"] != 1.0 {
		t.Errorf("%d events, the first %v", len(all), start)
	}
	written := ""
	for i, e := range all[1:31] {
		if e["event"] != "token" || e["index"] != float64(i) || len(e["candidates"].([]any)) != 2 {
			t.Fatalf("token %d is %v", i, e)
		}
		written += e["text"].(string)
	}
	if done["event"] != "done" || done["text"] != written || done["tokens"] != 30.0 || done["ended"] != "tokens" || done["passes"].(float64) > 2*(5+30) {
		t.Errorf("it ends with %v, having written %q", done, written)
	}
	all = events(t, sample("--tokens", "9", "--json", "--beams", "2", "--no-cache"))
	if done := all[len(all)-1]; len(done["beams"].([]any)) != 2 || all[0]["cached"] != false || all[0]["reason"] == nil {
		t.Errorf("two beams without the cache: %v … %v", all[0], done)
	}
}

// Characters come whole though tokens are bytes, and what the vocabulary lacks
// is named.
func TestSampleCharacters(t *testing.T) {
	run := reader(t, `"tokenizer": "bpe", "vocabulary": 270`)
	code, stdout, _ := command(context.Background(), "sample", run, "--prompt", "the cat 猫", "--tokens", "40", "--temperature", "3", "--json")
	if code != ExitOK {
		t.Fatalf("code %d", code)
	}
	for _, e := range events(t, stdout) {
		if s, ok := e["text"].(string); ok && !utf8.ValidString(s) {
			t.Errorf("%q is no text", s)
		}
	}
	run = reader(t, `"tokenizer": "character"`)
	code, _, stderr := command(context.Background(), "sample", run, "--prompt", "the QUEUE", "--tokens", "3")
	if code != ExitOK || !strings.Contains(stderr, `lacks "Q", "U", "E": `) {
		t.Errorf("code %d, stderr %s", code, stderr)
	}
}

// A model of questions answers.
func TestSampleAnswers(t *testing.T) {
	run := trained(t, `{"version": 1, "data": {"source": {"type": "reverse", "samples": 60, "test_samples": 20, "max_length": 3, "layout": "teacher"}},
		"model": {"nodes": [
			{"id": "question", "type": "slice_time", "config": {"length": 3}},
			{"id": "asked", "type": "embedding", "config": {"size": 16}}, {"id": "where", "type": "position_embedding"},
			{"id": "encode", "type": "transformer_encoder", "config": {"heads": 2}},
			{"id": "answer", "type": "slice_time", "from": "input", "config": {"start": 3}},
			{"id": "said", "type": "embedding", "config": {"size": 16}}, {"id": "place", "type": "position_embedding"},
			{"id": "decode", "type": "transformer_decoder", "from": ["place", "encode"], "config": {"heads": 2}},
			{"id": "out", "type": "tied_dense", "config": {"to": "said"}}]},
		"train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "steps": 400}}`)
	code, stdout, stderr := command(context.Background(), "sample", run, "--prompt", "ab")
	if code != ExitOK || stdout != "ba\n" {
		t.Errorf("ab the other way round is %q (code %d, %s)", stdout, code, stderr)
	}
	code, stdout, _ = command(context.Background(), "sample", run, "--prompt", "ab", "--beams", "4", "--json")
	all := events(t, stdout)
	if done := all[len(all)-1]; code != ExitOK || done["text"] != "ba" || done["ended"] != "end" || done["tokens"] != 3.0 || len(done["beams"].([]any)) != 4 {
		t.Errorf("four beams: code %d, %v", code, done)
	}
	for prompt, says := range map[string]string{"": "--prompt: is empty", "abab": "has 4 tokens, and the model reads questions of at most 3"} {
		if code, _, stderr := command(context.Background(), "sample", run, "--prompt", prompt); code != ExitInvalid || !strings.Contains(stderr, says) {
			t.Errorf("%q: code %d, %s", prompt, code, stderr)
		}
	}
}

func TestSampleRefuses(t *testing.T) {
	run := reader(t, `"tokenizer": "character"`)
	spiral := filepath.Join(t.TempDir(), "spiral")
	if code, _, stderr := command(context.Background(), "train", "spiral-mlp", "--set", "train.epochs=1", "--out", spiral); code != ExitOK {
		t.Fatal(stderr)
	}
	broken := t.TempDir()
	for name, cut := range map[string]int{experimentFile: 0, checkpointFile: 100} {
		b, err := os.ReadFile(filepath.Join(run, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(broken, name), b[:len(b)-cut], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"sample"}, ExitUsage, "wants one RUN"},
		{[]string{"sample", run, "--top-k=-1"}, ExitUsage, "below 0"},
		{[]string{"sample", run, "--temperature", "warm"}, ExitUsage, "wants a number"},
		{[]string{"sample", run, "--temperature", "NaN"}, ExitUsage, "wants a number"},
		{[]string{"sample", run, "--tokens", "2.5"}, ExitUsage, "whole number"},
		{[]string{"sample", run, "--beams", "3", "--top-k", "4"}, ExitUsage, "--beams: several beams look for the likeliest text"},
		{[]string{"sample", filepath.Join(run, "nothing")}, ExitNotFound, "experiment.json"},
		{[]string{"sample", spiral}, ExitInvalid, "only a model of text can write"},
		{[]string{"sample", broken}, ExitInvalid, "checkpoint.safetensors"},
	} {
		code, stdout, stderr := command(context.Background(), c.args...)
		if code != c.code || !strings.Contains(stderr, c.says) || stdout != "" {
			t.Errorf("%q: code %d, stderr %s, stdout %q; want %d and %q", c.args, code, stderr, stdout, c.code, c.says)
		}
	}
}

func TestSampleInterrupted(t *testing.T) {
	run := reader(t, `"tokenizer": "character"`)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	code, stdout, _ := command(ctx, "sample", run, "--json", "--tokens", "1000")
	all := events(t, stdout)
	if code != ExitInterrupted || all[len(all)-1]["event"] != "interrupted" {
		t.Errorf("code %d, %v", code, all)
	}
}

// A prompt may come from standard input.
func TestSampleStandardInput(t *testing.T) {
	run := reader(t, `"tokenizer": "character"`)
	var out bytes.Buffer
	root := newRoot()
	root.SetArgs([]string{"sample", run, "--prompt", "-"})
	root.SetIn(strings.NewReader("the dog"))
	root.SetOut(&out)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "the dog") {
		t.Errorf("it writes %q", out.String())
	}
}
