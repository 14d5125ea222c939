package train

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"descent/ml/experiment"
)

const recalled = `{"version": 1, "data": {"source": {"type": "text", "file": "words.txt", "context": 8}},
 "model": {"nodes": [{"id": "chars", "type": "embedding", "config": {"size": 8}}, {"id": "places", "type": "position_embedding"},
  {"id": "out", "type": "dense", "config": {"units": %d}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "epochs": 1, "ema": 0.5}}`

// A model comes back from its checkpoint without its text.
func TestRecall(t *testing.T) {
	content := babble(200)
	kinds := map[rune]bool{}
	for _, r := range content {
		kinds[r] = true
	}
	doc := fmt.Appendf(nil, recalled, len(kinds))
	read := func(doc []byte) *experiment.Experiment {
		e, err := experiment.Parse(doc)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	e := read(doc)
	set, err := e.Data.Open(e.Seed, brought{"words.txt", content}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	steps(t, tr, 5)
	var file bytes.Buffer
	if err := tr.Save(&file); err != nil {
		t.Fatal(err)
	}

	other := read(doc)
	params, err := Recall(other, file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(params.Value, tr.Shown().Value) || slices.Equal(params.Value, tr.Params().Value) {
		t.Error("the weights are not those that were saved for use")
	}
	meta := other.Data.Settings.Meta()
	if !meta.X.Equal(set.Meta.X) || !meta.Y.Equal(set.Meta.Y) || meta.Tokens != set.Meta.Tokens || !slices.Equal(meta.Classes, set.Meta.Classes) ||
		meta.Range != set.Meta.Range || meta.Layout.Kind != set.Meta.Layout.Kind {
		t.Errorf("the data is remembered as %+v, and was %+v", meta, set.Meta)
	}
	if again, err := Recall(other, file.Bytes()); err != nil || !slices.Equal(again.Value, params.Value) {
		t.Errorf("a second time: %v", err)
	}

	set2, err := other.Data.Open(1, brought{"words.txt", "another text altogether, with some lines\nin it, " + content}, nil)
	if err != nil || set2 == nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		e     *experiment.Experiment
		bytes []byte
		says  string
	}{
		{other, file.Bytes(), "belongs to another text"},
		{read(doc), file.Bytes()[:40], "safetensors"},
		{read(bytes.Replace(doc, []byte(`"size": 8`), []byte(`"size": 9`), 1)), file.Bytes(), "no chars.weight of shape"},
		{read(bytes.Replace(doc, fmt.Appendf(nil, `"units": %d`, len(kinds)), []byte(`"units": 3`), 1)), file.Bytes(), "the last layer has 3 outputs"},
		{read(doc), bytes.Replace(file.Bytes(), []byte(`"tokenizer"`), []byte(`"takonizer"`), 1), ErrUnknownData.Error()},
		{read(doc), bytes.Replace(file.Bytes(), []byte(`\"kind\":\"char`), []byte(`\"kind\":\"chur`), 1), "tokenizer is broken"},
	} {
		if _, err := Recall(c.e, c.bytes); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %q", err, c.says)
		}
	}
	if _, err := Recall(read(doc), bytes.Replace(file.Bytes(), []byte(`"tokenizer"`), []byte(`"takonizer"`), 1)); !errors.Is(err, ErrUnknownData) {
		t.Errorf("without a tokenizer: %v", err)
	}
}

// Lines know their length only from their file; the checkpoint tells it.
func TestRecallLines(t *testing.T) {
	doc := fmt.Appendf(nil, strings.Replace(recalled, `"type": "text", "file": "words.txt", "context": 8`, `"type": "lines", "file": "words.txt"`, 1), 26)
	content := ""
	for i := range 23 {
		for j := range 1 + i%7 {
			content += string(rune('a' + (i+j)%23))
		}
		content += "\n"
	}
	e, err := experiment.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	set, err := e.Data.Open(e.Seed, brought{"words.txt", content}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := tr.Save(&file); err != nil {
		t.Fatal(err)
	}
	again, err := experiment.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Recall(again, file.Bytes()); err != nil || !again.Data.Settings.Meta().X.Equal(set.Meta.X) {
		t.Errorf("a sample is remembered as %v, and was %v (%v)", again.Data.Settings.Meta().X, set.Meta.X, err)
	}
	fresh, err := experiment.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Recall(fresh, bytes.Replace(file.Bytes(), []byte(`"tokens":"8"`), []byte(`"tokens":"x"`), 1)); !errors.Is(err, ErrUnknownData) {
		t.Errorf("without the length of a sample: %v", err)
	}
}
