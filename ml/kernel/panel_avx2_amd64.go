//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// panel256 is panelLoop for a width of 16, see panel512.
func panel256(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int) {
	b0 := unsafe.Pointer(unsafe.SliceData(b))
	step := 4 * ldb
	for i := 0; i+4 <= len(rows); i += 4 {
		a0 := unsafe.Pointer(&a[rows[i]])
		a1 := unsafe.Pointer(&a[rows[i+1]])
		a2 := unsafe.Pointer(&a[rows[i+2]])
		a3 := unsafe.Pointer(&a[rows[i+3]])
		s := init[i*ldi:]
		c00 := archsimd.LoadFloat32x8(s[:8])
		c01 := archsimd.LoadFloat32x8(s[8:16])
		s = s[ldi:]
		c10 := archsimd.LoadFloat32x8(s[:8])
		c11 := archsimd.LoadFloat32x8(s[8:16])
		s = s[ldi:]
		c20 := archsimd.LoadFloat32x8(s[:8])
		c21 := archsimd.LoadFloat32x8(s[8:16])
		s = s[ldi:]
		c30 := archsimd.LoadFloat32x8(s[:8])
		c31 := archsimd.LoadFloat32x8(s[8:16])
		q := 0
		for _, o := range off {
			o := 4 * int(o)
			v0 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(b0, q)))
			v1 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(b0, q+32)))
			x := archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a0, o)))
			c00 = x.MulAdd(v0, c00)
			c01 = x.MulAdd(v1, c01)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a1, o)))
			c10 = x.MulAdd(v0, c10)
			c11 = x.MulAdd(v1, c11)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a2, o)))
			c20 = x.MulAdd(v0, c20)
			c21 = x.MulAdd(v1, c21)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a3, o)))
			c30 = x.MulAdd(v0, c30)
			c31 = x.MulAdd(v1, c31)
			q += step
		}
		d := c[i*ldc:]
		c00.Store(d[:8])
		c01.Store(d[8:16])
		d = d[ldc:]
		c10.Store(d[:8])
		c11.Store(d[8:16])
		d = d[ldc:]
		c20.Store(d[:8])
		c21.Store(d[8:16])
		d = d[ldc:]
		c30.Store(d[:8])
		c31.Store(d[8:16])
	}
}

// panel256Narrow is panelLoop for a width of 8.
func panel256Narrow(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int) {
	b0 := unsafe.Pointer(unsafe.SliceData(b))
	step := 4 * ldb
	for i := 0; i+4 <= len(rows); i += 4 {
		a0 := unsafe.Pointer(&a[rows[i]])
		a1 := unsafe.Pointer(&a[rows[i+1]])
		a2 := unsafe.Pointer(&a[rows[i+2]])
		a3 := unsafe.Pointer(&a[rows[i+3]])
		s := init[i*ldi:]
		c00 := archsimd.LoadFloat32x8(s[:8])
		s = s[ldi:]
		c10 := archsimd.LoadFloat32x8(s[:8])
		s = s[ldi:]
		c20 := archsimd.LoadFloat32x8(s[:8])
		s = s[ldi:]
		c30 := archsimd.LoadFloat32x8(s[:8])
		q := 0
		for _, o := range off {
			o := 4 * int(o)
			v0 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(b0, q)))
			x := archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a0, o)))
			c00 = x.MulAdd(v0, c00)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a1, o)))
			c10 = x.MulAdd(v0, c10)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a2, o)))
			c20 = x.MulAdd(v0, c20)
			x = archsimd.BroadcastFloat32x8(*(*float32)(unsafe.Add(a3, o)))
			c30 = x.MulAdd(v0, c30)
			q += step
		}
		d := c[i*ldc:]
		c00.Store(d[:8])
		d = d[ldc:]
		c10.Store(d[:8])
		d = d[ldc:]
		c20.Store(d[:8])
		d = d[ldc:]
		c30.Store(d[:8])
	}
}
