package data

import "math"

// Statistics are of each column of a table, and otherwise of each channel, the
// last dimension: an image's pixels share theirs. Sums are float64 in the order
// of the samples, so that they are the same on every machine.

// lanes returns how many statistics there are for features of that form.
func lanes(in Form) int {
	if len(in.Shape) == 0 {
		return 1
	}
	return in.Shape[len(in.Shape)-1]
}

// visit calls f with every value that is there, not NaN, and its lane.
func visit(d Dataset, in Form, f func(lane int, v float64)) {
	n := lanes(in)
	x, y := make([]float32, in.Shape.Len()), make([]float32, in.Target.Len())
	for i := range d.Len() {
		d.Read(i, x, y)
		for j, v := range x {
			if v == v {
				f(j%n, float64(v))
			}
		}
	}
}

// moments returns the mean of each lane and its standard deviation, of the
// whole population as scikit-learn has it. Without values they are 0 and 0.
func moments(d Dataset, in Form) (mean, deviation []float64) {
	n := lanes(in)
	mean, deviation = make([]float64, n), make([]float64, n)
	count := make([]float64, n)
	visit(d, in, func(lane int, v float64) {
		mean[lane] += v
		count[lane]++
	})
	for i := range mean {
		mean[i] /= max(1, count[i])
	}
	// A second pass instead of the sum of squares, which cancels.
	visit(d, in, func(lane int, v float64) {
		deviation[lane] += (v - mean[lane]) * (v - mean[lane])
	})
	for i := range deviation {
		deviation[i] = math.Sqrt(deviation[i] / max(1, count[i]))
	}
	return mean, deviation
}

// measured reports whether a lane holds measurements: what stands for a
// category is left as it is.
func measured(in Form, lane int) bool {
	return len(in.Columns) == 0 || in.Columns[lane].Kind == Number
}

// affine computes (x - offset) * scale in each lane; stats are its pairs.
func affine(dst, src, stats []float32) {
	n := len(stats) / 2
	for i, v := range src {
		lane := i % n
		dst[i] = float32((v - stats[2*lane]) * stats[2*lane+1])
	}
}
