package generate

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/text"
	"descent/web/presets"
)

// The presets that write go step by step, as far as a text does that grows by a
// token at a time.
func TestPresets(t *testing.T) {
	tok, err := text.Train(text.Options{Kind: text.Characters, Special: []string{text.Pad, text.Begin, text.End, text.Mask}}, "the quick brown fox jumps over a lazy dog\n")
	if err != nil {
		t.Fatal(err)
	}
	cached := 0
	for _, name := range presets.Names() {
		doc, _ := presets.Text(name)
		e, err := experiment.Parse(doc)
		if err != nil {
			t.Fatal(err)
		}
		if source, ok := e.Data.Settings.(data.Recaller); ok {
			source.Recall(tok, 16)
		}
		meta := e.Data.Settings.Meta()
		if !slices.Contains([]string{data.NextToken, data.NextOne, data.Teacher, data.Answer}, meta.Layout.Kind) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			b, _, _, err := e.Graph(1)
			if err != nil {
				t.Fatal(err)
			}
			g, err := New(e, graph.NewParams(b.Params(), e.Seed))
			if err != nil {
				t.Fatal(err)
			}
			one := meta.Layout.Kind == data.NextOne || meta.Layout.Kind == data.Answer
			if ok, why := g.Cached(); ok == one {
				t.Errorf("goes step by step: %v (%v)", ok, why)
			} else if ok {
				cached++
			}
			prompt := "the "
			if q := g.Question(); q > 0 {
				between := ""
				if meta.Text.Kind() == text.Words {
					between = " "
				}
				prompt = strings.Join(meta.Text.Vocabulary()[:q], between)
			}
			s := g.Defaults()
			s.Tokens = 20
			if ids, _ := write(t, g, prompt, s); len(ids) == 0 {
				t.Error("it writes nothing")
			}
		})
	}
	if cached == 0 {
		t.Error("no preset goes step by step")
	}
}
