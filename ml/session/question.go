package session

import (
	"slices"
	"strings"

	"descent/ml/data"
	"descent/ml/train"
)

// question returns the question of a sample, as somebody would type it; "" where
// there is none.
func (s *Session) question(x []float32) string {
	meta := s.set.Meta
	sp := meta.Text.Special()
	var tokens []int
	for _, v := range x[:s.questionEnd(x)] {
		if t := int(v); t != sp.Pad && t != sp.Begin {
			tokens = append(tokens, t)
		}
	}
	if meta.Layout.Backwards {
		slices.Reverse(tokens)
	}
	return meta.Text.Decode(tokens)
}

// questionEnd returns where the question of a sample ends.
func (s *Session) questionEnd(x []float32) int {
	l, begin := s.set.Meta.Layout, s.set.Meta.Text.Special().Begin
	switch l.Kind {
	case data.Teacher:
		return l.Question
	case data.NextOne, data.Answer:
		return len(x)
	}
	if at := slices.Index(x, float32(begin)); at >= 0 {
		return at
	}
	return 0
}

// answer returns the right answer of a sample.
func (s *Session) answer(y []float32) string {
	t := s.set.Meta.Text
	sp := t.Special()
	var tokens []int
	for _, v := range y {
		if k := int(v); k >= 0 && k != sp.End && k != sp.Pad {
			tokens = append(tokens, k)
		}
	}
	return t.Decode(tokens)
}

// right looks a question up in all samples but the test's, and returns the
// answer that stands there; false where nobody asked it before.
func (s *Session) right(question string) (string, bool) {
	meta := s.set.Meta
	l := meta.Layout
	if l.Question == 0 || l.Kind == data.Masked || l.Kind == "" {
		return "", false
	}
	tokens := meta.Text.Encode(nil, question)
	if len(tokens) == 0 || len(tokens) > l.Question {
		return "", false
	}
	want := make([]float32, s.modelInput())
	want = want[:l.Ask(want, tokens, meta.Text.Special())]
	x, y := make([]float32, s.modelInput()), make([]float32, meta.Y.Len())
	n, validation, _ := s.train.Samples()
	for part, n := range []int{train.Training: n, train.Validation: validation} {
		for i := range n {
			if s.train.Read(train.Part(part), i, x, y); slices.Equal(x[:len(want)], want) {
				return s.answer(y), true
			}
		}
	}
	return "", false
}

// judge says at the end of an answer whether it is right, where that is known.
func (s *Session) judge(question, given string, last *Written) {
	if right, ok := s.right(question); ok {
		last.Right, last.Exact = right, strings.TrimSpace(right) == strings.TrimSpace(given)
	}
}

// asks returns questions to be answered as samples of the model's work: the
// first of the validation part.
func (s *Session) asks(n int) (questions, answers []string) {
	meta := s.set.Meta
	if meta.Text == nil || meta.Layout.Question == 0 {
		return nil, nil
	}
	part := train.Validation
	all, validation, _ := s.train.Samples()
	if validation == 0 {
		part = train.Training
	} else {
		all = validation
	}
	x, y := make([]float32, s.modelInput()), make([]float32, meta.Y.Len())
	for i := range min(n, all) {
		s.train.Read(part, i, x, y)
		questions, answers = append(questions, s.question(x)), append(answers, s.answer(y))
	}
	return questions, answers
}
