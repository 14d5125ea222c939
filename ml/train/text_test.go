package train

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/safetensors"
	"descent/ml/tensor"
	"descent/ml/text"
)

// brought is a file that somebody brings.
type brought struct{ name, text string }

func (b brought) Open(name string, _ func(done, total int64)) ([]byte, error) {
	if name != b.name {
		return nil, &data.FileError{File: name, Msg: config.Word("there is no such file")}
	}
	return []byte(b.text), nil
}

// babble is a text of a few words, drawn one after the other.
func babble(n int) string {
	words := []string{"the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog;", "你好"}
	s := tensor.NewStream(2, "babble")
	var out strings.Builder
	for i := range uint64(n) {
		out.WriteString(words[s.Intn(i, len(words))])
		out.WriteString([]string{" ", " ", " ", "\r\n"}[s.Intn(i+1<<32, 4)])
	}
	return out.String()
}

const readerDoc = `{"version": 1, "data": {"source": {"type": "text", "file": "words.txt", "context": 24}, "split": {"validation": 0.1}},
 "model": {"nodes": [{"id": "chars", "type": "embedding", "config": {"tokens": %d, "size": 16}}, %s,
  {"id": "out", "type": "dense", "config": {"units": %d}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "epochs": 6}}`

// A small model of characters does better than one that knows how often each
// comes, and goes on from a checkpoint bit for bit.
func TestTextIsLearned(t *testing.T) {
	content := babble(1500)
	count, n := map[rune]int{}, 0
	for _, r := range content {
		count[r]++
		n++
	}
	entropy := 0.0
	for _, c := range count {
		p := float64(c) / float64(n)
		entropy -= p * math.Log(p)
	}
	for name, layers := range map[string]string{
		"lstm":        `{"id": "lstm", "type": "lstm", "config": {"units": 32, "return": "all"}}`,
		"transformer": `{"id": "places", "type": "position_embedding"}, {"id": "block", "type": "transformer_encoder", "config": {"heads": 2, "causal": true}}`,
	} {
		t.Run(name, func(t *testing.T) {
			start := func(workers int) *Trainer {
				e, err := experiment.Parse(fmt.Appendf(nil, readerDoc, len(count), layers, len(count)))
				if err != nil {
					t.Fatal(err)
				}
				set, err := e.Data.Open(e.Seed, brought{"words.txt", content}, nil)
				if err != nil {
					t.Fatal(err)
				}
				tr, err := New(e, set, Options{Workers: workers})
				if err != nil {
					t.Fatal(err)
				}
				return tr
			}
			tr := start(1)
			for !tr.Done() {
				steps(t, tr, 1)
			}
			m := tr.Evaluate(Test, 0).Run()
			t.Logf("%.3f nats after %d steps, the entropy of single characters is %.3f", m.Loss(), tr.StepNumber(), entropy)
			if !(m.Loss() < 0.5*entropy) {
				t.Errorf("the loss is %.3f, and the entropy of single characters is %.3f", m.Loss(), entropy)
			}
			if m.Scored != 24*m.Count {
				t.Errorf("%d characters of %d samples were foretold", m.Scored, m.Count)
			}
			one, two := start(1), start(3)
			steps(t, one, 5)
			steps(t, two, 3)
			var kept bytes.Buffer
			if err := two.Save(&kept); err != nil {
				t.Fatal(err)
			}
			two = start(2)
			if err := two.Restore(kept.Bytes()); err != nil {
				t.Fatal(err)
			}
			steps(t, two, 2)
			if !slices.Equal(one.params.Value, two.params.Value) {
				t.Error("a resumed run ends with other weights")
			}
		})
	}
}

// What is too small for a text is told when the text was read.
func TestTextMeetsModel(t *testing.T) {
	layers := `{"id": "lstm", "type": "lstm", "config": {"units": 4, "return": "all"}}`
	for _, c := range []struct {
		tokens, units int
		extra, want   string
	}{
		{5, 11, "", `node "chars": tokens: the embedding has vectors for 5 tokens, and the data has 11 different ones; set tokens to 11`},
		{11, 9, "", "the last layer has 9 outputs, and the data has 11 classes"},
		{11, 11, `"preprocess": ["standardise"], `, "data.preprocess[0]: the samples are the numbers of tokens"},
		{11, 11, `"augment": ["noise"], `, "data.augment[0]: the samples are the numbers of tokens"},
		{200, 11, "", ""},
	} {
		doc := strings.Replace(fmt.Sprintf(readerDoc, c.tokens, layers, c.units), `"data": {`, `"data": {`+c.extra, 1)
		e, err := experiment.Parse([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		set, err := e.Data.Open(e.Seed, brought{"words.txt", strings.Repeat("hello world,\n你", 40)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(e, set, Options{Workers: 1})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// Data that holds other numbers than an embedding has rows for is refused, not
// run into.
func TestEmbeddingOfValues(t *testing.T) {
	for _, units := range []string{"2", "300"} {
		e, err := experiment.Parse([]byte(`{"version": 1, "data": {"source": "spiral"}, "model": {"nodes": [
			{"id": "look", "type": "embedding", "config": {"tokens": ` + units + `, "size": 4}}, {"id": "mean", "type": "mean_over_time"},
			{"id": "out", "type": "dense", "config": {"units": 2}}]}, "train": {"optimizer": "sgd"}}`))
		if err != nil {
			t.Fatal(err)
		}
		d, err := e.Data.Open(1, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(e, d, Options{})
		if all, ok := config.All(err); !ok || all[0].Node != "look" || !strings.Contains(err.Error(), "looks up whole numbers from 0 to") {
			t.Errorf("an embedding of the spiral's coordinates: %v", err)
		}
	}
}

// A checkpoint has the tokenizer, and goes with no other.
func TestCheckpointKeepsTokenizer(t *testing.T) {
	layers := `{"id": "lstm", "type": "lstm", "config": {"units": 4, "return": "all"}}`
	start := func(content, tokenizer string) *Trainer {
		t.Helper()
		doc := strings.Replace(fmt.Sprintf(readerDoc, 0, layers, 0), `"context"`, `"tokenizer": "`+tokenizer+`", "context"`, 1)
		doc = strings.Replace(doc, `"type": "dense", "config": {"units": 0}`, `"type": "tied_dense", "config": {"to": "chars"}`, 1)
		doc = strings.Replace(doc, `"units": 4`, `"units": 16`, 1)
		e, err := experiment.Parse([]byte(doc))
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
		return tr
	}
	hello, help := strings.Repeat("hello world,\n你", 200), strings.Repeat("help, a word!\n你", 200)
	own := start(hello, "character")
	var b bytes.Buffer
	if err := own.Save(&b); err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	v, err := config.Parse([]byte(f.Meta["tokenizer"]))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := text.Read(v)
	if err != nil || text.Difference(kept, own.meta.Text) != "" {
		t.Errorf("the checkpoint keeps %s, %v", f.Meta["tokenizer"], err)
	}
	if err := start(hello, "character").Restore(b.Bytes()); err != nil {
		t.Error(err)
	}
	if _, err := start(hello, "character").Load(b.Bytes()); err != nil {
		t.Error(err)
	}
	for _, c := range []struct{ content, tokenizer, want string }{
		{help, "character", `token 2 is "," in the checkpoint and "!" in the data`},
		{help, "word", "the checkpoint's tokenizer is of the kind character, the data's of the kind word"},
	} {
		other := start(c.content, c.tokenizer)
		before := slices.Clone(other.params.Value)
		if err := other.Restore(b.Bytes()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Restore: %v, want %q", err, c.want)
		}
		if _, err := other.Load(b.Bytes()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Load: %v, want %q", err, c.want)
		}
		if !slices.Equal(before, other.params.Value) {
			t.Error("a refused checkpoint changed the weights")
		}
	}
	if err := open(t, "keras-convnet", small, 1).Restore(b.Bytes()); err == nil {
		t.Error("a model of pictures took a checkpoint of text")
	}
	spiral := open(t, "spiral-mlp", nil, 1)
	if _, err := spiral.Load(b.Bytes()); err == nil || !strings.Contains(err.Error(), "a model of text, and this data is none") {
		t.Errorf("points: %v", err)
	}
}
