//go:build goexperiment.simd

package kernel

import (
	"math"
	"simd"
)

// sumRowsVec is sumRowsLoop, up to four vectors of columns at a time kept in
// registers.
func sumRowsVec(dst, x []float32, m, n int) {
	w := simd.VectorBitSize() / 32
	j := 0
	for ; j+4*w <= n; j += 4 * w {
		s0, s1, s2, s3 := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0)
		for i := j; i < len(x); i += n {
			r := x[i : i+4*w]
			s0 = s0.Add(simd.LoadFloat32s(r[:w]))
			s1 = s1.Add(simd.LoadFloat32s(r[w : 2*w]))
			s2 = s2.Add(simd.LoadFloat32s(r[2*w : 3*w]))
			s3 = s3.Add(simd.LoadFloat32s(r[3*w : 4*w]))
		}
		s0.Store(dst[j : j+w])
		s1.Store(dst[j+w : j+2*w])
		s2.Store(dst[j+2*w : j+3*w])
		s3.Store(dst[j+3*w : j+4*w])
	}
	for ; j+w <= n; j += w {
		s := simd.BroadcastFloat32s(0)
		for i := j; i < len(x); i += n {
			s = s.Add(simd.LoadFloat32s(x[i : i+w]))
		}
		s.Store(dst[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		var s float32
		for i := j; i < len(x); i += n {
			s += x[i]
		}
		dst[j] = s
	}
}

// dotVec is dotLoop in four vectors of sums.
func dotVec(x, y []float32) float32 {
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	s0, s1, s2, s3 := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(0)
	i := 0
	for ; i+4*w <= len(x); i += 4 * w {
		s0 = s0.Add(simd.LoadFloat32s(x[i : i+w]).Mul(simd.LoadFloat32s(y[i : i+w])))
		s1 = s1.Add(simd.LoadFloat32s(x[i+w : i+2*w]).Mul(simd.LoadFloat32s(y[i+w : i+2*w])))
		s2 = s2.Add(simd.LoadFloat32s(x[i+2*w : i+3*w]).Mul(simd.LoadFloat32s(y[i+2*w : i+3*w])))
		s3 = s3.Add(simd.LoadFloat32s(x[i+3*w : i+4*w]).Mul(simd.LoadFloat32s(y[i+3*w : i+4*w])))
	}
	for ; i+w <= len(x); i += w {
		s0 = s0.Add(simd.LoadFloat32s(x[i : i+w]).Mul(simd.LoadFloat32s(y[i : i+w])))
	}
	var lane [16]float32
	s0.Add(s1).Add(s2.Add(s3)).Store(lane[:w])
	leaveVectors()
	s := dotLoop(x[i:], y[i:])
	for l := 0; l < w; l++ {
		s += lane[l]
	}
	return s
}

// rowMaxVec is rowMaxLoop.
func rowMaxVec(x []float32) float32 {
	w := simd.VectorBitSize() / 32
	if len(x) < w {
		return rowMaxLoop(x)
	}
	t := simd.BroadcastFloat32s(float32(math.Inf(-1)))
	i := 0
	for ; i+w <= len(x); i += w {
		v := simd.LoadFloat32s(x[i : i+w])
		t = v.IfElse(v.Greater(t), t)
	}
	var lane [16]float32
	t.Store(lane[:w])
	leaveVectors()
	a, b := laneMax(lane[:w]), rowMaxLoop(x[i:])
	if b > a { // max is very slow on wasm
		a = b
	}
	return a
}

// laneMax is rowMaxLoop of numbers without NaN. As whole numbers that are in
// the same order they are compared without branches, which for the lanes of a
// vector would be guessed wrong every other time.
func laneMax(x []float32) float32 {
	top := int32(math.MinInt32)
	for _, v := range x {
		b := int32(math.Float32bits(v))
		top = max(top, b^b>>31&math.MaxInt32)
	}
	return math.Float32frombits(uint32(top ^ top>>31&math.MaxInt32))
}
