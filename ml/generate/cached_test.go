package generate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/tensor"
)

func nodes(list ...string) string {
	return `{"id": "embed", "type": "embedding", "config": {"tokens": KINDS, "size": 16}}, ` + strings.Join(list, ", ") +
		`, {"id": "out", "type": "dense", "config": {"units": KINDS}}`
}

const (
	learned = `{"id": "place", "type": "position_embedding"}`
	waves   = `{"id": "place", "type": "sinusoidal_position"}`
)

func block(id, settings string) string {
	return fmt.Sprintf(`{"id": %q, "type": "transformer_decoder", "config": {"heads": 4%s}}`, id, settings)
}

// translator reads the question with an encoder and writes with a decoder that
// looks at it.
const translator = `{"id": "question", "type": "slice_time", "config": {"length": 5}},
	{"id": "asked", "type": "embedding", "config": {"tokens": KINDS, "size": 16}},
	{"id": "where", "type": "sinusoidal_position"},
	{"id": "known", "type": "padding_mask", "from": "question", "config": {"token": 6}},
	{"id": "encode", "type": "transformer_encoder", "from": ["where", "known"], "config": {"heads": 2}},
	{"id": "answer", "type": "slice_time", "from": "input", "config": {"start": 5}},
	{"id": "said", "type": "embedding", "config": {"tokens": KINDS, "size": 16}},
	{"id": "place", "type": "position_embedding"},
	{"id": "decode1", "type": "transformer_decoder", "from": ["place", "encode", "known"], "config": {"heads": 4, "norm": "post"}},
	{"id": "decode2", "type": "transformer_decoder", "from": ["decode1", "encode", "known"], "config": {"heads": 2, "rotary": true}},
	{"id": "out", "type": "dense", "config": {"units": KINDS}}`

// reciter reads the question with one LSTM, whose last state another has before
// it at each step; one embedding is for both.
const reciter = `{"id": "embed", "type": "embedding", "config": {"tokens": KINDS, "size": 16}},
	{"id": "question", "type": "slice_time", "config": {"length": 5}},
	{"id": "encode", "type": "lstm", "config": {"units": 12}},
	{"id": "again", "type": "repeat_vector", "config": {"times": 5}},
	{"id": "answer", "type": "slice_time", "from": "embed", "config": {"start": 5}},
	{"id": "both", "type": "concatenate", "from": ["answer", "again"]},
	{"id": "decode", "type": "gru", "config": {"units": 20, "return": "all"}},
	{"id": "out", "type": "dense", "config": {"units": KINDS}}`

// cachedModels go step by step.
var cachedModels = map[string]struct {
	meta   data.Meta
	layers string
}{
	"bigram":          {continues(letters(alphabet, false), 9), `{"id": "out", "type": "embedding", "config": {"tokens": KINDS, "size": KINDS}}`},
	"gpt":             {continues(letters(alphabet, false), 9), gpt},
	"context of 3":    {continues(letters(alphabet, false), 3), gpt},
	"post norm":       {continues(letters(alphabet, false), 9), nodes(learned, block("b1", `, "norm": "post"`), block("b2", `, "norm": "post", "activation": "silu"`))},
	"rotary":          {continues(letters(alphabet, false), 9), nodes(block("b1", `, "rotary": true`), block("b2", `, "rotary": true`))},
	"sinusoidal":      {continues(letters(alphabet, false), 9), nodes(waves, block("b1", ""), block("b2", `, "dropout": 0.3`))},
	"lean":            {continues(letters(alphabet, false), 9), nodes(learned, block("b1", `, "kv_heads": 2, "bias": false, "normalisation": "rms_norm", "attention_dropout": 0.2`), `{"id": "norm", "type": "rms_norm"}`)},
	"tied":            {continues(letters(alphabet, false), 9), strings.Replace(nodes(learned, block("b1", "")), `"type": "dense", "config": {"units": KINDS}`, `"type": "tied_dense", "config": {"to": "embed"}`, 1)},
	"layers":          {continues(letters(alphabet, false), 9), nodes(`{"id": "look", "type": "multi_head_attention", "config": {"heads": 4, "kv_heads": 1, "causal": true, "rotary": true}}`, `{"id": "sum", "type": "add", "from": ["embed", "look"]}`, `{"id": "norm", "type": "layer_norm"}`, `{"id": "drop", "type": "dropout"}`, `{"id": "hidden", "type": "dense", "config": {"units": 16, "activation": "relu"}}`, `{"id": "gate", "type": "multiply", "from": ["hidden", "norm"]}`, `{"id": "side", "type": "concatenate", "from": ["gate", "sum"]}`, `{"id": "soft", "type": "activation", "config": {"function": "softmax"}}`)},
	"masked":          {continues(letters(alphabet, true), 9), nodes(learned, `{"id": "mask", "type": "padding_mask", "from": "input", "config": {"token": 2}}`, `{"id": "b1", "type": "transformer_decoder", "from": ["place", "mask"], "config": {"heads": 4}}`)},
	"batch norm":      {continues(letters(alphabet, false), 9), nodes(`{"id": "norm", "type": "batch_norm"}`, `{"id": "rnn", "type": "simple_rnn", "config": {"units": 24, "return": "all"}}`)},
	"simple rnn":      {continues(letters(alphabet, false), 9), nodes(`{"id": "rnn", "type": "simple_rnn", "config": {"units": 24, "return": "all", "layers": 2}}`)},
	"lstm":            {continues(letters(alphabet, false), 9), nodes(`{"id": "rnn", "type": "lstm", "config": {"units": 24, "return": "all", "layers": 3, "dropout": 0.2}}`)},
	"gru":             {continues(letters(alphabet, false), 9), nodes(`{"id": "rnn", "type": "gru", "config": {"units": 24, "return": "all", "layers": 2}}`)},
	"convolutions":    {continues(letters(alphabet, false), 9), nodes(`{"id": "c1", "type": "conv1d", "config": {"filters": 24, "kernel": 3, "dilation": 2, "padding": "causal", "activation": "tanh"}}`, `{"id": "c2", "type": "conv1d", "config": {"filters": 24, "kernel": 4, "padding": "causal", "activation": "gelu", "groups": 2}}`)},
	"softmax":         {continues(letters(alphabet, false), 9), strings.Replace(nodes(`{"id": "rnn", "type": "gru", "config": {"units": 24, "return": "all"}}`), `"units": KINDS`, `"units": KINDS, "activation": "softmax"`, 1)},
	"answers":         {answers(data.NextToken, "abcdef", 5, 6), gpt},
	"encoder-decoder": {answers(data.Teacher, "abcdef", 5, 5), translator},
	"lstm encoder":    {answers(data.Teacher, "abcdef", 5, 5), reciter},
}

// A model that goes step by step writes what it writes when it reads all that it
// sees for each token, in one step a token.
func TestCached(t *testing.T) {
	for name, c := range cachedModels {
		t.Run(name, func(t *testing.T) {
			g := generator(t, c.meta, 1.5, c.layers)
			slow := generator(t, c.meta, 1.5, c.layers)
			slow.Whole()
			if ok, why := g.Cached(); !ok {
				t.Fatal("it is not cached:", why)
			}
			if ok, why := slow.Cached(); ok || why == nil {
				t.Fatal("it is cached though it should not be")
			}
			greedy := plain(40)
			greedy.Temperature = 0
			warm := plain(40)
			warm.Seed, warm.Repetition, warm.Candidates = 3, 1.2, 4
			endless := plain(40)
			endless.Stop = false
			beams := greedy
			beams.Beams, beams.Tokens, beams.LengthPenalty = 4, 25, 0.6
			short, steps := "abc", 0
			for i, s := range []Settings{greedy, warm, endless, beams} {
				for _, prompt := range []string{short, "fedba", "abcdefabcdefabcdefbb"} {
					if c.meta.Layout.Question > 0 && len(prompt) > c.meta.Layout.Question {
						continue
					}
					before, _ := g.Passes()
					ids, text := write(t, g, prompt, s)
					after, _ := g.Passes()
					steps = after - before
					want, as := write(t, slow, prompt, s)
					if !slices.Equal(ids, want) || text != as {
						t.Errorf("settings %d after %q: with the cache %v, without %v", i, prompt, ids, want)
					}
					closeScores(t, g, slow)
					if s.Beams > 1 && !closeBeams(g.Beams(), slow.Beams()) {
						t.Errorf("beams after %q: with the cache %v, without %v", prompt, g.Beams(), slow.Beams())
					}
					read := len(g.opened(nil))
					if s.Beams == 1 && (g.asks() || read+len(ids)-1 <= g.Context()) {
						if want := read + len(ids) - 1; steps != want {
							t.Errorf("a prompt of %d tokens and %d more take %d steps", len(g.prompt), len(ids), steps)
						}
					}
				}
			}
			if _, per := g.Passes(); per != 1 {
				t.Errorf("a pass goes over %d steps", per)
			}
		})
	}
}

// closeScores compares the scores that both have given last.
func closeScores(t *testing.T, a, b *Generator) {
	t.Helper()
	x, y := a.model.scores(0), b.model.scores(0)
	for i := range x {
		if d := math.Abs(float64(x[i] - y[i])); !(d <= 2e-4*(1+math.Abs(float64(y[i])))) {
			t.Fatalf("score %d is %v with the cache and %v without", i, x[i], y[i])
		}
	}
}

func closeBeams(a, b []Beam) bool {
	return slices.EqualFunc(a, b, func(x, y Beam) bool {
		return x.Text == y.Text && math.Abs(x.Log-y.Log) < 1e-3 && math.Abs(x.Score-y.Score) < 1e-3
	})
}

// Models that look ahead, or at all steps together, are not cached, say why, and
// write all the same.
func TestNotCached(t *testing.T) {
	one := data.Meta{X: tensor.Shape{6}, Y: tensor.Shape{1}, Text: letters(alphabet, false), Layout: data.Layout{Kind: data.NextOne}}
	for says, c := range map[string]struct {
		meta   data.Meta
		layers string
	}{
		`node "both": it also reads from the end to the start`:            {continues(letters(alphabet, false), 6), nodes(`{"id": "both", "type": "gru", "config": {"units": 8, "return": "all", "bidirectional": true}}`)},
		`node "look": its attention looks ahead`:                          {continues(letters(alphabet, false), 6), nodes(`{"id": "look", "type": "transformer_encoder", "config": {"heads": 2}}`)},
		`node "conv": its windows look ahead`:                             {continues(letters(alphabet, false), 6), nodes(`{"id": "conv", "type": "conv1d", "config": {"filters": 8, "padding": "same"}}`)},
		"the model tells one token after a whole window":                  {one, nodes(`{"id": "flat", "type": "flatten"}`)},
		"the whole answer is there after one pass":                        {data.Meta{X: tensor.Shape{6}, Y: tensor.Shape{6}, Text: letters("abcdef", true), Layout: data.Layout{Kind: data.Answer, Question: 6}}, nodes(`{"id": "both", "type": "lstm", "config": {"units": 8, "return": "all"}}`)},
		`node "norm": it reads the whole sequence at once`:                {continues(letters(alphabet, false), 6), nodes(`{"id": "norm", "type": "group_norm"}`)},
		"it reads what is known from the start and what comes later as":   {answers(data.Teacher, "abcdef", 5, 5), nodes(waves, `{"id": "answer", "type": "slice_time", "config": {"start": 5}}`)},
		"it cuts a sequence elsewhere than between what is known from th": {answers(data.Teacher, "abcdef", 5, 5), nodes(`{"id": "most", "type": "slice_time", "config": {"start": 4}}`, `{"id": "answer", "type": "slice_time", "config": {"start": 1}}`)},
	} {
		g := generator(t, c.meta, 1.5, c.layers)
		ok, why := g.Cached()
		if ok || why == nil || !strings.Contains(why.Error(), says) {
			t.Errorf("cached %v: %v, want %q", ok, why, says)
		}
		s := plain(20)
		s.Stop = false
		if ids, _ := write(t, g, "abc", s); len(ids) == 0 {
			t.Errorf("%s: nothing is written", says)
		}
	}
}

// A token costs no memory once a text goes on, but for the text itself.
func TestAllocations(t *testing.T) {
	g := generator(t, continues(letters(alphabet, false), 2000), 1.5, gpt)
	s := plain(1900)
	s.Candidates = 5
	if err := g.Start("abc", s); err != nil {
		t.Fatal(err)
	}
	for range 300 {
		g.Next()
	}
	if n := testing.AllocsPerRun(1000, func() { g.Next() }); n > 3 { // of the tokenizer of this test, for the token's text
		t.Errorf("%v allocations a token", n)
	}
}
