package session

// Baseline is how well counting alone foretells the tokens of a part of the
// data, beside which a model's figures are to be seen.
type Baseline struct {
	Name             string // "uniform", "unigram" or "bigram"
	Part             string // "validation" or "test"
	Loss             float64
	Perplexity       float64
	BitsPerCharacter float64
}

// Vocabulary is the tokens that a text is made of. Tokens that are no text by
// themselves, a part of a character for instance, are written as bytes: <e4>.
type Vocabulary struct {
	Kind    string   // "character", "word" or "bpe"; "" where the data has numbers that are no text
	Tokens  []string // by number
	Merges  []int    // of "bpe": the left and the right token of each merge, in order, then what they became
	Special []int    // numbers of tokens that stand for no text, which have names instead
	Counts  []int    // how often each comes in the samples that are trained on, the first Counted tokens
	Counted int
}

// Inside is a value of the model that a view can show as it is at work.
type Inside struct {
	Kind  string // one of those below
	Path  string // its name: "block1.attention.weights"
	Layer string // the node it belongs to
}

// Kinds of Inside.
const (
	OfAttention = "attention" // probabilities: [heads, queries, keys]
	OfState     = "state"     // what a recurrent layer carries from step to step: [steps, units]
	OfTable     = "table"     // vectors of tokens: [tokens, size]
)

// Rollout is the path of what attention amounts to over all layers (Abnar and
// Zuidema, 2020), where they all look at the same sequence.
const Rollout = "rollout"

// Subject says which text the views of sequences look at: what was typed, or a
// sample of the validation part, or of the training part where there is none.
type Subject struct {
	Text   string
	Sample int
	Pixels []float64 // a sample of the person's own, raw, as Predict takes it
}

// Reading is what the model makes of the subject: its tokens, and how likely it
// held what was to be told. Predictions go with the layout of the data: for
// "next_token" the prediction i is about the token after Tokens[i].
type Reading struct {
	Step    int
	Typed   bool // else it is a sample
	Sample  int
	Samples int       // that there are to choose from
	Dropped int       // tokens of a typed text that had no room: the model sees the last ones
	Tokens  []int     // as the model sees them, without what only fills the sample up
	Pieces  []string  // the text of each
	Room    int       // for tokens, which is what the model sees at once
	Targets []int     // what was to be told by each prediction; -1 where nothing was, or where it is not known
	Chances []float64 // of the target; 0 where there is none
	Each    int       // candidates of each prediction
	Guesses []int     // the likeliest tokens, or classes, best first, prediction after prediction
	Weights []float64 // their probabilities
}

// Matrix is numbers of the model at work. The blob holds them as float32,
// little endian, in the order of the shape.
type Matrix struct {
	Path  string
	Shape []int
	Whole []int // the shape of the value, where Shape is only the first of it
	Blob  int
	Step  int
	Rows  []string // what the next to last size counts: tokens; empty where they are only numbers
	Cols  []string // likewise the last
}

// Cloud is a table of vectors as points: its principal components, scaled so
// that the largest is 1 away from the middle.
type Cloud struct {
	Path      string
	Shape     []int // of the table
	Step      int
	Places    []float64 // x, y and z of each row
	Explained []float64 // the share of the variance along each
}
