package session

import (
	"math"
	"strings"

	"descent/ml/data"
	"descent/ml/train"
)

// A subject is the sample that the views of sequences look at, made ready.
type subject struct {
	x, y    []float32
	raw     []float32 // a sample of the person's own, before preprocessing; nil for another
	tokens  []int     // of x; nil where the data has none
	used    int       // so many of them are the text; the others fill it up
	dropped int
	typed   bool
	sample  int
	samples int
}

// subject reads the sample that was asked for, or makes one of the text that
// was typed.
func (s *Session) subject(want Subject) subject {
	meta := s.set.Meta
	out := subject{x: make([]float32, s.modelInput()), y: make([]float32, meta.Y.Len())}
	part, n := s.watched()
	out.samples, out.sample = n, max(0, want.Sample)%n
	if n := len(want.Pixels); n > 0 && n == meta.X.Len() && meta.Tokens == 0 {
		out.raw = make([]float32, n)
		for i, v := range want.Pixels {
			out.raw[i] = float32(v)
		}
		return out
	}
	if want.Text != "" && s.takesText() {
		s.typed(&out, want.Text)
		return out
	}
	s.train.Read(part, out.sample, out.x, out.y)
	if meta.Tokens == 0 {
		return out
	}
	out.tokens = make([]int, len(out.x))
	for i, t := range out.x {
		out.tokens[i] = int(t)
	}
	out.used = len(out.tokens)
	for pad := s.pad(); out.used > 1 && out.tokens[out.used-1] == pad; {
		out.used--
	}
	return out
}

// takesText reports whether a text that somebody types can be a sample: one
// with questions and answers is typed to be answered instead.
func (s *Session) takesText() bool {
	l := s.set.Meta.Layout
	return s.set.Meta.Text != nil && (l.Question == 0 || l.Kind == "")
}

// typed makes a sample of a text: its last tokens, as many as there is room
// for, with what is to be told at each where that is known.
func (s *Session) typed(out *subject, text string) {
	meta := s.set.Meta
	tokens := s.encode(text)
	if q := meta.Layout.Question; q > 0 { // a row that is put into a class
		tokens = tokens[:min(len(tokens), q)]
		out.typed, out.used = true, meta.Layout.Ask(out.x, tokens, meta.Text.Special())
		for _, t := range out.x {
			out.tokens = append(out.tokens, int(t))
		}
		for i := range out.y {
			out.y[i] = data.Ignore
		}
		return
	}
	room := len(out.x)
	out.typed, out.dropped = true, max(0, len(tokens)-room)
	tokens = tokens[out.dropped:]
	out.used = len(tokens)
	fill := max(0, s.pad())
	out.tokens = make([]int, room)
	for i := range out.tokens {
		out.tokens[i] = fill
	}
	first := 0
	if meta.Layout.Kind == data.NextOne {
		first = room - len(tokens) // the answer comes after the last place
		out.used = room
	}
	copy(out.tokens[first:], tokens)
	for i, t := range out.tokens {
		out.x[i] = float32(t)
	}
	for i := range out.y {
		out.y[i] = data.Ignore
		if meta.Layout.Kind == data.NextToken && i+1 < out.used {
			out.y[i] = float32(tokens[i+1])
		}
	}
}

// encode returns the tokens of a text, in which the name of the token that hides
// others, "<mask>", stands for it.
func (s *Session) encode(text string) (tokens []int) {
	t := s.set.Meta.Text
	mask := t.Special().Mask
	if mask < 0 {
		return t.Encode(nil, text)
	}
	for i, part := range strings.Split(text, t.Vocabulary()[mask]) {
		if i > 0 {
			tokens = append(tokens, mask)
		}
		tokens = t.Encode(tokens, part)
	}
	return tokens
}

func (s *Session) pad() int {
	if t := s.set.Meta.Text; t != nil {
		return t.Special().Pad
	}
	return -1
}

// modelInput is how many numbers a sample has that reaches the model.
func (s *Session) modelInput() int {
	n := 1
	for _, d := range s.input {
		n *= d
	}
	return n
}

// pieces returns the text of tokens.
func (s *Session) pieces(tokens []int) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		if t >= 0 && t < len(s.words) {
			out[i] = s.words[t]
		}
	}
	return out
}

// reading says what the model makes of a subject, after the probe has run on it.
func (s *Session) reading(on subject, probe *train.Probe, each int) *Reading {
	r := &Reading{Step: s.train.StepNumber(), Typed: on.typed, Sample: on.sample, Samples: on.samples, Dropped: on.dropped, Room: len(on.x)}
	if on.tokens != nil {
		r.Tokens = on.tokens[:on.used]
		r.Pieces = s.pieces(r.Tokens)
	}
	p := probe.Prediction()
	classes := p.Shape[len(p.Shape)-1]
	if len(s.set.Meta.Classes) != classes || len(p.Data) != classes*len(on.y) {
		return r // what is told is no class, or no class for each place
	}
	n := len(on.y)
	if n == len(on.x) {
		n = on.used // beyond the text there is nothing to tell
	}
	r.Each = min(each, classes)
	for i := range n {
		row := p.Data[i*classes : (i+1)*classes]
		target, chance := -1, 0.0
		if t := int(on.y[i]); t >= 0 && t < classes {
			target, chance = t, round(row[t])
		}
		r.Targets, r.Chances = append(r.Targets, target), append(r.Chances, chance)
		for _, k := range best(row, r.Each) {
			r.Guesses, r.Weights = append(r.Guesses, k), append(r.Weights, round(row[k]))
		}
	}
	return r
}

// round keeps six decimals of a probability: nobody reads more, and a message
// is half as long. One that is not 0 does not become 0.
func round(p float32) float64 {
	if p > 0 && p < 1e-6 {
		return 1e-6
	}
	return math.Round(float64(p)*1e6) / 1e6
}

// best returns where the k largest numbers are, the largest first.
func best(row []float32, k int) []int {
	out := make([]int, 0, k)
	for i, v := range row {
		if len(out) == k && !(v > row[out[k-1]]) {
			continue
		}
		at := len(out)
		for at > 0 && v > row[out[at-1]] {
			at--
		}
		if len(out) < k {
			out = append(out, 0)
		}
		copy(out[at+1:], out[at:])
		out[at] = i
	}
	return out
}
