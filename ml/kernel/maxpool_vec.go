//go:build goexperiment.simd

package kernel

import (
	"math"
	"simd"
)

// larger returns v where it is greater than top or NaN, else top.
func larger(v, top simd.Float32s) simd.Float32s {
	return v.IfElse(v.Greater(top).Or(v.NotEqual(v)), top)
}

// maxWindowVec is maxWindowLoop.
func maxWindowVec(y, x []float32, h, w, row int) {
	n := simd.VectorBitSize() / 32
	c := 0
	for ; c+n <= len(y); c += n {
		top := simd.BroadcastFloat32s(float32(math.Inf(-1)))
		for i := 0; i < h; i++ {
			k := i*row + c
			for j := 0; j < w; j++ {
				top = larger(simd.LoadFloat32s(x[k:k+n]), top)
				k += len(y)
			}
		}
		top.Store(y[c : c+n])
	}
	leaveVectors()
	for ; c < len(y); c++ {
		top := float32(math.Inf(-1))
		for i := 0; i < h; i++ {
			for j := 0; j < w; j++ {
				if v := x[i*row+j*len(y)+c]; v > top || v != v {
					top = v
				}
			}
		}
		y[c] = top
	}
}

// maxQuadsVec is maxQuadsLoop.
func maxQuadsVec(y, x []float32, n, row int) {
	w := simd.VectorBitSize() / 32
	if n < 4 {
		maxQuadsLoop(y, x, n, row)
		return
	}
	for i := 0; i < len(y); i += n {
		out := y[i : i+n]
		x0, x1 := x[2*i:2*i+n], x[2*i+n:2*i+2*n]
		x2, x3 := x[2*i+row:2*i+row+n], x[2*i+row+n:2*i+row+2*n]
		c := 0
		for ; c+w <= n; c += w {
			top := simd.LoadFloat32s(x0[c : c+w])
			top = larger(simd.LoadFloat32s(x1[c:c+w]), top)
			top = larger(simd.LoadFloat32s(x2[c:c+w]), top)
			top = larger(simd.LoadFloat32s(x3[c:c+w]), top)
			top.Store(out[c : c+w])
		}
		if c < n {
			top, _ := simd.LoadFloat32sPart(x0[c:])
			v, _ := simd.LoadFloat32sPart(x1[c:])
			top = larger(v, top)
			v, _ = simd.LoadFloat32sPart(x2[c:])
			top = larger(v, top)
			v, _ = simd.LoadFloat32sPart(x3[c:])
			larger(v, top).StorePart(out[c:])
		}
	}
	leaveVectors()
}

// maxWindowGradVec is maxWindowGradLoop: what is left of the gradient moves on
// from cell to cell until a cell takes it.
func maxWindowGradVec(dx, dy, x, y []float32, h, w, row int) {
	n := simd.VectorBitSize() / 32
	zero := simd.BroadcastFloat32s(0)
	c := 0
	for ; c+n <= len(y); c += n {
		d, top := simd.LoadFloat32s(dy[c:c+n]), simd.LoadFloat32s(y[c:c+n])
		for i := 0; i < h; i++ {
			k := i*row + c
			for j := 0; j < w; j++ {
				v := simd.LoadFloat32s(x[k : k+n])
				takes := v.Equal(top).Or(v.NotEqual(v))
				simd.LoadFloat32s(dx[k : k+n]).Add(d.Masked(takes)).Store(dx[k : k+n])
				d = zero.IfElse(takes, d)
				k += len(y)
			}
		}
	}
	leaveVectors()
channel:
	for ; c < len(y); c++ {
		for i := 0; i < h; i++ {
			for j := 0; j < w; j++ {
				k := i*row + j*len(y) + c
				if v := x[k]; v == y[c] || v != v {
					dx[k] += dy[c]
					continue channel
				}
			}
		}
	}
}

// maxQuadsGradVec is maxQuadsGradLoop.
func maxQuadsGradVec(dx, dy, x, y []float32, n, row int) {
	w := simd.VectorBitSize() / 32
	if n%w != 0 {
		maxQuadsGradLoop(dx, dy, x, y, n, row)
		return
	}
	zero := simd.BroadcastFloat32s(0)
	for i := 0; i < len(y); i += n {
		out, grad := y[i:i+n], dy[i:i+n]
		j, k := 2*i, 2*i+row
		x0, x1, x2, x3 := x[j:j+n], x[j+n:j+2*n], x[k:k+n], x[k+n:k+2*n]
		dx0, dx1, dx2, dx3 := dx[j:j+n], dx[j+n:j+2*n], dx[k:k+n], dx[k+n:k+2*n]
		for c := 0; c+w <= n; c += w {
			d, top := simd.LoadFloat32s(grad[c:c+w]), simd.LoadFloat32s(out[c:c+w])
			v := simd.LoadFloat32s(x0[c : c+w])
			takes := v.Equal(top).Or(v.NotEqual(v))
			d.Masked(takes).Store(dx0[c : c+w])
			d = zero.IfElse(takes, d)
			v = simd.LoadFloat32s(x1[c : c+w])
			takes = v.Equal(top).Or(v.NotEqual(v))
			d.Masked(takes).Store(dx1[c : c+w])
			d = zero.IfElse(takes, d)
			v = simd.LoadFloat32s(x2[c : c+w])
			takes = v.Equal(top).Or(v.NotEqual(v))
			d.Masked(takes).Store(dx2[c : c+w])
			d = zero.IfElse(takes, d)
			v = simd.LoadFloat32s(x3[c : c+w])
			takes = v.Equal(top).Or(v.NotEqual(v))
			d.Masked(takes).Store(dx3[c : c+w])
		}
	}
	leaveVectors()
}
