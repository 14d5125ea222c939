package train

import "math"

// Bins is how many columns a Histogram has.
const Bins = 40

// A Histogram is what is told of many numbers at once. Its columns have the
// same width and go from Min to Max, so what they stand on is known without
// looking at the numbers twice.
type Histogram struct {
	Count     int // of the numbers that are finite
	NotFinite int
	Zeros     int // that are exactly 0
	Min, Max  float64
	Mean, SD  float64 // SD divides by Count
	Bins      [Bins]int
}

// NewHistogram counts numbers.
func NewHistogram(x []float32) Histogram {
	h := Histogram{Min: math.Inf(1), Max: math.Inf(-1)}
	sum := 0.0
	for _, v := range x {
		if v-v != 0 {
			h.NotFinite++
			continue
		}
		h.Count++
		if v == 0 {
			h.Zeros++
		}
		sum += float64(v)
		h.Min, h.Max = min(h.Min, float64(v)), max(h.Max, float64(v))
	}
	if h.Count == 0 {
		h.Min, h.Max = 0, 0
		return h
	}
	h.Mean = sum / float64(h.Count)
	squares, width := 0.0, (h.Max-h.Min)/Bins
	for _, v := range x {
		if v-v != 0 {
			continue
		}
		squares += (float64(v) - h.Mean) * (float64(v) - h.Mean)
		at := 0
		if width > 0 {
			at = min(int((float64(v)-h.Min)/width), Bins-1)
		}
		h.Bins[at]++
	}
	h.SD = math.Sqrt(squares / float64(h.Count))
	return h
}

// A Spread is the distribution of one parameter and of its gradient.
type Spread struct {
	Name   string
	Weight Histogram
	Grad   Histogram // empty where there is none: before a first step, and of what is frozen
}

// Weights returns the distribution of every parameter, as evaluations see it.
func (t *Trainer) Weights() []Histogram {
	out := make([]Histogram, len(t.params.Index))
	for i := range t.params.Index {
		out[i] = NewHistogram(t.params.Of(t.Shown().Value, i))
	}
	return out
}

// Gradients returns the distribution of the gradient that the latest step moved
// each parameter by, with penalties and clipping; empty ones where there is
// none: before a first step, and of what is frozen.
func (t *Trainer) Gradients() []Histogram {
	out := make([]Histogram, len(t.params.Index))
	for i, info := range t.params.Index {
		if t.moved && !info.Frozen && !info.State {
			out[i] = NewHistogram(t.params.Of(t.grad, i))
		}
	}
	return out
}

// Spreads returns the distribution of every parameter and of its gradient.
func (t *Trainer) Spreads() []Spread {
	weights, grads := t.Weights(), t.Gradients()
	out := make([]Spread, len(t.params.Index))
	for i, info := range t.params.Index {
		out[i] = Spread{info.Name, weights[i], grads[i]}
	}
	return out
}
