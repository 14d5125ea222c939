//go:build !js

package e2e

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/session"
)

// counting is a small model of tokens.
const counting = `{"version": 1, "data": {"source": {"type": %q%s}, "split": {"validation": 0.1}},
	"model": {"nodes": [{"id": "tokens", "type": "embedding", "config": {"size": 8}}, %s {"id": "out", "type": "dense", "config": {"units": 0}}]},
	"train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.01}, "batch": 16, "steps": 5}}`

// ofTokens is a document with a model for what a source of tokens asks: the next token where it can be asked that.
func ofTokens(info data.Info) string {
	source, settings, mean := info.New(), "", ""
	for _, f := range source.Fields() {
		if f.Name == "layout" && slices.Contains(f.Choices, data.NextToken) {
			f.Set(config.Text(data.NextToken))
			settings = `, "layout": "next_token"`
		}
	}
	if source.Meta().Y.Len() == 1 {
		mean = `{"id": "mean", "type": "mean_over_time"},`
	}
	return fmt.Sprintf(counting, info.Type, settings, mean)
}

// TestTextsInBrowser reads each text that comes with the site in Chromium: the tokens and what counting them comes to
// are those that this program finds, and a model learns from them. The poems are not on every machine.
func TestTextsInBrowser(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	for _, c := range []struct{ typ, settings, file string }{
		{"pasted_text", `, "tokenizer": "bpe", "vocabulary": 290, "test_percent": 20`, ""},
		{"pasted_text", `, "text": "猫看见狗。狗看见猫。猫和狗都看见月亮。月亮看见猫和狗。", "context": 2, "test_percent": 0`, ""},
		{"sonnets", `, "tokenizer": "bpe", "vocabulary": 400`, "text/sonnets.txt"},
		{"sonnets", `, "tokenizer": "word", "vocabulary": 1000`, "text/sonnets.txt"},
		{"names", ``, "text/names.txt"},
		{"poems", `, "tokenizer": "bpe", "vocabulary": 1000`, "text/tang.txt"},
	} {
		if c.file != "" && !onSite("data/"+c.file) {
			t.Logf("%s is not here", c.file)
			continue
		}
		doc := fmt.Sprintf(counting, c.typ, c.settings, "")
		events := p.drive([]session.Command{{Open: &session.Open{Experiment: doc}}, {Run: &session.Run{}}},
			`ev.state?.phase === "done"`, time.Minute)
		var got *session.Data
		for _, e := range events {
			if e.Data != nil {
				got = e.Data
			}
		}
		var want *session.Data
		native := session.New(data.Local(filepath.Join(webDir(t), "data")), func(e *session.Event, _ [][]byte) {
			if e.Error != nil {
				t.Fatalf("%s: %+v", c.typ, *e.Error)
			}
			if e.Data != nil {
				want = e.Data
			}
		})
		native.Do(session.Command{Open: &session.Open{Experiment: doc}})
		if got == nil || want == nil || got.Tokens != want.Tokens || !slices.Equal(got.Vocabulary.Tokens, want.Vocabulary.Tokens) ||
			!slices.Equal(got.Vocabulary.Merges, want.Vocabulary.Merges) || got.Samples != want.Samples || len(got.Baselines) != len(want.Baselines) {
			t.Fatalf("%s%s: the browser reads %+v, this program %+v", c.typ, c.settings, got, want)
		}
		for i, b := range got.Baselines {
			if w := want.Baselines[i]; b.Name != w.Name || b.Part != w.Part || math.Abs(b.Loss-w.Loss) > 1e-9 {
				t.Errorf("%s%s: %+v in the browser, %+v here", c.typ, c.settings, b, w)
			}
		}
		if len(points(events)) < 5 {
			t.Errorf("%s%s: %d points", c.typ, c.settings, len(points(events)))
		}
	}
}
