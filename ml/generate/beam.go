package generate

import (
	"math"
	"slices"
)

// A search is a beam search (Lowerre, 1976; for texts as in Sutskever et al.,
// Sequence to Sequence Learning with Neural Networks, 2014). It follows as many
// lines as the beam is wide. Each step scores every line with every token, by
// the sum of the logarithms of the probabilities, and keeps the best; a line
// that ends leaves the beam, which is one narrower from then on. In the end the
// lines are compared by their scores under the length penalty. A beam of width
// 1 is the greedy choice, one as wide as there are texts finds the best.
type search struct {
	found  []line // lines that have ended
	heads  []head
	lines  []line
	from   []int
	tokens []Token // of the best line
}

// A past is the last token of a line and what came before it.
type past struct {
	token  Token
	before *past
}

// A head is a way to continue a line.
type head struct {
	line  int
	token int
	log   float64
	step  *past
}

// A Beam is a line that was followed to its end.
type Beam struct {
	Text  string
	Log   float64 // the logarithm of its probability
	Score float64 // Log under the length penalty: what beams are compared by
}

// expand takes the best ways to go on.
func (g *Generator) expand() {
	s := &g.search
	s.heads = s.heads[:0]
	width := g.settings.Beams - len(s.found)
	for i := range g.lines {
		scores := g.model.scores(i)
		if !finite(scores) {
			g.fail()
			return
		}
		g.headsOf(i, scores, width)
	}
	slices.SortStableFunc(s.heads, func(a, b head) int {
		switch {
		case a.log > b.log:
			return -1
		case a.log < b.log:
			return 1
		}
		return 0
	})
	g.written++
	old := g.lines
	s.lines = s.lines[:0]
	s.from = s.from[:0]
	for _, h := range s.heads[:min(width, len(s.heads))] {
		l := line{log: h.log, path: h.step}
		if g.written == g.settings.Tokens || g.settings.Stop && g.Ends(h.token) {
			s.found = append(s.found, l)
			continue
		}
		l.window = append(append([]int{}, old[h.line].window...), h.token)
		s.lines, s.from = append(s.lines, l), append(s.from, h.line)
	}
	g.lines, s.lines = s.lines, old
	if len(g.lines) == 0 {
		g.finish()
		return
	}
	for len(s.from) < g.texts {
		s.from = append(s.from, 0) // lines that have ended
	}
	g.model.branch(s.from)
	g.unread = 1
	g.outgrown()
}

// headsOf adds the best ways to continue line i.
func (g *Generator) headsOf(i int, scores []float32, width int) {
	c := &g.chooser
	if c.settings.Repetition != 1 {
		clear(c.seen)
		for _, t := range g.before() {
			c.seen[t] = true
		}
		for p := g.lines[i].path; p != nil; p = p.before {
			c.seen[p.token.ID] = true
		}
	}
	c.weigh(scores)
	var top []Candidate
	for _, t := range c.order[:min(c.ordered(c.settings.Candidates), c.settings.Candidates)] {
		top = append(top, Candidate{ID: int(t), P: c.model[t]})
	}
	for _, t := range c.order[:min(c.ordered(width), width)] {
		if c.chance[t] == 0 {
			break
		}
		step := &past{Token{ID: int(t), P: c.model[t], Chance: 1, Candidates: top}, g.lines[i].path}
		g.search.heads = append(g.search.heads, head{i, int(t), g.lines[i].log + math.Log(c.chance[t]), step})
	}
}

// finish puts the lines that were found in order, the best first.
func (g *Generator) finish() {
	g.over = true
	s := &g.search
	slices.SortStableFunc(s.found, func(a, b line) int {
		x, y := g.score(a), g.score(b)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	if len(s.found) > 0 {
		s.tokens = s.found[0].tokens()
		s.tokens[len(s.tokens)-1].Last = true
	}
}

func (l line) tokens() (out []Token) {
	for p := l.path; p != nil; p = p.before {
		out = append(out, p.token)
	}
	slices.Reverse(out)
	return out
}

// score is the logarithm of a line's probability under the length penalty.
func (g *Generator) score(l line) float64 {
	n := 0
	for p := l.path; p != nil; p = p.before {
		n++
	}
	return l.log / math.Pow((5+float64(n))/6, g.settings.LengthPenalty)
}

// found returns the next token of the best line.
func (g *Generator) found() (Token, bool) {
	if g.told >= len(g.search.tokens) {
		return Token{}, false
	}
	t := g.search.tokens[g.told]
	g.told++
	t.Text = g.writer.add(t.ID, t.Last)
	return t, true
}

// Beams returns the lines that a search with several beams has found, the best
// first; nil before it is over.
func (g *Generator) Beams() []Beam {
	if !g.over {
		return nil
	}
	var out []Beam
	for _, l := range g.search.found {
		w, tokens := writer{tok: g.tok}, l.tokens()
		w.reset(g.before())
		b := Beam{Log: l.log, Score: g.score(l)}
		for i, t := range tokens {
			b.Text += w.add(t.ID, i == len(tokens)-1)
		}
		out = append(out, b)
	}
	return out
}
