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
	if c == len(y) {
		return
	}
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

// maxQuadVec is maxQuadLoop.
func maxQuadVec(y, x []float32, row int) {
	n, m := simd.VectorBitSize()/32, len(y)
	if m < n && m < 4 {
		maxQuadLoop(y, x, row)
		return
	}
	x0, x1, x2, x3 := x[:m], x[m:][:m], x[row:][:m], x[row+m:][:m]
	c := 0
	for ; c+n <= m; c += n {
		top := simd.LoadFloat32s(x0[c : c+n])
		top = larger(simd.LoadFloat32s(x1[c:c+n]), top)
		top = larger(simd.LoadFloat32s(x2[c:c+n]), top)
		top = larger(simd.LoadFloat32s(x3[c:c+n]), top)
		top.Store(y[c : c+n])
	}
	if c == m {
		return
	}
	top, _ := simd.LoadFloat32sPart(x0[c:])
	v, _ := simd.LoadFloat32sPart(x1[c:])
	top = larger(v, top)
	v, _ = simd.LoadFloat32sPart(x2[c:])
	top = larger(v, top)
	v, _ = simd.LoadFloat32sPart(x3[c:])
	larger(v, top).StorePart(y[c:])
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

// maxQuadGradVec is maxQuadGradLoop.
func maxQuadGradVec(dx, dy, x, y []float32, row int) {
	n, m := simd.VectorBitSize()/32, len(y)
	if m%n != 0 {
		clear(dx[:2*m])
		clear(dx[row:][:2*m])
		maxWindowGradVec(dx, dy, x, y, 2, 2, row)
		return
	}
	x0, x1, x2, x3 := x[:m], x[m:][:m], x[row:][:m], x[row+m:][:m]
	dx0, dx1, dx2, dx3 := dx[:m], dx[m:][:m], dx[row:][:m], dx[row+m:][:m]
	zero := simd.BroadcastFloat32s(0)
	for c := 0; c+n <= m; c += n {
		d, top := simd.LoadFloat32s(dy[c:c+n]), simd.LoadFloat32s(y[c:c+n])
		v := simd.LoadFloat32s(x0[c : c+n])
		takes := v.Equal(top).Or(v.NotEqual(v))
		d.Masked(takes).Store(dx0[c : c+n])
		d = zero.IfElse(takes, d)
		v = simd.LoadFloat32s(x1[c : c+n])
		takes = v.Equal(top).Or(v.NotEqual(v))
		d.Masked(takes).Store(dx1[c : c+n])
		d = zero.IfElse(takes, d)
		v = simd.LoadFloat32s(x2[c : c+n])
		takes = v.Equal(top).Or(v.NotEqual(v))
		d.Masked(takes).Store(dx2[c : c+n])
		d = zero.IfElse(takes, d)
		v = simd.LoadFloat32s(x3[c : c+n])
		takes = v.Equal(top).Or(v.NotEqual(v))
		d.Masked(takes).Store(dx3[c : c+n])
	}
}
