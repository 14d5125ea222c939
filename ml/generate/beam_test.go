package generate

import (
	"math"
	"slices"
	"testing"

	"descent/ml/data"
	"descent/ml/tensor"
)

// answers is what is known of questions of at most n letters, answered in steps.
func answers(kind, of string, question, steps int) data.Meta {
	m := data.Meta{Text: letters(of, true), Layout: data.Layout{Kind: kind, Question: question}}
	switch kind {
	case data.Teacher:
		m.X, m.Y = tensor.Shape{question + steps}, tensor.Shape{steps}
	case data.NextToken:
		m.X, m.Y = tensor.Shape{question + 1 + steps}, tensor.Shape{question + 1 + steps}
	}
	return m
}

// best tries every text there is, one after the other, and returns the one with
// the best score.
func best(t *testing.T, g *Generator, prompt string, s Settings) (ids []int, score float64) {
	t.Helper()
	if err := g.Start(prompt, s); err != nil {
		t.Fatal(err)
	}
	opening := slices.Clone(g.lines[0].window)
	never := g.never()
	score = math.Inf(-1)
	var try func(text []int, log float64)
	try = func(text []int, log float64) {
		if n := len(text); n > 0 && (n == s.Tokens || g.Ends(text[n-1])) {
			if v := log / math.Pow((5+float64(n))/6, s.LengthPenalty); v > score {
				ids, score = slices.Clone(text), v
			}
			return
		}
		g.model.begin(g.prompt)
		for _, id := range slices.Concat(opening, text) {
			g.model.read(slices.Repeat([]int{id}, g.texts), true)
		}
		scores := slices.Clone(g.model.scores(0))
		for id := range scores {
			if slices.Contains(never, id) {
				continue
			}
			sum := 0.0
			for _, v := range scores {
				sum += math.Exp(float64(v) - float64(scores[id]))
			}
			try(append(text, id), log-math.Log(sum))
		}
	}
	try(nil, 0)
	return ids, score
}

// A beam of width 1 is greedy, one that holds every text finds the best, and a
// few lines find better ones than one.
func TestBeams(t *testing.T) {
	const steps = 3
	better := 0
	for k := range 12 {
		meta := answers(data.NextToken, "abc", 3, steps)
		g := generator(t, meta, 1.2+0.1*float32(k), gpt)
		s := Settings{Tokens: steps, TopP: 1, Repetition: 1, Stop: true, Beams: 64, LengthPenalty: 0.7 * float64(k%3)}
		want, score := best(t, g, "abb"[:1+k%3], s)
		ids, _ := write(t, g, "abb"[:1+k%3], s)
		if !slices.Equal(ids, want) || math.Abs(g.Beams()[0].Score-score) > 1e-5 {
			t.Errorf("model %d: the beam finds %v with %v; the best is %v with %v", k, ids, g.Beams()[0].Score, want, score)
		}
		if !slices.IsSortedFunc(g.Beams(), func(a, b Beam) int { return int(math.Copysign(1, b.Score-a.Score)) }) {
			t.Errorf("model %d: the beams are not in order: %v", k, g.Beams())
		}
		s.Beams = 3
		write(t, g, "abb"[:1+k%3], s)
		few := g.Beams()[0].Score
		s.Beams = 1
		greedy, _ := write(t, g, "abb"[:1+k%3], s)
		narrow := narrowest(t, g, "abb"[:1+k%3], s)
		if !slices.Equal(greedy, narrow.tokensOnly()) {
			t.Errorf("model %d: a beam of width 1 finds %v, and greedy is %v", k, narrow.tokensOnly(), greedy)
		}
		if one := g.score(narrow); few < one-1e-9 || score < few-1e-5 {
			t.Errorf("model %d: scores %v of one line, %v of three, %v of all", k, one, few, score)
		} else if few > one+1e-6 {
			better++
		}
	}
	if better == 0 {
		t.Error("several beams are never better than one: the test says nothing")
	}
}

// narrowest searches with a beam of width 1, which Start would not do.
func narrowest(t *testing.T, g *Generator, prompt string, s Settings) line {
	t.Helper()
	if err := g.Start(prompt, s); err != nil {
		t.Fatal(err)
	}
	for !g.over {
		if g.Work() {
			g.expand()
		}
	}
	return g.search.found[0]
}

func (l line) tokensOnly() (ids []int) {
	for _, t := range l.tokens() {
		ids = append(ids, t.ID)
	}
	return ids
}

// Beams outgrow the context as a single text does.
func TestBeamsOutgrow(t *testing.T) {
	g := generator(t, continues(letters("abcd", false), 4), 2, gpt)
	s := Settings{Tokens: 11, TopP: 1, Repetition: 1.2, Stop: true, Beams: 3, LengthPenalty: 1, Candidates: 2}
	ids, text := write(t, g, "ab", s)
	if len(ids) != 11 || g.Beams()[0].Text != text || len(g.Beams()) != 3 {
		t.Errorf("%d tokens, %q and beams %v", len(ids), text, g.Beams())
	}
}
