package evaluation

import "math"

const (
	residualBins  = 21
	residualPairs = 800
)

// Residuals tell how far off one output of values is. A residual is what was to
// be told less what was answered.
type Residuals struct {
	Output   int
	Count    int
	Mean, SD float64

	// Histogram counts the residuals in bins of equal width from Low to High.
	Low, High float64
	Histogram [residualBins]int

	// Answered and Told are pairs of some of the samples, evenly taken.
	Answered, Told []float64
}

// Residuals of an output; false where there are none. Answers that are not
// finite are left out.
func (o *Outputs) Residuals(output int) (Residuals, bool) {
	r := Residuals{Output: output, Low: math.Inf(1), High: math.Inf(-1)}
	if o.Classes > 0 || output < 0 || output >= o.Width {
		return r, false
	}
	var of []float64
	var at []int
	for i := range o.rows() {
		d := float64(o.Values[i*o.Width+output]) - float64(o.Answers[i*o.Width+output])
		if math.IsNaN(d) || math.IsInf(d, 0) {
			continue
		}
		of, at = append(of, d), append(at, i)
		r.Low, r.High = min(r.Low, d), max(r.High, d)
		r.Mean += d
	}
	if r.Count = len(of); r.Count == 0 {
		return r, false
	}
	r.Mean /= float64(r.Count)
	// The histogram has 0 in the middle of a bin, so that small residuals of
	// either sign stand together.
	reach := max(r.High, -r.Low)
	if reach == 0 {
		reach = 1
	}
	r.Low, r.High = -reach, reach
	for _, d := range of {
		r.SD += (d - r.Mean) * (d - r.Mean)
		r.Histogram[min(residualBins-1, int((d-r.Low)/(r.High-r.Low)*residualBins))]++
	}
	r.SD = math.Sqrt(r.SD / float64(r.Count))
	shown := min(residualPairs, r.Count)
	for k := range shown {
		i := at[k*r.Count/shown]
		r.Answered = append(r.Answered, float64(o.Answers[i*o.Width+output]))
		r.Told = append(r.Told, float64(o.Values[i*o.Width+output]))
	}
	return r, true
}
