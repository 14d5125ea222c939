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
	"errors"
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
	Memory int64 // bytes that the model may take while it writes, besides its weights; 0 for no limit

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
		g.context, g.answer = meta.Y.Len(), meta.Y.Len()
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

// Context returns how many tokens of a text the model sees at once; of one that
// answers in a place of its own, how many an answer may have.
func (g *Generator) Context() int { return g.context }

// compile makes the reader for so many texts side by side.
func (g *Generator) compile(texts int) error {
	if g.model != nil && g.texts == texts {
		return nil
	}
	var model *cached
	if !g.whole {
		model, g.reason = newCached(g, texts)
	}
	var large *tooLarge
	switch {
	case errors.As(g.reason, &large):
		g.reason = nil
		return config.Errors{large.problem}
	case model != nil:
		g.model = model
	default:
		m, err := newWhole(g, texts)
		if err != nil {
			return err
		}
		g.model = m
	}
	g.texts, g.next = texts, make([]int, texts)
	return nil
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
	t := Token{ID: id, P: p, Chance: chance, Candidates: top, Last: g.settings.Stop && g.Ends(id) || g.written == g.settings.Tokens}
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

// Ends reports whether a token stands for the end of a text.
func (g *Generator) Ends(token int) bool {
	return token >= 0 && (token == g.special.End || token == g.special.Pad)
}

// Name returns what the vocabulary has for a token, as "<end>".
func (g *Generator) Name(token int) string { return g.tok.Vocabulary()[token] }
