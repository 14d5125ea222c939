package evaluation

import "math"

// Bins is how many parts the probabilities from 0 to 1 are cut into.
const Bins = 10

// A Bin is the decisions whose guess had a probability of one range.
type Bin struct {
	Count    int
	Sure     float64 // the mean probability of the guess; 0 without decisions
	Accuracy float64 // the share of them that were right
}

// A Calibration tells whether a model is as often right as it is sure: of the
// decisions with a probability of 0.8, 80 % should be right.
type Calibration struct {
	Bins [Bins]Bin
	// Error is the expected calibration error (Naeini and others 2015, Guo and
	// others 2017): the mean over all decisions of the distance between a bin's
	// mean probability and its share of right ones,
	//
	//	ECE = Σ count/n · |accuracy - sure|
	Error float64
	Count int
}

// Calibrate sorts the decisions by the probability of their guess: bin i holds
// those above i/10 up to (i+1)/10, and the first also 0.
func (o *Outputs) Calibrate() (c Calibration) {
	for i, p := range o.Sure {
		at := min(Bins-1, max(0, int(math.Ceil(float64(p)*Bins))-1))
		b := &c.Bins[at]
		b.Count++
		b.Sure += float64(p)
		if o.Guess[i] == o.Truth[i] {
			b.Accuracy++
		}
		c.Count++
	}
	for i := range c.Bins {
		b := &c.Bins[i]
		if b.Count == 0 {
			continue
		}
		n := float64(b.Count)
		b.Sure, b.Accuracy = b.Sure/n, b.Accuracy/n
		c.Error += n / float64(c.Count) * math.Abs(b.Accuracy-b.Sure)
	}
	return c
}
