//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// addRowsWasm is addRowsVec with pointers that advance, as panelWasm.
func addRowsWasm(y, x, s []float32, m, ystep, xstep int) {
	n := len(s)
	if m == 0 || n == 0 {
		return
	}
	_, _ = y[(m-1)*ystep+n-1], x[(m-1)*xstep+n-1]
	a, b := unsafe.Pointer(unsafe.SliceData(y)), unsafe.Pointer(unsafe.SliceData(x))
	j := 0
	for ; j+16 <= n; j += 16 {
		w := s[j : j+16]
		s0, s1 := archsimd.LoadFloat32x4Array((*[4]float32)(w)), archsimd.LoadFloat32x4Array((*[4]float32)(w[4:]))
		s2, s3 := archsimd.LoadFloat32x4Array((*[4]float32)(w[8:])), archsimd.LoadFloat32x4Array((*[4]float32)(w[12:]))
		to, from := unsafe.Add(a, 4*j), unsafe.Add(b, 4*j)
		for i := m; i > 0; i-- {
			p0, p1, p2, p3 := (*[4]float32)(to), (*[4]float32)(unsafe.Add(to, 16)), (*[4]float32)(unsafe.Add(to, 32)), (*[4]float32)(unsafe.Add(to, 48))
			archsimd.LoadFloat32x4Array(p0).Add(archsimd.LoadFloat32x4Array((*[4]float32)(from)).Mul(s0)).StoreArray(p0)
			archsimd.LoadFloat32x4Array(p1).Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(from, 16))).Mul(s1)).StoreArray(p1)
			archsimd.LoadFloat32x4Array(p2).Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(from, 32))).Mul(s2)).StoreArray(p2)
			archsimd.LoadFloat32x4Array(p3).Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(from, 48))).Mul(s3)).StoreArray(p3)
			to, from = unsafe.Add(to, 4*ystep), unsafe.Add(from, 4*xstep)
		}
	}
	for ; j+4 <= n; j += 4 {
		s0 := archsimd.LoadFloat32x4Array((*[4]float32)(s[j : j+4]))
		to, from := unsafe.Add(a, 4*j), unsafe.Add(b, 4*j)
		for i := m; i > 0; i-- {
			p := (*[4]float32)(to)
			archsimd.LoadFloat32x4Array(p).Add(archsimd.LoadFloat32x4Array((*[4]float32)(from)).Mul(s0)).StoreArray(p)
			to, from = unsafe.Add(to, 4*ystep), unsafe.Add(from, 4*xstep)
		}
	}
	if j < n {
		addRowsLoop(y[j:], x[j:], s[j:], m, ystep, xstep)
	}
}

// dotRowsWasm is dotRowsVec with pointers that advance.
func dotRowsWasm(s, y, x []float32, m, ystep, xstep int) {
	n := len(s)
	if m == 0 || n == 0 {
		return
	}
	_, _ = y[(m-1)*ystep+n-1], x[(m-1)*xstep+n-1]
	a, b := unsafe.Pointer(unsafe.SliceData(y)), unsafe.Pointer(unsafe.SliceData(x))
	j := 0
	for ; j+16 <= n; j += 16 {
		w := s[j : j+16]
		s0, s1 := archsimd.LoadFloat32x4Array((*[4]float32)(w)), archsimd.LoadFloat32x4Array((*[4]float32)(w[4:]))
		s2, s3 := archsimd.LoadFloat32x4Array((*[4]float32)(w[8:])), archsimd.LoadFloat32x4Array((*[4]float32)(w[12:]))
		p, q := unsafe.Add(a, 4*j), unsafe.Add(b, 4*j)
		for i := m; i > 0; i-- {
			s0 = s0.Add(archsimd.LoadFloat32x4Array((*[4]float32)(p)).Mul(archsimd.LoadFloat32x4Array((*[4]float32)(q))))
			s1 = s1.Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(p, 16))).Mul(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(q, 16)))))
			s2 = s2.Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(p, 32))).Mul(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(q, 32)))))
			s3 = s3.Add(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(p, 48))).Mul(archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Add(q, 48)))))
			p, q = unsafe.Add(p, 4*ystep), unsafe.Add(q, 4*xstep)
		}
		s0.StoreArray((*[4]float32)(w))
		s1.StoreArray((*[4]float32)(w[4:]))
		s2.StoreArray((*[4]float32)(w[8:]))
		s3.StoreArray((*[4]float32)(w[12:]))
	}
	for ; j+4 <= n; j += 4 {
		s0 := archsimd.LoadFloat32x4Array((*[4]float32)(s[j : j+4]))
		p, q := unsafe.Add(a, 4*j), unsafe.Add(b, 4*j)
		for i := m; i > 0; i-- {
			s0 = s0.Add(archsimd.LoadFloat32x4Array((*[4]float32)(p)).Mul(archsimd.LoadFloat32x4Array((*[4]float32)(q))))
			p, q = unsafe.Add(p, 4*ystep), unsafe.Add(q, 4*xstep)
		}
		s0.StoreArray((*[4]float32)(s[j : j+4]))
	}
	if j < n {
		dotRowsLoop(s[j:], y[j:], x[j:], m, ystep, xstep)
	}
}
