//go:build goexperiment.simd

package kernel

import "simd"

// panelVec is panelLoop for a width of two vectors of whatever length the
// machine has, for targets without a panel of their own.
func panelVec(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	n := simd.VectorBitSize() / 32
	for i := 0; i+4 <= len(rows); i += 4 {
		a0, a1, a2, a3 := a[rows[i]:], a[rows[i+1]:], a[rows[i+2]:], a[rows[i+3]:]
		s := init[i*ldi:]
		c00, c01 := simd.LoadFloat32s(s[:n]), simd.LoadFloat32s(s[n:n+n])
		s = s[ldi:]
		c10, c11 := simd.LoadFloat32s(s[:n]), simd.LoadFloat32s(s[n:n+n])
		s = s[ldi:]
		c20, c21 := simd.LoadFloat32s(s[:n]), simd.LoadFloat32s(s[n:n+n])
		s = s[ldi:]
		c30, c31 := simd.LoadFloat32s(s[:n]), simd.LoadFloat32s(s[n:n+n])
		q := 0
		for _, o := range off {
			b0, b1 := simd.LoadFloat32s(b[q:q+n]), simd.LoadFloat32s(b[q+n:q+n+n])
			x := simd.BroadcastFloat32s(a0[o])
			c00 = x.MulAdd(b0, c00)
			c01 = x.MulAdd(b1, c01)
			x = simd.BroadcastFloat32s(a1[o])
			c10 = x.MulAdd(b0, c10)
			c11 = x.MulAdd(b1, c11)
			x = simd.BroadcastFloat32s(a2[o])
			c20 = x.MulAdd(b0, c20)
			c21 = x.MulAdd(b1, c21)
			x = simd.BroadcastFloat32s(a3[o])
			c30 = x.MulAdd(b0, c30)
			c31 = x.MulAdd(b1, c31)
			q += ldb
		}
		if relu {
			zero := simd.BroadcastFloat32s(0)
			c00 = zero.IfElse(c00.Less(zero), c00)
			c01 = zero.IfElse(c01.Less(zero), c01)
			c10 = zero.IfElse(c10.Less(zero), c10)
			c11 = zero.IfElse(c11.Less(zero), c11)
			c20 = zero.IfElse(c20.Less(zero), c20)
			c21 = zero.IfElse(c21.Less(zero), c21)
			c30 = zero.IfElse(c30.Less(zero), c30)
			c31 = zero.IfElse(c31.Less(zero), c31)
		}
		d := c[i*ldc:]
		c00.Store(d[:n])
		c01.Store(d[n : n+n])
		d = d[ldc:]
		c10.Store(d[:n])
		c11.Store(d[n : n+n])
		d = d[ldc:]
		c20.Store(d[:n])
		c21.Store(d[n : n+n])
		d = d[ldc:]
		c30.Store(d[:n])
		c31.Store(d[n : n+n])
	}
	leaveVectors()
}
