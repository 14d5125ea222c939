package data

import "descent/ml/text"

// A Layout says what the model is asked of a sample of tokens.
type Layout struct {
	Kind string // one of those below; "" for everything but tokens, and for tokens with a label

	// Question is how many tokens of X a question may take; 0 where nothing is
	// asked and the text just goes on.
	Question int

	// Stride is how many tokens after a training sample of a text the next one
	// begins; 0 where samples are not windows of one text.
	Stride int

	// Backwards says that X has a question's last token first.
	Backwards bool
}

// The kinds of layouts. A label that is Ignore does not count: it fills up what
// is short, or belongs to what is not asked for. An answer ends with End.
const (
	// NextToken: Y[t] is the token after X[t]. Where something is asked, X is
	// the question, Begin and the answer, and only the answer counts.
	NextToken = "next_token"

	// NextOne: Y[0] is the token after the last of X.
	NextOne = "next_one"

	// Teacher: the first tokens of X are for the question, and after them come
	// Begin and the answer, so that each step is told what is right up to
	// there. Y is the answer.
	Teacher = "teacher"

	// Answer: X is the question and Y the answer, in so many steps as Y has.
	Answer = "answer"

	// Masked: Y[t] is what X[t] was before it became Mask, and Ignore where it
	// did not. Where something is asked, X is as for NextToken.
	Masked = "masked"
)

// Ignore is the label of what does not count, as in PyTorch.
const Ignore = -100

// Whole reports whether a sample's labels are one answer, which is right as a
// whole or not at all. A text that goes on is none.
func (l Layout) Whole() bool { return l.Kind == "" || l.Question > 0 }

// Ask writes a question into x, which is one sample's X, and returns where the
// first token of the answer goes. What comes after it in x is Pad. A question
// that has a place of its own (Teacher, and all of x for NextOne, Answer and a
// label) ends where that ends, with Pad before it where it is short, so that a
// recurrent network reads it last. A question for which there is no room panics.
func (l Layout) Ask(x []float32, question []int, s text.Special) (answer int) {
	for i := range x {
		x[i] = float32(s.Pad)
	}
	n, end := len(question), len(question)
	begin := l.Kind == NextToken || l.Kind == Masked || l.Kind == Teacher
	switch {
	case l.Kind == Teacher:
		end = l.Question
	case !begin:
		end = len(x)
	}
	place := x[:end][end-n:]
	for i, t := range question {
		if l.Backwards {
			i = n - 1 - i
		}
		place[i] = float32(t)
	}
	if begin {
		x[end] = float32(s.Begin)
		end++
	}
	return end
}
