//go:build goexperiment.simd

package kernel

import "math"

// normRowsVec is normRowsLoop with the squares added in vectors.
func normRowsVec(h, r, x []float32, n int, centred bool, eps float32) {
	for i := range r {
		h, x := h[i*n:(i+1)*n], x[i*n:(i+1)*n]
		if centred {
			shiftVec(h, x, -float32(Sum(x)/float64(n)))
			x = h
		}
		r[i] = float32(1 / math.Sqrt(float64(dotVec(x, x))/float64(n)+float64(eps)))
		scaleVec(h, x, r[i])
	}
}

// normRowsGradVec is normRowsGradLoop with the products added in vectors.
func normRowsGradVec(dx, dy, h, r, g []float32, centred bool) {
	n := len(g)
	for i, by := range r {
		d, h := dx[i*n:(i+1)*n], h[i*n:(i+1)*n]
		mulVec(d, dy[i*n:(i+1)*n], g)
		along := dotVec(d, h) / float32(n)
		if centred {
			shiftVec(d, d, -float32(Sum(d)/float64(n)))
		}
		axpyVec(d, h, -along)
		scaleVec(d, d, by)
	}
}
