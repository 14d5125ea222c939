package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
	"descent/ml/text"
)

// Meta is what is known of a source before it is opened; the model is checked
// against it while it is edited. Of a file that a person brings nothing is
// known before it was read: Known reports false, until the source's Open or
// Learn has been called.
type Meta struct {
	X, Y        tensor.Shape // one sample: X e.g. [28 28 1] or [2]; Y is [1]: a class index, or the value of a regression
	Classes     []string     // class names; nil for a regression
	Train, Test int          // number of samples
	Removed     int          // so many more there were to train on, before edits took them out
	Range       [2]float64   // of the raw features, for display (0..255; -6..6)
	Bytes       int64        // to be loaded over the network; 0 when it is made here
	Held        int64        // bytes of memory that the opened samples take; 0 when that is not known
	Columns     []Column     // of a table, as the file has them; nil for everything else
	Tokens      int          // X holds the numbers of so many different tokens; 0 when it holds values

	Text text.Tokenizer // that the tokens of X are of; nil when they are no text
	// Special is the tokens that stand for no text, for who has no Text but was
	// told of them; nil where there are none.
	Special *text.Special
	Layout  Layout // what is asked of tokens
}

// Known reports whether the source knows its samples.
func (m Meta) Known() bool { return m.X != nil }

// Overlap returns how many of the training samples that follow one hold some
// of its tokens: such samples must not come to different parts of a split.
func (m Meta) Overlap() int {
	if m.Layout.Stride == 0 {
		return 0
	}
	return (m.X.Len() - 1) / m.Layout.Stride
}

// Pad returns the token that fills short texts up; -1 where there is none.
func (m Meta) Pad() int {
	switch {
	case m.Text != nil:
		return m.Text.Special().Pad
	case m.Special != nil:
		return m.Special.Pad
	}
	return -1
}

// A Learner is a source that knows its Meta only from its files. Whoever did
// not open it (the page, whose worker did) tells it what came out.
type Learner interface {
	Source
	Learn(Meta)
}

// A Recaller is a Learner that need not see its file again to describe its
// samples, when it is told of the tokenizer that was made of it and of the
// number of tokens of a sample. How many samples there are it does not know then.
type Recaller interface {
	Learner
	Recall(t text.Tokenizer, tokens int)
}

// What a column holds and what it is for.
const (
	Number    = "number"
	Category  = "category"  // the value is an index into Values
	Text      = "text"      // too many different ones to be categories: not used
	Indicator = "indicator" // 0 or 1, made of a category

	Feature = "feature"
	Target  = "target"
	Ignored = "ignored"
)

// A Column is what was found out about one column of a table.
type Column struct {
	Name     string
	Kind     string // Number, Category, Text or Indicator
	Role     string // Feature, Target or Ignored
	Missing  int    // cells without a value
	Min, Max float64
	Values   []string // of a Category, sorted
}

// A Form is what a preprocessing step has to know of the features it is given.
type Form struct {
	Shape   tensor.Shape
	Target  tensor.Shape // of what the model is to answer
	Range   [2]float64   // of the raw features
	Columns []Column     // one for each feature of a table; nil for everything else
	Tokens  int          // as in Meta
}

// Form returns the form of the raw features.
func (m Meta) Form() Form {
	f := Form{Shape: m.X, Target: m.Y, Range: m.Range, Tokens: m.Tokens}
	for _, c := range m.Columns {
		if c.Role == Feature {
			f.Columns = append(f.Columns, c)
		}
	}
	return f
}

// image returns the sizes of an image, or says that it is none.
func (f Form) image() (height, width, channels int, err error) {
	if len(f.Shape) != 3 {
		return 0, 0, 0, config.Problem("wants images, height×width×channels, and the samples have the shape %s", f.Shape)
	}
	return f.Shape[0], f.Shape[1], f.Shape[2], nil
}
