//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// panel256 is panelLoop for a width of 16, see panel512.
func panel256(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	if len(rows) == 0 {
		return
	}
	_, _ = c[(len(rows)-1)*ldc+15], init[(len(rows)-1)*ldi+15]
	b0, d, s := unsafe.Pointer(unsafe.SliceData(b)), unsafe.Pointer(unsafe.SliceData(c)), unsafe.Pointer(unsafe.SliceData(init))
	ldc, ldi, ldb = 4*ldc, 4*ldi, 4*ldb
	for i := 0; i+4 <= len(rows); i += 4 {
		a0 := unsafe.Pointer(&a[rows[i]])
		a1 := unsafe.Pointer(&a[rows[i+1]])
		a2 := unsafe.Pointer(&a[rows[i+2]])
		a3 := unsafe.Pointer(&a[rows[i+3]])
		t := unsafe.Add(s, i*ldi)
		c00 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		c01 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(t, 32)))
		t = unsafe.Add(t, ldi)
		c10 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		c11 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(t, 32)))
		t = unsafe.Add(t, ldi)
		c20 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		c21 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(t, 32)))
		t = unsafe.Add(t, ldi)
		c30 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		c31 := archsimd.LoadFloat32x8Array((*[8]float32)(unsafe.Add(t, 32)))
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
			q += ldb
		}
		if relu {
			zero := archsimd.BroadcastFloat32x8(0)
			c00 = zero.IfElse(c00.Less(zero), c00)
			c01 = zero.IfElse(c01.Less(zero), c01)
			c10 = zero.IfElse(c10.Less(zero), c10)
			c11 = zero.IfElse(c11.Less(zero), c11)
			c20 = zero.IfElse(c20.Less(zero), c20)
			c21 = zero.IfElse(c21.Less(zero), c21)
			c30 = zero.IfElse(c30.Less(zero), c30)
			c31 = zero.IfElse(c31.Less(zero), c31)
		}
		u := unsafe.Add(d, i*ldc)
		c00.StoreArray((*[8]float32)(u))
		c01.StoreArray((*[8]float32)(unsafe.Add(u, 32)))
		u = unsafe.Add(u, ldc)
		c10.StoreArray((*[8]float32)(u))
		c11.StoreArray((*[8]float32)(unsafe.Add(u, 32)))
		u = unsafe.Add(u, ldc)
		c20.StoreArray((*[8]float32)(u))
		c21.StoreArray((*[8]float32)(unsafe.Add(u, 32)))
		u = unsafe.Add(u, ldc)
		c30.StoreArray((*[8]float32)(u))
		c31.StoreArray((*[8]float32)(unsafe.Add(u, 32)))
	}
	leaveVectors()
}

// panel256Narrow is panelLoop for a width of 8.
func panel256Narrow(c []float32, ldc int, init []float32, ldi int, a []float32, rows, off []int32, b []float32, ldb int, relu bool) {
	if len(rows) == 0 {
		return
	}
	_, _ = c[(len(rows)-1)*ldc+7], init[(len(rows)-1)*ldi+7]
	b0, d, s := unsafe.Pointer(unsafe.SliceData(b)), unsafe.Pointer(unsafe.SliceData(c)), unsafe.Pointer(unsafe.SliceData(init))
	ldc, ldi, ldb = 4*ldc, 4*ldi, 4*ldb
	for i := 0; i+4 <= len(rows); i += 4 {
		a0 := unsafe.Pointer(&a[rows[i]])
		a1 := unsafe.Pointer(&a[rows[i+1]])
		a2 := unsafe.Pointer(&a[rows[i+2]])
		a3 := unsafe.Pointer(&a[rows[i+3]])
		t := unsafe.Add(s, i*ldi)
		c00 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		t = unsafe.Add(t, ldi)
		c10 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		t = unsafe.Add(t, ldi)
		c20 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
		t = unsafe.Add(t, ldi)
		c30 := archsimd.LoadFloat32x8Array((*[8]float32)(t))
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
			q += ldb
		}
		if relu {
			zero := archsimd.BroadcastFloat32x8(0)
			c00 = zero.IfElse(c00.Less(zero), c00)
			c10 = zero.IfElse(c10.Less(zero), c10)
			c20 = zero.IfElse(c20.Less(zero), c20)
			c30 = zero.IfElse(c30.Less(zero), c30)
		}
		u := unsafe.Add(d, i*ldc)
		c00.StoreArray((*[8]float32)(u))
		u = unsafe.Add(u, ldc)
		c10.StoreArray((*[8]float32)(u))
		u = unsafe.Add(u, ldc)
		c20.StoreArray((*[8]float32)(u))
		u = unsafe.Add(u, ldc)
		c30.StoreArray((*[8]float32)(u))
	}
	leaveVectors()
}
