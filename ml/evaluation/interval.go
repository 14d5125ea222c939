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
	Hanley    = "hanley"    // of the area under a ROC curve
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

// Area is the interval of an area under a ROC curve with so many samples that
// are of the class and that are not (Hanley and McNeil 1982):
//
//	se² = (A(1-A) + (p-1)(Q1-A²) + (n-1)(Q2-A²)) / pn,  Q1 = A/(2-A),  Q2 = 2A²/(1+A)
func Area(a float64, positive, negative int) Interval {
	if positive == 0 || negative == 0 {
		return Unknown()
	}
	p, n := float64(positive), float64(negative)
	q1, q2 := a/(2-a), 2*a*a/(1+a)
	se := math.Sqrt(max(0, a*(1-a)+(p-1)*(q1-a*a)+(n-1)*(q2-a*a)) / (p * n))
	return Interval{max(0, a-z*se), min(1, a+z*se), Hanley}
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
