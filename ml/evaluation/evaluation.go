// Package evaluation works out what a model's answers to some samples say of
// it: intervals for its figures, calibration, curves over a threshold,
// residuals, and which samples are worth a look. It knows no model: it reads
// answers and what they should have been.
package evaluation

// Limits of what Outputs keep, so that they take at most about 40 MB.
const (
	MaxDecisions = 1 << 20
	MaxAnswers   = 1 << 22
)

// Outputs is what a model answered to the samples of a part of the data, in
// their order.
//
// A decision is one choice among classes: one for each sample, or for each of
// its labels that counts. Values are no decisions: there Answers and Values
// have Width numbers for each sample.
type Outputs struct {
	Classes int  // that a decision chooses among; 0 for values
	Single  bool // one decision, or one row of values, for each sample

	Samples []int32   // the number of each decision's sample in its part
	Truth   []int32   // the right class
	Guess   []int32   // the class with the highest probability
	Sure    []float32 // the probability of the guess
	Chance  []float32 // the probability of the right class

	Width   int
	Answers []float32 // of Single: probabilities of the classes or values, a row for each sample
	Values  []float32 // of values: what was to be told, a row for each sample
	Count   int       // samples that were seen
	Cut     bool      // some of them had no room
}

// Decide adds the decision about a sample whose probabilities of the classes
// are given. The first of equal probabilities is the guess.
func (o *Outputs) Decide(sample, truth int, p []float32) {
	if len(o.Truth) == MaxDecisions || truth < 0 || truth >= len(p) {
		o.Cut = true
		return
	}
	best := 0
	for i, v := range p {
		if v > p[best] {
			best = i
		}
	}
	o.Samples = append(o.Samples, int32(sample))
	o.Truth, o.Guess = append(o.Truth, int32(truth)), append(o.Guess, int32(best))
	o.Sure, o.Chance = append(o.Sure, p[best]), append(o.Chance, p[truth])
	if !o.Single {
		return
	}
	if len(o.Answers)+len(p) > MaxAnswers {
		o.Cut = true
		return
	}
	o.Answers = append(o.Answers, p...)
}

// Tell adds the values that were answered to a sample, and what was to be told.
func (o *Outputs) Tell(sample int, answer, value []float32) {
	if len(o.Answers)+len(answer) > MaxAnswers {
		o.Cut = true
		return
	}
	o.Samples = append(o.Samples, int32(sample))
	o.Answers, o.Values = append(o.Answers, answer...), append(o.Values, value...)
}

// Answer returns the whole answer of the i-th decision or row of values; nil
// where it was not kept.
func (o *Outputs) Answer(i int) []float32 {
	if i < 0 || o.Width == 0 || (i+1)*o.Width > len(o.Answers) {
		return nil
	}
	return o.Answers[i*o.Width : (i+1)*o.Width]
}

// rows returns how many whole answers were kept.
func (o *Outputs) rows() int {
	if o.Width == 0 {
		return 0
	}
	return len(o.Answers) / o.Width
}

// Confusion counts the decisions by [right class · Classes + guessed class];
// nil with more classes than a matrix is of use for.
func (o *Outputs) Confusion() []int {
	if o.Classes == 0 || o.Classes > 256 {
		return nil
	}
	m := make([]int, o.Classes*o.Classes)
	for i, t := range o.Truth {
		m[int(t)*o.Classes+int(o.Guess[i])]++
	}
	return m
}
