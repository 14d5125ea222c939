package generate

import (
	"fmt"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/tensor"
	"descent/ml/text"
)

// given is a source that only says what its samples are.
type given struct{ meta data.Meta }

func init() {
	data.Register(data.Info{Type: "given", Title: "Given", Kind: "text", New: func() data.Source { return new(given) }})
}

func (*given) Fields() []config.Field { return nil }
func (g *given) Meta() data.Meta      { return g.meta }
func (g *given) Learn(m data.Meta)    { g.meta = m }
func (*given) Open(uint64, data.Files, func(done, total int64)) (*data.Set, error) {
	panic("there is nothing to open")
}

// spelling is a vocabulary whose tokens are pieces of a text, found from the
// longest on.
type spelling struct {
	pieces  []string
	special text.Special
}

func (s spelling) Kind() string         { return "character" }
func (s spelling) Vocabulary() []string { return s.pieces }
func (s spelling) Special() text.Special {
	return s.special
}
func (s spelling) Value() *config.Value { return config.Obj() }

func (s spelling) Encode(dst []int, str string) []int {
next:
	for str != "" {
		for t, p := range s.pieces {
			if strings.HasPrefix(str, p) {
				dst, str = append(dst, t), str[len(p):]
				continue next
			}
		}
		if s.special.Unknown >= 0 {
			dst = append(dst, s.special.Unknown)
		}
		_, str, _ = strings.Cut(str, str[:1])
	}
	return dst
}

func (s spelling) Decode(tokens []int) string {
	var out strings.Builder
	for _, t := range tokens {
		if p := s.pieces[t]; p[0] != '<' {
			out.WriteString(p)
		}
	}
	return out.String()
}

// letters has a token for each letter, and perhaps special ones.
func letters(of string, special bool) spelling {
	s := spelling{strings.Split(of, ""), text.NoSpecial}
	if special {
		n := len(s.pieces)
		s.special = text.Special{Pad: n, Begin: n + 1, End: n + 2, Unknown: -1, Mask: -1}
		s.pieces = append(s.pieces, "<pad>", "<begin>", "<end>")
	}
	return s
}

// model makes an experiment of some layers, with weights that were drawn and
// never trained. A gain above 1 makes its probabilities less even.
func model(t testing.TB, meta data.Meta, gain float32, layers string) (*experiment.Experiment, *graph.Params) {
	t.Helper()
	kinds := len(meta.Text.Vocabulary())
	meta.Tokens, meta.Classes, meta.Train = kinds, meta.Text.Vocabulary(), 100
	layers = strings.ReplaceAll(layers, "KINDS", fmt.Sprint(kinds))
	e, err := experiment.Parse(fmt.Appendf(nil, `{"version": 1, "data": {"source": "given"}, "model": {"nodes": [%s]},
		"train": {"loss": "cross_entropy", "optimizer": "adam"}}`, layers))
	if err != nil {
		t.Fatal(err)
	}
	e.Data.Settings.(data.Learner).Learn(meta)
	g, _, _, err := e.Graph(1)
	if err != nil {
		t.Fatal(err)
	}
	params := graph.NewParams(g.Params(), 3)
	for i := range params.Value {
		params.Value[i] *= gain
	}
	return e, params
}

// continues is what is known of a text that goes on.
func continues(tok text.Tokenizer, context int) data.Meta {
	return data.Meta{X: tensor.Shape{context}, Y: tensor.Shape{context}, Text: tok, Layout: data.Layout{Kind: data.NextToken}}
}

const gpt = `{"id": "embed", "type": "embedding", "config": {"tokens": KINDS, "size": 16}},
	{"id": "place", "type": "position_embedding"},
	{"id": "block1", "type": "transformer_decoder", "config": {"heads": 2}},
	{"id": "block2", "type": "transformer_decoder", "config": {"heads": 4}},
	{"id": "out", "type": "dense", "config": {"units": KINDS}}`

func generator(t testing.TB, meta data.Meta, gain float32, layers string) *Generator {
	t.Helper()
	e, params := model(t, meta, gain, layers)
	g, err := New(e, params)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// write returns a whole text.
func write(t testing.TB, g *Generator, prompt string, s Settings) (ids []int, text string) {
	t.Helper()
	if err := g.Start(prompt, s); err != nil {
		t.Fatal(err)
	}
	for {
		token, ok := g.Next()
		if !ok {
			break
		}
		ids, text = append(ids, token.ID), text+token.Text
	}
	if err := g.Err(); err != nil {
		t.Fatal(err)
	}
	return ids, text
}
