package evaluation

import "slices"

// Thresholds is how many thresholds a Curve has counts for: 0, 0.01, ..., 1.
const Thresholds = 101

// maxPoints bounds the points of a Curve.
const maxPoints = 200

// A Curve tells how one class is told from the rest when a sample counts as of
// it from some probability on.
type Curve struct {
	Class              int
	Positive, Negative int // samples that are of the class, and that are not

	// Hits and Alarms are, at each of some probabilities from the highest on, the
	// samples with at least that probability that are of the class, and that are
	// not. The first point is 0, 0; equal probabilities are one point; of very
	// many points some are left out.
	Hits, Alarms []int

	// At has the same counts of samples with a probability above i/100.
	At [Thresholds]struct{ Hits, Alarms int }

	// Area is that under the ROC curve: the share of hits over the share of
	// alarms, joined by straight lines.
	Area float64
	// Precision is the average precision: the sum of each point's precision,
	// weighted by the recall that it adds.
	Precision float64
}

// Trace follows the probability of a class; false where the whole answers were
// not kept, or all samples or none are of the class.
func (o *Outputs) Trace(class int) (Curve, bool) {
	c := Curve{Class: class}
	n := o.rows()
	if !o.Single || class < 0 || class >= o.Classes || n == 0 {
		return c, false
	}
	score := func(i int) float32 { return o.Answers[i*o.Width+class] }
	order := make([]int, n)
	for i := range order {
		order[i] = i
		is := int(o.Truth[i]) == class
		if is {
			c.Positive++
		} else {
			c.Negative++
		}
		for t := range c.At {
			if !(float64(score(i)) > float64(t)/(Thresholds-1)) {
				break
			}
			if is {
				c.At[t].Hits++
			} else {
				c.At[t].Alarms++
			}
		}
	}
	if c.Positive == 0 || c.Negative == 0 {
		return c, false
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := score(a), score(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	c.Hits, c.Alarms = []int{0}, []int{0}
	hits, alarms := 0, 0
	p, q := float64(c.Positive), float64(c.Negative)
	for i := 0; i < n; {
		h, a := hits, alarms
		for at := score(order[i]); i < n && score(order[i]) == at; i++ {
			if int(o.Truth[order[i]]) == class {
				hits++
			} else {
				alarms++
			}
		}
		if hits == h && alarms == a { // NaN equals nothing
			return c, false
		}
		c.Area += float64(alarms-a) / q * float64(hits+h) / 2 / p
		c.Precision += float64(hits-h) / p * float64(hits) / float64(hits+alarms)
		c.Hits, c.Alarms = append(c.Hits, hits), append(c.Alarms, alarms)
	}
	c.thin()
	return c, true
}

// thin leaves points out, evenly, but neither the first nor the last.
func (c *Curve) thin() {
	n := len(c.Hits)
	if n <= maxPoints {
		return
	}
	for i := range maxPoints {
		at := i * (n - 1) / (maxPoints - 1)
		c.Hits[i], c.Alarms[i] = c.Hits[at], c.Alarms[at]
	}
	c.Hits, c.Alarms = c.Hits[:maxPoints], c.Alarms[:maxPoints]
}
