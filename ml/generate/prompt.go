package generate

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/text"
)

// Start begins a text that continues the prompt or answers it. The error is
// config.Errors about the settings, by the names of their fields, and "prompt".
func (g *Generator) Start(prompt string, s Settings) error {
	if err := s.Check(); err != nil {
		return err
	}
	g.prompt = g.tok.Encode(g.prompt[:0], prompt)
	switch n := len(g.prompt); {
	case g.asks() && n == 0:
		return config.Errors{config.Problem("is empty, and this model answers questions; write one").At("prompt")}
	case g.asks() && n < g.Question() && g.special.Pad < 0:
		return config.Errors{config.Problem("has %d tokens, and the model reads questions of %d, no fewer", n, g.Question()).At("prompt")}
	case g.asks() && n > g.Question():
		return config.Errors{config.Problem("has %d tokens, and the model reads questions of at most %d", n, g.Question()).At("prompt")}
	}
	if err := g.compile(s.Beams); err != nil {
		return err
	}
	g.missing = missing(g.tok, prompt)
	g.settings, g.written, g.told, g.over, g.err = s, 0, 0, false, nil
	g.begun, g.search = false, search{}
	if g.lines == nil {
		g.lines = make([]line, 1)
	}
	g.lines = g.lines[:1]
	g.lines[0] = line{window: g.opened(g.lines[0].window[:0])}
	g.unread = len(g.lines[0].window)
	if g.answer > 0 {
		g.settings.Tokens = min(s.Tokens, g.answer)
	} else if g.asks() {
		g.settings.Tokens = min(s.Tokens, g.context-g.unread+1)
	}
	g.chooser.reset(s, len(g.tok.Vocabulary()), g.never())
	for _, t := range g.before() {
		g.chooser.seen[t] = true
	}
	g.writer.reset(g.before())
	return nil
}

// opened appends what the model reads before it writes, a token at a time. A
// question that has a place of its own in X is not among that.
func (g *Generator) opened(w []int) []int {
	switch {
	case g.layout.Kind == data.Teacher:
		return append(w, g.opening())
	case g.layout.Kind == data.NextToken && g.asks():
		x := make([]float32, g.context)
		for _, t := range x[:g.layout.Ask(x, g.prompt, g.special)] {
			w = append(w, int(t))
		}
		return w
	case g.asks():
		return w
	case len(g.prompt) == 0 || g.special.Begin >= 0:
		w = append(w, g.opening())
	}
	w = append(w, g.prompt...)
	return w[max(0, len(w)-g.context):]
}

// before is the text that what is written goes on from.
func (g *Generator) before() []int {
	if g.asks() {
		return nil
	}
	return g.prompt
}

// Missing returns what the vocabulary lacks of the prompt, each once: the model
// reads the prompt without it.
func (g *Generator) Missing() []string { return g.missing }

// never lists the tokens that are not written: they stand for what the text
// does not have.
func (g *Generator) never() (out []int) {
	s := g.special
	for _, t := range []int{s.Begin, s.Unknown, s.Mask} {
		if t >= 0 && t != s.End && t != s.Pad {
			out = append(out, t)
		}
	}
	return out
}

// opening is the token that stands before a text: its beginning, its end (of
// the one before), the end of a line, a space, or the first of the vocabulary.
func (g *Generator) opening() int {
	for _, t := range []int{g.special.Begin, g.special.End} {
		if t >= 0 {
			return t
		}
	}
	for _, s := range []string{"\n", " "} {
		if t := slices.Index(g.tok.Vocabulary(), s); t >= 0 {
			return t
		}
	}
	return 0
}

// filler is the token that stands where there is no text.
func (g *Generator) filler() int {
	if g.special.Pad >= 0 {
		return g.special.Pad
	}
	return g.opening()
}

// missing returns the parts of a text that the vocabulary lacks, each once.
func missing(tok text.Tokenizer, s string) (out []string) {
	if tok.Decode(tok.Encode(nil, s)) == s {
		return nil
	}
	var tokens []int
	for _, part := range parts(tok, s) {
		tokens = tok.Encode(tokens[:0], part)
		if (len(tokens) == 0 || slices.Contains(tokens, tok.Special().Unknown)) && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// parts takes a text apart into what a vocabulary may lack: words, or characters.
func parts(tok text.Tokenizer, s string) []string {
	if tok.Kind() == "word" {
		return strings.Fields(s)
	}
	return strings.Split(s, "")
}
