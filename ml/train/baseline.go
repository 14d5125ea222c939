package train

import (
	"math"

	"descent/ml/data"
)

// A Baseline is how well tokens are foretold by counting alone: by everybody
// who has learned nothing, or by how often each token came in training.
type Baseline struct {
	Name             string      // of BaselineNames
	Validation, Test *Likelihood // nil where there are no such samples
}

// A Likelihood is how well the labels of some samples were foretold.
type Likelihood struct {
	Loss             float64 // the mean of -log p, in nats
	Perplexity       float64 // exp(Loss): between so many equally likely tokens one would hesitate
	BitsPerCharacter float64 // the same surprise, in bits, for each character of the text
	Labels           int     // that were foretold
}

// BaselineNames lists the baselines, from the plainest on. With V tokens, and
// each count one more than it was:
//
//	uniform  p = 1/V
//	unigram  p(b) = (count(b) + 1) / (count + V)
//	bigram   p(b after a) = (count(a b) + 1) / (count(a) + V)
var BaselineNames = []string{"uniform", "unigram", "bigram"}

// Baselines counts the tokens of the training samples and measures the same
// validation and test samples as an evaluation does. There are none unless the
// data asks for the next token of a text.
func (t *Trainer) Baselines() []Baseline {
	if t.meta.Text == nil || t.meta.Layout.Kind != data.NextToken && t.meta.Layout.Kind != data.NextOne {
		return nil
	}
	c := counts{tokens: t.meta.Tokens, single: make([]int, t.meta.Tokens), before: make([]int, t.meta.Tokens), pairs: map[int]int{}}
	t.pairs(t.train, t.meta.Layout.Stride, c.add)
	out := make([]Baseline, len(BaselineNames))
	for i, name := range BaselineNames {
		out[i].Name = name
	}
	for part, d := range []data.Dataset{t.validation, t.test} {
		if d.Len() == 0 {
			continue
		}
		var sums [3]float64
		labels, characters := 0, 0
		t.pairs(d, 0, func(a, b int) {
			for i, p := range c.chances(a, b) {
				sums[i] -= math.Log(p)
			}
			labels++
			characters += t.lengths[b]
		})
		if labels == 0 || characters == 0 {
			continue
		}
		for i, sum := range sums {
			loss := sum / float64(labels)
			l := &Likelihood{Loss: loss, Perplexity: math.Exp(loss), BitsPerCharacter: sum / math.Ln2 / float64(characters), Labels: labels}
			if part == 0 {
				out[i].Validation = l
			} else {
				out[i].Test = l
			}
		}
	}
	return out
}

// pairs calls f for each label that counts and the token before it. Samples
// that begin less than their length after one another, stride above 0, have
// labels in common: each of these counts once.
func (t *Trainer) pairs(d data.Dataset, stride int, f func(before, label int)) {
	x, y := make([]float32, t.meta.X.Len()), make([]float32, t.meta.Y.Len())
	skip := 1
	if stride > 0 {
		skip = max(1, len(y)/stride)
	}
	last := d.Len() - 1
	for i, before := 0, -1; i <= last; {
		d.Read(i, x, y)
		fresh := len(y)
		if stride > 0 && before >= 0 {
			fresh = min(fresh, (i-before)*stride)
		}
		for j := len(y) - fresh; j < len(y); j++ {
			if label := int(y[j]); label != data.Ignore {
				f(int(x[len(x)-len(y)+j]), label)
			}
		}
		before = i
		if i += skip; i > last && before < last {
			i = last
		}
	}
}

// counts is how often tokens came, alone and after one another.
type counts struct {
	tokens, total  int
	single, before []int
	pairs          map[int]int // a·tokens + b
}

func (c *counts) add(a, b int) {
	c.total++
	c.single[b]++
	c.before[a]++
	c.pairs[a*c.tokens+b]++
}

// chances returns the probability of b after a that each baseline has.
func (c *counts) chances(a, b int) [3]float64 {
	v := float64(c.tokens)
	return [3]float64{1 / v,
		float64(c.single[b]+1) / (float64(c.total) + v),
		float64(c.pairs[a*c.tokens+b]+1) / (float64(c.before[a]) + v)}
}
