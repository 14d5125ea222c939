// Package generate lets a trained model of text write: it continues a prompt
// or answers a question, a token at a time.
//
// A text that outgrows the model's context goes on like this: when there is no
// room for another token, the model forgets all and reads the latest half of
// the text anew, at its first positions, as it saw the windows it was trained
// on. So what it writes does not depend on how the tokens were computed, and
// n tokens cost at most 2n steps. A model that was trained to tell one token
// after a full window (data.NextOne) always reads the latest window, with
// filler in front of a text that is shorter.
package generate

import (
	"slices"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/text"
)

// A Generator writes texts with a model, one after the other. It belongs to
// one goroutine. The parameters must stay as they are from Start to the last
// token: whoever trains on in between gives it a copy.
type Generator struct {
	exp     *experiment.Experiment
	params  *graph.Params
	tok     text.Tokenizer
	special text.Special
	layout  data.Layout
	context int // tokens that the model sees of a text
	answer  int // tokens that an answer has at most; 0 where texts are continued, or where that depends on the question

	model  reader
	texts  int   // that the model reads side by side
	whole  bool  // compute each token from all that the model sees
	reason error // why the model cannot go step by step

	settings Settings
	chooser  chooser
	writer   writer
	prompt   []int
	missing  []string
	lines    []line
	begun    bool  // the model knows of this text
	unread   int   // tokens at the end of each line's window that the model has not read yet
	next     []int // the next token of each text
	written  int   // tokens drawn
	told     int   // tokens that Next has returned
	over     bool  // nothing more is drawn
	search   search
	err      error
}

// A line is a text in the making.
type line struct {
	window []int // what the model sees of it
	log    float64
	path   *past
}

// A Token is one step of a text.
type Token struct {
	ID         int
	Text       string      // what it adds to the text; "" while it is a part of a character, and of a token that stands for no text
	P          float64     // the model's own probability of it
	Chance     float64     // that it was drawn under the settings; 1 where nothing was drawn
	Candidates []Candidate // the likeliest tokens, best first; valid until the next call
	Last       bool        // the text ends here
}

// New makes a Generator for the experiment's model with these parameters. The
// error is a problem of the document: its data is no text, or the model does
// not tell the next token.
func New(e *experiment.Experiment, params *graph.Params) (*Generator, error) {
	meta := e.Data.Settings.Meta()
	g := &Generator{exp: e, params: params, tok: meta.Text, layout: meta.Layout}
	if !meta.Known() || meta.Text == nil {
		return nil, config.Problem("only a model of text can write, and what this one reads is no text").At("data.source")
	}
	g.special = meta.Text.Special()
	g.writer.tok = meta.Text
	g.context = meta.X.Len()
	switch meta.Layout.Kind {
	case data.NextToken:
	case data.NextOne:
		if g.asks() {
			g.answer = 1
		}
	case data.Teacher, data.Answer:
		g.context, g.answer = g.context-meta.Layout.Question, meta.Y.Len()
	case data.Masked:
		return nil, config.Problem("this model finds out hidden tokens and was not trained to tell the next, so it cannot write; choose another layout").At("data.source")
	default:
		return nil, config.Problem("this model puts texts into classes and was not trained to tell the next token, so it cannot write").At("data.source")
	}
	b, heads, _, err := e.Graph(1)
	if err != nil {
		return nil, err
	}
	if !heads.Logits {
		return nil, config.Problem("only a model with the loss cross_entropy scores each token, and can write").At("train.loss")
	}
	if s := b.Shape(heads.Score); s[len(s)-1] != len(meta.Text.Vocabulary()) {
		return nil, config.Problem("the model scores %d tokens, and the vocabulary has %d", s[len(s)-1], len(meta.Text.Vocabulary())).At("model")
	}
	return g, nil
}

// Question returns how many tokens a question may have, and 0 of a model that
// continues texts.
func (g *Generator) Question() int { return g.layout.Question }

func (g *Generator) asks() bool { return g.layout.Question > 0 }

// Context returns how many tokens of a text the model sees at once.
func (g *Generator) Context() int { return g.context }

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

// compile makes the reader for so many texts side by side.
func (g *Generator) compile(texts int) error {
	if g.model != nil && g.texts == texts {
		return nil
	}
	g.texts, g.next = texts, make([]int, texts)
	var model *cached
	if !g.whole {
		if model, g.reason = newCached(g.exp, g.params, texts); g.reason == nil {
			g.model = model
			return nil
		}
	}
	var err error
	g.model, err = newWhole(g.exp, g.params, texts, g.filler())
	return err
}

// Cached reports whether the model goes through a text a step at a time, so
// that each token costs one step; if not, each token costs the whole of what
// the model sees, and why says for what reason.
func (g *Generator) Cached() (ok bool, why error) {
	if g.model == nil {
		if err := g.compile(1); err != nil {
			return false, err
		}
	}
	_, ok = g.model.(*cached)
	return ok, g.reason
}

// Whole lets the model compute each token from all that it sees, also where it
// could go step by step: slower, and the same text.
func (g *Generator) Whole() {
	g.whole, g.model = true, nil
	g.reason = config.Problem("it was asked to read all that it sees for each token")
}

// Passes returns how often the model has run since it was compiled, and over
// how many steps of a text each time.
func (g *Generator) Passes() (n, steps int) {
	if g.model == nil {
		return 0, 0
	}
	return g.model.passes()
}

// Missing returns what the vocabulary lacks of the prompt, each once: the model
// reads the prompt without it.
func (g *Generator) Missing() []string { return g.missing }

// Work does the smallest piece of what is left to do before Next has a token:
// at most one pass through the model. It reports whether nothing is left.
func (g *Generator) Work() bool {
	switch {
	case g.over || g.model == nil:
		return true
	case !g.begun:
		g.begun = true
		if g.asks() && g.layout.Kind != data.NextToken {
			g.model.begin(g.prompt)
		} else {
			g.model.begin(nil)
		}
	case g.unread > 0:
		g.read()
	case g.settings.Beams > 1:
		g.expand()
	}
	return g.over || g.begun && g.unread == 0 && g.settings.Beams == 1
}

// read lets the model read the next token of each line.
func (g *Generator) read() {
	for i := range g.next {
		g.next[i] = g.filler() // of a line that has ended
		if i < len(g.lines) {
			w := g.lines[i].window
			g.next[i] = w[len(w)-g.unread]
		} else if g.written == 0 {
			g.next[i] = g.next[0] // lines branch from the first
		}
	}
	g.unread--
	g.model.read(g.next, g.unread == 0)
}

// Next returns the next token, and false when the text has ended or Err has an error.
func (g *Generator) Next() (Token, bool) {
	for !g.Work() {
	}
	if g.settings.Beams > 1 {
		return g.found()
	}
	if g.over || g.model == nil {
		return Token{}, false
	}
	scores := g.model.scores(0)
	if !finite(scores) {
		return Token{}, g.fail()
	}
	id, p, chance, top := g.chooser.next(scores, g.written)
	g.written++
	t := Token{ID: id, P: p, Chance: chance, Candidates: top, Last: g.ends(id) || g.written == g.settings.Tokens}
	t.Text = g.writer.add(id, t.Last)
	g.over = t.Last
	g.chooser.seen[id] = true
	if !g.over {
		g.lines[0].window = append(g.lines[0].window, id)
		g.unread = 1
		g.outgrown()
	}
	return t, true
}

// outgrown makes room when the lines' windows are larger than the context.
func (g *Generator) outgrown() {
	if g.layout.Kind != data.NextToken || g.asks() || len(g.lines[0].window) <= g.context {
		return
	}
	keep := max(1, g.context/2)
	for i := range g.lines {
		w := g.lines[i].window
		g.lines[i].window = append(w[:0], w[len(w)-keep:]...)
	}
	g.unread = keep
	g.model.begin(nil)
}

// Err returns why a text ended before its time.
func (g *Generator) Err() error { return g.err }

func (g *Generator) fail() bool {
	g.over = true
	g.err = config.Problem("the model's scores are not finite numbers, so no token can be chosen; its training has gone wrong")
	return false
}

func finite(x []float32) bool {
	return !slices.ContainsFunc(x, func(v float32) bool { return v-v != 0 })
}

// ends reports whether a token ends the text.
func (g *Generator) ends(token int) bool {
	return g.settings.Stop && (token == g.special.End || token == g.special.Pad)
}

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
