package generate

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/tensor"
	"descent/ml/text"
)

const alphabet = "abcdefghijkl\n"

func plain(tokens int) Settings {
	return Settings{Tokens: tokens, Temperature: 1, TopP: 1, Repetition: 1, Stop: true, Beams: 1}
}

func TestRepeats(t *testing.T) {
	g := generator(t, continues(letters(alphabet, false), 8), 1.5, gpt)
	first, _ := write(t, g, "abc", plain(40))
	if again, _ := write(t, g, "abc", plain(40)); !slices.Equal(first, again) {
		t.Errorf("the same seed writes %v and %v", first, again)
	}
	other := plain(40)
	other.Seed = 1
	if again, _ := write(t, g, "abc", other); slices.Equal(first, again) {
		t.Error("another seed writes the same")
	}

	greedy := plain(40)
	greedy.Temperature = 0
	best, _ := write(t, g, "abc", greedy)
	if again, _ := write(t, g, "abc", greedy); !slices.Equal(best, again) {
		t.Error("temperature 0 writes another text the second time")
	}
	for name, s := range map[string]Settings{
		"top-k 1":           {Tokens: 40, Temperature: 1, TopK: 1, TopP: 1, Repetition: 1, Stop: true, Beams: 1},
		"hot top-k 1":       {Tokens: 40, Temperature: 50, TopK: 1, TopP: 1, Repetition: 1, Stop: true, Beams: 1, Seed: 7},
		"top-p 0":           {Tokens: 40, Temperature: 1, TopP: 0, Repetition: 1, Stop: true, Beams: 1},
		"nearly no warmth":  {Tokens: 40, Temperature: 1e-300, TopP: 1, Repetition: 1, Stop: true, Beams: 1},
		"greedy with top-k": {Tokens: 40, TopK: 5, TopP: 0.5, Repetition: 1, Stop: true, Beams: 1},
	} {
		if ids, _ := write(t, g, "abc", s); !slices.Equal(ids, best) {
			t.Errorf("%s writes %v, and temperature 0 %v", name, ids, best)
		}
	}
	if slices.Equal(first, best) {
		t.Error("temperature 1 writes the likeliest text, so these tests say nothing")
	}
}

// What is written is the model's answer to the window it should see, asked
// directly.
func TestWindow(t *testing.T) {
	const context = 6
	for name, c := range map[string]struct {
		meta   data.Meta
		window func(text []int) (x []int, row int)
		layers string
	}{
		// The latest half is read anew when there is no room: after 6 tokens 3 are kept, then 4, 5, 6, 3 …
		"next token": {continues(letters(alphabet, false), context), func(text []int) ([]int, int) {
			n := len(text)
			for n > context {
				n -= context + 1 - context/2
			}
			return append(slices.Clone(text[len(text)-n:]), make([]int, context-n)...), n - 1
		}, gpt},
		"next one": {data.Meta{X: tensor.Shape{context}, Y: tensor.Shape{1}, Text: letters(alphabet, false), Layout: data.Layout{Kind: data.NextOne}},
			func(text []int) ([]int, int) {
				end := len(alphabet) - 1 // the end of a line stands in front of a short text
				return slices.Concat([]int{end, end, end, end, end, end}, text)[len(text):], 0
			}, `{"id": "embed", "type": "embedding", "config": {"tokens": KINDS, "size": 8}}, {"id": "flat", "type": "flatten"},
				{"id": "hidden", "type": "dense", "config": {"units": 24, "activation": "tanh"}}, {"id": "out", "type": "dense", "config": {"units": KINDS}}`},
	} {
		t.Run(name, func(t *testing.T) {
			g := generator(t, c.meta, 2, c.layers)
			direct, err := newWhole(g, 1)
			if err != nil {
				t.Fatal(err)
			}
			s := plain(30)
			s.Temperature = 0
			text := g.tok.Encode(nil, "cab")
			ids, _ := write(t, g, "cab", s)
			if len(ids) != 30 {
				t.Fatalf("%d tokens", len(ids))
			}
			for i, id := range ids {
				x, row := c.window(text)
				put(direct.x.Data, x)
				direct.program.Forward(0, 0)
				kinds := len(alphabet)
				scores := direct.score.Data[row*kinds : (row+1)*kinds]
				if best := slices.Index(scores, slices.Max(scores)); best != id {
					t.Fatalf("token %d is %d; the model tells %d of %v", i, id, best, x)
				}
				text = append(text, id)
			}
		})
	}
}

// A character that comes in several tokens is written when it is whole.
func TestPartsOfCharacters(t *testing.T) {
	tok := spelling{special: text.NoSpecial}
	for i := range 256 {
		tok.pieces = append(tok.pieces, string([]byte{byte(i)}))
	}
	tok.pieces['<'] = "?" // which spelling takes for a special token
	w := writer{tok: tok}
	var got []string
	const s = "a你😀z"
	for i := range len(s) {
		got = append(got, w.add(int(s[i]), false))
	}
	if want := []string{"a", "", "", "你", "", "", "", "😀", "z"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, c := range []struct{ before, bytes, want string }{
		{"", "\xe4\xbd", "\uFFFD"},          // ends in the middle
		{"", "\xe4a", "\uFFFDa"},            // goes on with something else
		{"", "a\xff", "a\uFFFD"},            // no beginning of anything
		{"\xe4\xbd", "\xa0b", "你b"},         // the prompt had the rest
		{"a\xf0\x9f\x98", "\x80", "😀"},      // likewise
		{"你", "\xa0", "\uFFFD"},             // nothing to go on from
		{"", "\x80\x80\x80", "\uFFFD"},      // one for each run, as strings.ToValidUTF8 has it
		{"", "\xf0\x9f\x98\x80", "😀"},       // whole at the end
		{"", "\xe4\xbd\xe4", "\uFFFD"},      // broken twice
		{"", "\xe4\xbd\xa0\xe4", "你\uFFFD"}, // whole, then broken
	} {
		var before []int
		for i := range len(c.before) {
			before = append(before, int(c.before[i]))
		}
		w.reset(before)
		out := ""
		for i := range len(c.bytes) {
			out += w.add(int(c.bytes[i]), i == len(c.bytes)-1)
		}
		if want := strings.ReplaceAll(c.want, "\uFFFD", ""); strings.ReplaceAll(out, "\uFFFD", "") != want || strings.Contains(out, "\uFFFD") != strings.Contains(c.want, "\uFFFD") {
			t.Errorf("after %q, %q is written as %q; want %q", c.before, c.bytes, out, c.want)
		}
	}
}

func TestMissing(t *testing.T) {
	g := generator(t, continues(letters(alphabet, false), 8), 1, gpt)
	if err := g.Start("abXcYXé", plain(3)); err != nil {
		t.Fatal(err)
	}
	if got := g.Missing(); !slices.Equal(got, []string{"X", "Y", "é"}) {
		t.Errorf("missing are %q", got)
	}
	if !slices.Equal(g.prompt, []int{0, 1, 2}) {
		t.Errorf("the prompt is read as %v", g.prompt)
	}
}

// Wrong settings are all told at once, and a model that cannot write says why.
func TestRefuses(t *testing.T) {
	g := generator(t, continues(letters(alphabet, false), 8), 1, gpt)
	err := g.Start("a", Settings{Tokens: 0, Temperature: -1, TopP: 2, Repetition: 0, Beams: 0, TopK: -1})
	all, _ := config.All(err)
	var fields []string
	for _, e := range all {
		fields = append(fields, e.Field)
	}
	if want := []string{"tokens", "temperature", "top_k", "top_p", "repetition", "beams"}; !slices.Equal(fields, want) {
		t.Errorf("problems with %v, want %v: %v", fields, want, err)
	}
	s := plain(5)
	s.Beams = 3
	if err := g.Start("a", s); err == nil || !strings.Contains(err.Error(), "nothing is drawn") {
		t.Errorf("beams with a temperature: %v", err)
	}

	none := continues(letters(alphabet, false), 8)
	none.Layout.Kind = ""
	none.Y = tensor.Shape{8}
	masked := none
	masked.Layout.Kind = data.Masked
	for says, meta := range map[string]data.Meta{"puts texts into classes": none, "finds out hidden tokens": masked} {
		e, params := model(t, meta, 1, gpt)
		if _, err := New(e, params); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	e, params := model(t, continues(letters(alphabet, false), 8), 1, gpt)
	for i := range params.Value {
		params.Value[i] = float32(1e30)
	}
	broken, err := New(e, params)
	if err != nil {
		t.Fatal(err)
	}
	if err := broken.Start("a", plain(5)); err != nil {
		t.Fatal(err)
	}
	if _, ok := broken.Next(); ok || broken.Err() == nil {
		t.Errorf("a model that is not finite writes (%v)", broken.Err())
	}
}

// Work does one pass at a time, and Next finds the token ready.
func TestWorkIsBounded(t *testing.T) {
	g := generator(t, continues(letters(alphabet, false), 8), 1.5, gpt)
	whole, _ := write(t, g, "abcde", plain(20))
	if err := g.Start("abcde", plain(20)); err != nil {
		t.Fatal(err)
	}
	var ids []int
	for {
		for {
			before, _ := g.model.passes()
			ready := g.Work()
			if after, _ := g.model.passes(); after > before+1 {
				t.Fatalf("one piece of work takes %d passes", after-before)
			}
			if ready {
				break
			}
		}
		before, _ := g.model.passes()
		token, ok := g.Next()
		if after, _ := g.model.passes(); after != before {
			t.Fatal("a token that is ready takes a pass")
		}
		if !ok {
			break
		}
		ids = append(ids, token.ID)
	}
	if !slices.Equal(ids, whole) {
		t.Errorf("in pieces %v, in one go %v", ids, whole)
	}
	if _, ok := g.Next(); ok {
		t.Error("a text that has ended goes on")
	}
}

// A question that is answered in one pass is laid out as in training, and each
// token of the answer is the likeliest at its place, up to the end.
func TestAnswersAtOnce(t *testing.T) {
	const question = 5
	tok := letters("abcdefgh", true)
	for name, c := range map[string]struct {
		meta   data.Meta
		layers string
	}{
		"answer": {data.Meta{X: tensor.Shape{question}, Y: tensor.Shape{4}, Text: tok, Layout: data.Layout{Kind: data.Answer, Question: question, Backwards: true}},
			nodes(`{"id": "encode", "type": "lstm", "config": {"units": 16}}`, `{"id": "again", "type": "repeat_vector", "config": {"times": 4}}`, `{"id": "decode", "type": "lstm", "config": {"units": 16, "return": "all"}}`)},
		"next one": {data.Meta{X: tensor.Shape{question}, Y: tensor.Shape{1}, Text: tok, Layout: data.Layout{Kind: data.NextOne, Question: question}},
			nodes(`{"id": "rnn", "type": "gru", "config": {"units": 16}}`)},
	} {
		t.Run(name, func(t *testing.T) {
			g := generator(t, c.meta, 3, c.layers)
			direct, err := newWhole(g, 1)
			if err != nil {
				t.Fatal(err)
			}
			different := map[int]bool{}
			for _, prompt := range []string{"abcde", "ha", "gfb", "d", "hhhhh"} {
				s := g.Defaults()
				s.Stop = prompt == "ha"
				ids, _ := write(t, g, prompt, s)
				c.meta.Layout.Ask(direct.x.Data, tok.Encode(nil, prompt), tok.special)
				direct.program.Forward(0, 0)
				rows, kinds := c.meta.Y.Len(), len(tok.pieces)
				if len(ids) != rows && !s.Stop {
					t.Fatalf("an answer of %d tokens: %v", rows, ids)
				}
				for i, id := range ids {
					scores := slices.Clone(direct.score.Data[i*kinds : (i+1)*kinds])
					for _, never := range g.never() {
						scores[never] = -1e9
					}
					if best := slices.Index(scores, slices.Max(scores)); best != id {
						t.Errorf("token %d of the answer to %q is %d; the model tells %d", i, prompt, id, best)
					}
					different[id] = true
				}
			}
			if len(different) < 2 {
				t.Error("all answers are alike: the test says nothing")
			}
		})
	}
	// Without a token that fills it up, a question has to be whole.
	g := generator(t, data.Meta{X: tensor.Shape{3}, Y: tensor.Shape{1}, Text: letters("abc", false), Layout: data.Layout{Kind: data.NextOne, Question: 3}},
		1, nodes(`{"id": "rnn", "type": "gru", "config": {"units": 4}}`))
	if err := g.Start("ab", g.Defaults()); err == nil || !strings.Contains(err.Error(), "questions of 3, no fewer") {
		t.Errorf("a short question: %v", err)
	}
}

// What writing takes is known before it is taken.
func TestMemory(t *testing.T) {
	for _, whole := range []bool{false, true} {
		g := generator(t, continues(letters(alphabet, false), 64), 1, gpt)
		if whole {
			g.Whole()
		}
		g.Memory = 100_000
		s := plain(5)
		s.Temperature = 0
		if err := g.Start("a", s); err != nil {
			t.Errorf("one text: %v", err)
		}
		s.Beams = 40
		err := g.Start("a", s)
		if all, _ := config.All(err); len(all) != 1 || all[0].Field != "beams" {
			t.Errorf("40 beams in 100 kB: %v", err)
		}
	}
}
