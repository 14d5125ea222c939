package data

// A Layout says what the model is asked of a sample of tokens.
type Layout struct {
	Kind string // one of those below; "" for everything but tokens, and for tokens with a label

	// Question is how many tokens of X hold the question; the others hold the
	// answer, as far as the model is told. It matters for Teacher only.
	Question int

	// Stride is how many tokens after a training sample of a text the next one
	// begins; 0 where samples are not windows of one text.
	Stride int
}

// The kinds of layouts. A label that is Ignore does not count: it fills up what
// is short, or belongs to what is not asked for.
const (
	NextToken = "next_token" // Y[t] is the token after X[t]
	NextOne   = "next_one"   // Y[0] is the token after the last of X
	Teacher   = "teacher"    // X is a question and then the answer a step late, beginning with Begin; Y is the answer
	Answer    = "answer"     // X is a question and Y the answer, in so many steps as Y has
	Masked    = "masked"     // Y[t] is what X[t] was before it became Mask, and Ignore where it did not
)

// Ignore is the label of what does not count, as in PyTorch.
const Ignore = -100
