//go:build goexperiment.simd

package kernel

import "simd"

// The kernels of this file take four vectors a turn and slice with both ends,
// which the wasm compiler needs to be fast, and leave the tail to the loop.

// addVec is addLoop.
func addVec(y, a, b []float32) {
	n := simd.VectorBitSize() / 32
	a = a[:len(y)]
	b = b[:len(y)]
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(a[i : i+n]).Add(simd.LoadFloat32s(b[i : i+n])).Store(y[i : i+n])
		simd.LoadFloat32s(a[i+n : i+2*n]).Add(simd.LoadFloat32s(b[i+n : i+2*n])).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(a[i+2*n : i+3*n]).Add(simd.LoadFloat32s(b[i+2*n : i+3*n])).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(a[i+3*n : i+4*n]).Add(simd.LoadFloat32s(b[i+3*n : i+4*n])).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(a[i : i+n]).Add(simd.LoadFloat32s(b[i : i+n])).Store(y[i : i+n])
	}
	leaveVectors()
	addLoop(y[i:], a[i:], b[i:])
}

// mulVec is mulLoop.
func mulVec(y, a, b []float32) {
	n := simd.VectorBitSize() / 32
	a = a[:len(y)]
	b = b[:len(y)]
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(a[i : i+n]).Mul(simd.LoadFloat32s(b[i : i+n])).Store(y[i : i+n])
		simd.LoadFloat32s(a[i+n : i+2*n]).Mul(simd.LoadFloat32s(b[i+n : i+2*n])).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(a[i+2*n : i+3*n]).Mul(simd.LoadFloat32s(b[i+2*n : i+3*n])).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(a[i+3*n : i+4*n]).Mul(simd.LoadFloat32s(b[i+3*n : i+4*n])).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(a[i : i+n]).Mul(simd.LoadFloat32s(b[i : i+n])).Store(y[i : i+n])
	}
	leaveVectors()
	mulLoop(y[i:], a[i:], b[i:])
}

// addToVec is addToLoop.
func addToVec(y, x []float32) {
	n := simd.VectorBitSize() / 32
	x = x[:len(y)]
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(y[i : i+n]).Add(simd.LoadFloat32s(x[i : i+n])).Store(y[i : i+n])
		simd.LoadFloat32s(y[i+n : i+2*n]).Add(simd.LoadFloat32s(x[i+n : i+2*n])).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(y[i+2*n : i+3*n]).Add(simd.LoadFloat32s(x[i+2*n : i+3*n])).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(y[i+3*n : i+4*n]).Add(simd.LoadFloat32s(x[i+3*n : i+4*n])).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(y[i : i+n]).Add(simd.LoadFloat32s(x[i : i+n])).Store(y[i : i+n])
	}
	leaveVectors()
	addToLoop(y[i:], x[i:])
}

// scaleVec is scaleLoop.
func scaleVec(y, x []float32, s float32) {
	n := simd.VectorBitSize() / 32
	x = x[:len(y)]
	k := simd.BroadcastFloat32s(s)
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(x[i : i+n]).Mul(k).Store(y[i : i+n])
		simd.LoadFloat32s(x[i+n : i+2*n]).Mul(k).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(x[i+2*n : i+3*n]).Mul(k).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(x[i+3*n : i+4*n]).Mul(k).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(x[i : i+n]).Mul(k).Store(y[i : i+n])
	}
	leaveVectors()
	scaleLoop(y[i:], x[i:], s)
}

// shiftVec is shiftLoop.
func shiftVec(y, x []float32, s float32) {
	n := simd.VectorBitSize() / 32
	x = x[:len(y)]
	k := simd.BroadcastFloat32s(s)
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(x[i : i+n]).Add(k).Store(y[i : i+n])
		simd.LoadFloat32s(x[i+n : i+2*n]).Add(k).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(x[i+2*n : i+3*n]).Add(k).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(x[i+3*n : i+4*n]).Add(k).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(x[i : i+n]).Add(k).Store(y[i : i+n])
	}
	leaveVectors()
	shiftLoop(y[i:], x[i:], s)
}

// axpyVec is axpyLoop.
func axpyVec(y, x []float32, s float32) {
	n := simd.VectorBitSize() / 32
	x = x[:len(y)]
	k := simd.BroadcastFloat32s(s)
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		simd.LoadFloat32s(y[i : i+n]).Add(simd.LoadFloat32s(x[i : i+n]).Mul(k)).Store(y[i : i+n])
		simd.LoadFloat32s(y[i+n : i+2*n]).Add(simd.LoadFloat32s(x[i+n : i+2*n]).Mul(k)).Store(y[i+n : i+2*n])
		simd.LoadFloat32s(y[i+2*n : i+3*n]).Add(simd.LoadFloat32s(x[i+2*n : i+3*n]).Mul(k)).Store(y[i+2*n : i+3*n])
		simd.LoadFloat32s(y[i+3*n : i+4*n]).Add(simd.LoadFloat32s(x[i+3*n : i+4*n]).Mul(k)).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		simd.LoadFloat32s(y[i : i+n]).Add(simd.LoadFloat32s(x[i : i+n]).Mul(k)).Store(y[i : i+n])
	}
	leaveVectors()
	axpyLoop(y[i:], x[i:], s)
}
