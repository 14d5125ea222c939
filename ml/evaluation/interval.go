package evaluation

import (
	"math"
	"slices"

	"descent/ml/tensor"
)

// z is how many standard deviations around the mean of a normal distribution
// hold 95 % of it.
const z = 1.959963984540054

// An Interval is where a figure would lie for other samples of the same kind,
// with a confidence of 95 %; NaN, both, where it is not known. Method says how
// it was found.
type Interval struct {
	Low, High float64
	Method    string
}

// Methods of finding an interval.
const (
	Wilson    = "wilson"    // of a share
	Normal    = "normal"    // of a mean, from the standard deviation
	Bootstrap = "bootstrap" // from samples drawn anew, with replacement
	Newcombe  = "newcombe"  // of the area under a ROC curve
)

// Unknown is the interval of a figure that has none.
func Unknown() Interval { return Interval{Low: math.NaN(), High: math.NaN()} }

// Known reports whether there is an interval.
func (i Interval) Known() bool { return !math.IsNaN(i.Low) && !math.IsNaN(i.High) }

// Share is Wilson's interval for k of n (Wilson 1927): with p = k/n,
//
//	(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)
//
// Unlike p ± z·√(p(1-p)/n) it stays between 0 and 1, and means something when
// k is 0 or n.
func Share(k, n int) Interval {
	if n <= 0 {
		return Unknown()
	}
	p, m := float64(k)/float64(n), float64(n)
	middle := p + z*z/(2*m)
	reach := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	whole := 1 + z*z/m
	return Interval{max(0, (middle-reach)/whole), min(1, (middle+reach)/whole), Wilson}
}

// Mean is mean ± z·s/√n, with the standard deviation s of a sample.
func Mean(xs []float64) (mean float64, i Interval) {
	n := float64(len(xs))
	for _, x := range xs {
		mean += x / n
	}
	if len(xs) < 2 {
		return mean, Unknown()
	}
	squares := 0.0
	for _, x := range xs {
		squares += (x - mean) * (x - mean)
	}
	reach := z * math.Sqrt(squares/(n-1)/n)
	return mean, Interval{mean - reach, mean + reach, Normal}
}

// Area is Newcombe's interval of an area A under a ROC curve, with so many
// samples that are of the class and that are not (Newcombe 2006, method 5): all
// areas θ between 0 and 1 with
//
//	|A - θ| ≤ z·√(θ(1-θ)·(1 + (N-1)·(1-θ)/(2-θ) + (N-1)·θ/(1+θ)) / pn),  N = (p+n)/2
//
// Like Wilson's of a share, it asks how far A is from θ by the deviation that θ
// would have, so that it means something where A is 1 and samples are few.
func Area(a float64, positive, negative int) Interval {
	if positive <= 0 || negative <= 0 || !(a >= 0 && a <= 1) {
		return Unknown()
	}
	p, n := float64(positive), float64(negative)
	more := (p+n)/2 - 1
	within := func(t float64) bool {
		return math.Abs(a-t) <= z*math.Sqrt(t*(1-t)*(1+more*(1-t)/(2-t)+more*t/(1+t))/(p*n))
	}
	// The limit towards an end, by halving: A itself is within, or is that end.
	limit := func(end float64) float64 {
		in, out := a, end
		for range 60 {
			if middle := (in + out) / 2; within(middle) {
				in = middle
			} else {
				out = middle
			}
		}
		return in
	}
	return Interval{limit(0), limit(1), Newcombe}
}

// Areas is an interval of the mean of several areas: from the mean of their
// lower limits to that of their upper ones. The same samples are behind all of
// them, so they may err together; where they do not, it is wider than need be.
func Areas(of []AreaOf) Interval {
	out, known := Interval{Method: Newcombe}, 0.0
	for _, a := range of {
		if i := Area(a.Area, a.Positive, a.Negative); i.Known() {
			out.Low, out.High, known = out.Low+i.Low, out.High+i.High, known+1
		}
	}
	if known == 0 {
		return Unknown()
	}
	out.Low, out.High = out.Low/known, out.High/known
	return out
}

// An AreaOf is the area under the ROC curve of one class against the rest; NaN
// where there is none.
type AreaOf struct {
	Area               float64
	Positive, Negative int
}

// How often samples are drawn anew, and how many are drawn in all at most.
const (
	draws    = 400
	maxDrawn = 2 << 20
)

// resample draws n of n samples anew, again and again, and returns the 2.5th
// and the 97.5th percentile of what each of some figures then is (Efron 1979).
// The figures are told which samples were drawn; one that is NaN for a draw is
// left out there.
func resample(seed uint64, n, figures int, of func(drawn []int32, out []float64)) []Interval {
	intervals := make([]Interval, figures)
	for k := range intervals {
		intervals[k] = Unknown()
	}
	if n < 2 {
		return intervals
	}
	times := min(draws, max(50, maxDrawn/n))
	stream := tensor.NewStream(seed, "bootstrap")
	drawn, now, found := make([]int32, n), make([]float64, figures), make([][]float64, figures)
	for d := range times {
		s := stream.Fork(uint64(d))
		for i := range drawn {
			drawn[i] = int32(s.Intn(uint64(i), n))
		}
		of(drawn, now)
		for k, v := range now {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				found[k] = append(found[k], v)
			}
		}
	}
	for k, all := range found {
		if len(all) >= times/2 {
			slices.Sort(all)
			intervals[k] = Interval{quantile(all, 0.025), quantile(all, 0.975), Bootstrap}
		}
	}
	return intervals
}

// quantile of sorted numbers, with linear interpolation between neighbours.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
