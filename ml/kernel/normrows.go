package kernel

import "math"

// NormRows brings each row of x[m,n] to a mean square of 1, and if it is
// centred, first to mean 0. It keeps in r[m] what it multiplied the rows by.
//
//	for i := range m {
//		μ := centred ? mean of row i : 0
//		r[i] = 1 / √(mean of (x[i,j]-μ)² + eps)
//		h[i,j] = (x[i,j] - μ) * r[i]
//	}
func NormRows(h, r, x []float32, m, n int, centred bool, eps float32) {
	atLeast("NormRows", "h", len(h), m*n)
	atLeast("NormRows", "r", len(r), m)
	atLeast("NormRows", "x", len(x), m*n)
	if m*n > 0 {
		active.normRows(h[:m*n], r[:m], x[:m*n], n, centred, eps)
	}
}

// NormRowsGrad takes a gradient back through NormRows, whose results were h and
// r, and through the factors g[n] behind it. dx may be dy.
//
//	for i := range m {
//		d[j] := dy[i,j] * g[j]
//		μ := centred ? mean of d : 0
//		dx[i,j] = r[i] * (d[j] - μ - h[i,j] * mean of d[k]*h[i,k])
//	}
func NormRowsGrad(dx, dy, h, r, g []float32, m, n int, centred bool) {
	atLeast("NormRowsGrad", "dx", len(dx), m*n)
	atLeast("NormRowsGrad", "dy", len(dy), m*n)
	atLeast("NormRowsGrad", "h", len(h), m*n)
	atLeast("NormRowsGrad", "r", len(r), m)
	atLeast("NormRowsGrad", "g", len(g), n)
	if m*n > 0 {
		active.normRowsGrad(dx[:m*n], dy[:m*n], h[:m*n], r[:m], g[:n], centred)
	}
}

func normRowsLoop(h, r, x []float32, n int, centred bool, eps float32) {
	for i := range r {
		h, x := h[i*n:(i+1)*n], x[i*n:(i+1)*n]
		var mean, square float64
		if centred {
			mean = Sum(x) / float64(n)
		}
		for j, v := range x {
			d := float64(v) - mean
			h[j] = float32(d)
			square += d * d
		}
		by := 1 / math.Sqrt(square/float64(n)+float64(eps))
		r[i] = float32(by)
		for j, v := range h {
			h[j] = v * r[i]
		}
	}
}

func normRowsGradLoop(dx, dy, h, r, g []float32, centred bool) {
	n := len(g)
	for i, by := range r {
		dx, dy, h := dx[i*n:(i+1)*n], dy[i*n:(i+1)*n], h[i*n:(i+1)*n]
		var mean, along float64
		for j, v := range dy {
			d := v * g[j]
			mean += float64(d)
			along += float64(d) * float64(h[j])
			dx[j] = d
		}
		mean, along = mean/float64(n), along/float64(n)
		if !centred {
			mean = 0
		}
		for j, d := range dx {
			dx[j] = by * (d - float32(mean) - h[j]*float32(along))
		}
	}
}
