package kernel

import "math"

// ExpSum writes the exponentials of a scaled and shifted row and returns their
// sum. y may be x.
//
//	for j := range y {
//		y[j] = exp(x[j]*scale - top)
//		sum += y[j]
//	}
func ExpSum(y, x []float32, scale, top float32) (sum float32) {
	same("ExpSum", len(y), len(x))
	return active.expSum(y, x, scale, top)
}

// RowMax returns the largest number in x, passing over NaN; -Inf where x is empty.
func RowMax(x []float32) float32 { return active.rowMax(x) }

// AttentionGrad takes the gradient dp of a row of probabilities p back to the
// scores before scaling. ds may be dp.
//
//	for j := range ds {
//		ds[j] = p[j] * (dp[j] - mean) * scale
//	}
func AttentionGrad(ds, dp, p []float32, mean, scale float32) {
	same("AttentionGrad", len(ds), len(dp), len(p))
	active.attendGrad(ds, dp, p, mean, scale)
}

func expSumLoop(y, x []float32, scale, top float32) (sum float32) {
	for j, v := range x {
		e := float32(math.Exp(float64(v*scale - top)))
		y[j] = e
		sum += e
	}
	return sum
}

func attendGradLoop(ds, dp, p []float32, mean, scale float32) {
	for j, v := range p {
		ds[j] = v * (dp[j] - mean) * scale
	}
}
