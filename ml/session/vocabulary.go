package session

import (
	"strings"
	"unicode/utf8"

	"descent/ml/data"
	"descent/ml/text"
	"descent/ml/train"
)

// merger is a tokenizer that was made by merging tokens.
type merger interface{ Merges() [][2]int }

// vocabulary describes the tokens of the data; nil where there are none.
func (s *Session) vocabulary() *Vocabulary {
	meta := s.set.Meta
	if meta.Tokens == 0 {
		return nil
	}
	if meta.Text == nil {
		v := &Vocabulary{}
		if len(meta.Classes) == meta.Tokens {
			v.Tokens = meta.Classes
		}
		return v
	}
	v := &Vocabulary{Kind: meta.Text.Kind()}
	for _, t := range meta.Text.Vocabulary() {
		v.Tokens = append(v.Tokens, shown(t))
	}
	sp := meta.Text.Special()
	for _, n := range []int{sp.Pad, sp.Begin, sp.End, sp.Unknown, sp.Mask} {
		if n >= 0 {
			v.Special = append(v.Special, n)
		}
	}
	if m, ok := meta.Text.(merger); ok {
		merges := m.Merges()
		first := len(v.Tokens) - len(v.Special) - len(merges) // the tokens before the first merge
		for i, pair := range merges {
			v.Merges = append(v.Merges, pair[0], pair[1], first+i)
		}
	}
	return v
}

// shown writes a token so that it can be read: what is no UTF-8, a part of a
// character, as its bytes.
func shown(token string) string {
	if utf8.ValidString(token) {
		return token
	}
	const digits = "0123456789abcdef"
	var b strings.Builder
	for len(token) > 0 {
		r, size := utf8.DecodeRuneInString(token)
		if r == utf8.RuneError && size == 1 {
			b.WriteByte('<')
			b.WriteByte(digits[token[0]>>4])
			b.WriteByte(digits[token[0]&15])
			b.WriteByte('>')
		} else {
			b.WriteString(token[:size])
		}
		token = token[size:]
	}
	return b.String()
}

// maxCounted bounds how many tokens are counted: enough to know how often each
// comes, and soon done.
const maxCounted = 4 << 20

// counted is the vocabulary with how often each token comes in the samples that
// are trained on.
func (s *Session) counted() *Vocabulary {
	v := s.vocabulary()
	if v == nil {
		return nil
	}
	meta := s.set.Meta
	v.Counts = make([]int, meta.Tokens)
	x, y := make([]float32, meta.X.Len()), make([]float32, meta.Y.Len())
	n, _, _ := s.train.Samples()
	for i := 0; i < n && v.Counted < maxCounted; i++ {
		s.train.Read(train.Training, i, x, y)
		for _, t := range x {
			v.Counts[int(t)]++
		}
		v.Counted += len(x)
	}
	return v
}

// describe adds to the data what there is to know of its tokens.
func (d *Data) describe(meta data.Meta, v *Vocabulary) {
	d.Y, d.Tokens, d.Vocabulary = meta.Y, meta.Tokens, v
	d.Removed = meta.Removed
	l := meta.Layout
	d.Layout, d.Question, d.Backwards, d.Stride, d.Samples = l.Kind, l.Question, l.Backwards, l.Stride, meta.Train
}

// Meta returns what is told of the data as its source knows it, but for the
// columns of a table and the tokenizer.
func (d *Data) Meta() data.Meta {
	var special *text.Special
	if v := d.Vocabulary; v != nil && len(v.Special) > 0 {
		names := text.NoSpecial
		for _, n := range v.Special {
			if n < len(v.Tokens) {
				names.Set(v.Tokens[n], n)
			}
		}
		special = &names
	}
	return data.Meta{X: d.X, Y: d.Y, Classes: d.Classes, Train: max(d.Samples, d.Train+d.Validation), Removed: d.Removed, Test: d.Test,
		Range: [2]float64{d.Low, d.High}, Tokens: d.Tokens, Special: special,
		Layout: data.Layout{Kind: d.Layout, Question: d.Question, Backwards: d.Backwards, Stride: d.Stride}}
}
