package train

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"descent/ml/experiment"
)

// reader prepares a model of a text's tokens that is as small as can be.
func reader(t *testing.T, source, content string) *Trainer {
	t.Helper()
	flat := ""
	if strings.Contains(source, "next_one") {
		flat = `{"id": "flat", "type": "flatten"},`
	}
	e, err := experiment.Parse(fmt.Appendf(nil, `{"version": 1, "data": {%s}, "model": {"nodes": [
		{"id": "chars", "type": "embedding", "config": {"size": 2}}, %s {"id": "out", "type": "dense", "config": {"units": 0}}]},
		"train": {"optimizer": "sgd", "batch": 4}}`, source, flat))
	if err != nil {
		t.Fatal(err)
	}
	set, err := e.Data.Open(e.Seed, brought{"f.txt", content}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(e, set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// Worked out by hand. The tokens are a, b and c.
//
//	training "abaabca|" of context 3 in windows aba, aab and the labels after
//	them: the pairs ab ba aa, ab bc ca
//	after a: b twice, a once; after b: a, c; after c: a. Labels: a 3, b 2, c 1
//	test "babbb": the window bab and the pairs ba ab bb
//	unigram: a 4/9, b 3/9, b 3/9; bigram: a after b 2/5, b after a 3/6, b after b 1/5
func TestBaselines(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	const source = `"source": {"type": "text", "file": "f.txt", "context": 3, "test_percent": 42%s}, "split": {"validation": 0}`
	const content = "abaabca" + "babbb"
	tr := reader(t, fmt.Sprintf(source, ""), content)
	got := tr.Baselines()
	want := []float64{math.Log(3), -math.Log(4.0/9*3/9*3/9) / 3, -math.Log(2.0/5*3/6*1/5) / 3}
	for i, b := range got {
		if b.Name != BaselineNames[i] || b.Validation != nil || b.Test == nil || b.Test.Labels != 3 {
			t.Fatalf("%+v", b)
		}
		near(b.Name, b.Test.Loss, want[i])
		near(b.Name+"'s perplexity", b.Test.Perplexity, math.Exp(want[i]))
		near(b.Name+"'s bits", b.Test.BitsPerCharacter, want[i]/math.Ln2)
	}
	// Windows that overlap count each pair once.
	over := reader(t, fmt.Sprintf(source, `, "stride": 1`), content)
	if len(over.order) != 4 {
		t.Errorf("%d windows", len(over.order))
	}
	for i, b := range over.Baselines() {
		near("with a stride of 1, "+b.Name, b.Test.Loss, want[i])
	}
	// The one after the last: a after aba, b after baa, c after aab, a after abc; and in the test b after bab.
	for i, b := range reader(t, fmt.Sprintf(source, `, "stride": 1, "layout": "next_one"`), content).Baselines() {
		near("for the last, "+b.Name, b.Test.Loss, -math.Log([]float64{1.0 / 3, 2.0 / 7, 1.0 / 4}[i]))
	}
	if b := reader(t, fmt.Sprintf(source, `, "layout": "masked"`), content).Baselines(); b != nil {
		t.Errorf("masked tokens have the baselines %v", b)
	}
}

// A token of several characters is less surprising for each of them.
func TestBitsPerCharacter(t *testing.T) {
	const source = `"source": {"type": "text", "file": "f.txt", "context": 4, "tokenizer": "%s", "vocabulary": %d, "test_percent": 50}, "split": {"validation": 0}`
	content := strings.Repeat("你好 word ", 40)
	for _, c := range []struct {
		tokenizer  string
		vocabulary int
	}{{"character", 0}, {"word", 0}, {"bpe", 264}} {
		tr := reader(t, fmt.Sprintf(source, c.tokenizer, c.vocabulary), content)
		characters, labels := 0, 0
		x, y := make([]float32, 4), make([]float32, 4)
		var all []int
		for i := range tr.test.Len() {
			tr.test.Read(i, x, y)
			for _, v := range y {
				all = append(all, int(v))
			}
		}
		characters, labels = utf8.RuneCountInString(tr.meta.Text.Decode(all)), len(all)
		for _, b := range tr.Baselines() {
			if want := b.Test.Loss * float64(labels) / float64(characters) / math.Ln2; math.Abs(b.Test.BitsPerCharacter-want) > 0.02*want {
				t.Errorf("%s: %s takes %v bits a character, want %v", c.tokenizer, b.Name, b.Test.BitsPerCharacter, want)
			}
		}
		e := tr.Evaluate(Test, 0).Detail()
		e.Run()
		if r, want := e.Report().Values, math.Log2(e.Report().Values["perplexity"])*float64(labels)/float64(characters); math.Abs(r["bits_per_character"]-want) > 0.02*want {
			t.Errorf("%s: the model takes %v bits a character, want %v", c.tokenizer, r["bits_per_character"], want)
		}
	}
}

// What counting pairs of characters comes to on the collected plays that nanoGPT
// uses, the file that TINYSHAKESPEARE names, divided 90 to 10.
func TestBigramOfShakespeare(t *testing.T) {
	name := os.Getenv("TINYSHAKESPEARE")
	if name == "" {
		t.Skip("TINYSHAKESPEARE names no file")
	}
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, windows := range []string{``, `, "stride": 1`, `, "stride": 1, "context": 8, "layout": "next_one"`} {
		tr := reader(t, `"source": {"type": "text", "file": "f.txt", "test_percent": 0`+windows+`}, "split": {"validation": 0.1}`, string(content))
		b := tr.Baselines()[2].Validation
		t.Logf("windows%s: %+v", windows, *b)
		if math.Abs(b.Loss-2.4819) > 0.0005 {
			t.Errorf("windows%s: %+v, want a loss of 2.4819", windows, *b)
		}
	}
}
