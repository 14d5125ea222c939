//go:build goexperiment.simd

package kernel

import "simd"

// reluVec is reluLoop. Max is no use: it differs on NaN from target to target.
func reluVec(y, x []float32) {
	n := simd.VectorBitSize() / 32
	x = x[:len(y)]
	zero := simd.BroadcastFloat32s(0)
	i := 0
	for ; i+4*n <= len(y); i += 4 * n {
		x0 := simd.LoadFloat32s(x[i : i+n])
		zero.IfElse(x0.Less(zero), x0).Store(y[i : i+n])
		x1 := simd.LoadFloat32s(x[i+n : i+2*n])
		zero.IfElse(x1.Less(zero), x1).Store(y[i+n : i+2*n])
		x2 := simd.LoadFloat32s(x[i+2*n : i+3*n])
		zero.IfElse(x2.Less(zero), x2).Store(y[i+2*n : i+3*n])
		x3 := simd.LoadFloat32s(x[i+3*n : i+4*n])
		zero.IfElse(x3.Less(zero), x3).Store(y[i+3*n : i+4*n])
	}
	for ; i+n <= len(y); i += n {
		v := simd.LoadFloat32s(x[i : i+n])
		zero.IfElse(v.Less(zero), v).Store(y[i : i+n])
	}
	leaveVectors()
	reluLoop(y[i:], x[i:])
}

// reluGradVec is reluGradLoop.
func reluGradVec(dx, dy, y []float32) {
	n := simd.VectorBitSize() / 32
	dy = dy[:len(dx)]
	y = y[:len(dx)]
	zero := simd.BroadcastFloat32s(0)
	i := 0
	for ; i+4*n <= len(dx); i += 4 * n {
		zero.IfElse(simd.LoadFloat32s(y[i:i+n]).LessEqual(zero), simd.LoadFloat32s(dy[i:i+n])).Store(dx[i : i+n])
		zero.IfElse(simd.LoadFloat32s(y[i+n:i+2*n]).LessEqual(zero), simd.LoadFloat32s(dy[i+n:i+2*n])).Store(dx[i+n : i+2*n])
		zero.IfElse(simd.LoadFloat32s(y[i+2*n:i+3*n]).LessEqual(zero), simd.LoadFloat32s(dy[i+2*n:i+3*n])).Store(dx[i+2*n : i+3*n])
		zero.IfElse(simd.LoadFloat32s(y[i+3*n:i+4*n]).LessEqual(zero), simd.LoadFloat32s(dy[i+3*n:i+4*n])).Store(dx[i+3*n : i+4*n])
	}
	for ; i+n <= len(dx); i += n {
		zero.IfElse(simd.LoadFloat32s(y[i:i+n]).LessEqual(zero), simd.LoadFloat32s(dy[i:i+n])).Store(dx[i : i+n])
	}
	leaveVectors()
	reluGradLoop(dx[i:], dy[i:], y[i:])
}

// tanhGradVec is tanhGradLoop.
func tanhGradVec(dx, dy, y []float32) {
	n := simd.VectorBitSize() / 32
	dy = dy[:len(dx)]
	y = y[:len(dx)]
	one := simd.BroadcastFloat32s(1)
	i := 0
	for ; i+2*n <= len(dx); i += 2 * n {
		v0 := simd.LoadFloat32s(y[i : i+n])
		simd.LoadFloat32s(dy[i : i+n]).Mul(one.Sub(v0.Mul(v0))).Store(dx[i : i+n])
		v1 := simd.LoadFloat32s(y[i+n : i+2*n])
		simd.LoadFloat32s(dy[i+n : i+2*n]).Mul(one.Sub(v1.Mul(v1))).Store(dx[i+n : i+2*n])
	}
	for ; i+n <= len(dx); i += n {
		v := simd.LoadFloat32s(y[i : i+n])
		simd.LoadFloat32s(dy[i : i+n]).Mul(one.Sub(v.Mul(v))).Store(dx[i : i+n])
	}
	leaveVectors()
	tanhGradLoop(dx[i:], dy[i:], y[i:])
}

// sigmoidGradVec is sigmoidGradLoop.
func sigmoidGradVec(dx, dy, y []float32) {
	n := simd.VectorBitSize() / 32
	dy = dy[:len(dx)]
	y = y[:len(dx)]
	one := simd.BroadcastFloat32s(1)
	i := 0
	for ; i+2*n <= len(dx); i += 2 * n {
		v0 := simd.LoadFloat32s(y[i : i+n])
		simd.LoadFloat32s(dy[i : i+n]).Mul(v0.Mul(one.Sub(v0))).Store(dx[i : i+n])
		v1 := simd.LoadFloat32s(y[i+n : i+2*n])
		simd.LoadFloat32s(dy[i+n : i+2*n]).Mul(v1.Mul(one.Sub(v1))).Store(dx[i+n : i+2*n])
	}
	for ; i+n <= len(dx); i += n {
		v := simd.LoadFloat32s(y[i : i+n])
		simd.LoadFloat32s(dy[i : i+n]).Mul(v.Mul(one.Sub(v))).Store(dx[i : i+n])
	}
	leaveVectors()
	sigmoidGradLoop(dx[i:], dy[i:], y[i:])
}
