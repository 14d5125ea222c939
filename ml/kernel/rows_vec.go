//go:build goexperiment.simd

package kernel

import "simd"

// scaleRowsVec is scaleRowsLoop.
func scaleRowsVec(y, x, a, b []float32) {
	w, n := simd.VectorBitSize()/32, len(a)
	b = b[:n]
	for i := 0; i < len(y) && n > 0; i += n {
		row, from := y[i:i+n], x[i:i+n]
		j := 0
		for ; j+w <= n; j += w {
			simd.LoadFloat32s(from[j : j+w]).Mul(simd.LoadFloat32s(a[j : j+w])).Add(simd.LoadFloat32s(b[j : j+w])).Store(row[j : j+w])
		}
		for ; j < n; j++ {
			row[j] = from[j]*a[j] + b[j]
		}
	}
	leaveVectors()
}

// addRowsVec is addRowsLoop, with the weights of up to two vectors of columns
// kept in registers.
func addRowsVec(y, x, s []float32, m, ystep, xstep int) {
	w, n := simd.VectorBitSize()/32, len(s)
	j := 0
	for ; j+2*w <= n; j += 2 * w {
		s0, s1 := simd.LoadFloat32s(s[j:j+w]), simd.LoadFloat32s(s[j+w:j+2*w])
		to, from := j, j
		for i := 0; i < m; i++ {
			a, b := y[to:to+2*w], x[from:from+2*w]
			simd.LoadFloat32s(a[:w]).Add(simd.LoadFloat32s(b[:w]).Mul(s0)).Store(a[:w])
			simd.LoadFloat32s(a[w : 2*w]).Add(simd.LoadFloat32s(b[w : 2*w]).Mul(s1)).Store(a[w : 2*w])
			to, from = to+ystep, from+xstep
		}
	}
	for ; j+w <= n; j += w {
		s0 := simd.LoadFloat32s(s[j : j+w])
		to, from := j, j
		for i := 0; i < m; i++ {
			a := y[to : to+w]
			simd.LoadFloat32s(a).Add(simd.LoadFloat32s(x[from : from+w]).Mul(s0)).Store(a)
			to, from = to+ystep, from+xstep
		}
	}
	leaveVectors()
	for ; j < n; j++ {
		v, to, from := s[j], j, j
		for i := 0; i < m; i++ {
			y[to] += x[from] * v
			to, from = to+ystep, from+xstep
		}
	}
}

// dotRowsVec is dotRowsLoop, up to four vectors of columns at a time kept in
// registers.
func dotRowsVec(s, y, x []float32, m, ystep, xstep int) {
	w, n := simd.VectorBitSize()/32, len(s)
	j := 0
	for ; j+4*w <= n; j += 4 * w {
		d := s[j : j+4*w]
		s0, s1 := simd.LoadFloat32s(d[:w]), simd.LoadFloat32s(d[w:2*w])
		s2, s3 := simd.LoadFloat32s(d[2*w:3*w]), simd.LoadFloat32s(d[3*w:4*w])
		for i := 0; i < m; i++ {
			a, b := y[i*ystep+j:i*ystep+j+4*w], x[i*xstep+j:i*xstep+j+4*w]
			s0 = s0.Add(simd.LoadFloat32s(a[:w]).Mul(simd.LoadFloat32s(b[:w])))
			s1 = s1.Add(simd.LoadFloat32s(a[w : 2*w]).Mul(simd.LoadFloat32s(b[w : 2*w])))
			s2 = s2.Add(simd.LoadFloat32s(a[2*w : 3*w]).Mul(simd.LoadFloat32s(b[2*w : 3*w])))
			s3 = s3.Add(simd.LoadFloat32s(a[3*w : 4*w]).Mul(simd.LoadFloat32s(b[3*w : 4*w])))
		}
		s0.Store(d[:w])
		s1.Store(d[w : 2*w])
		s2.Store(d[2*w : 3*w])
		s3.Store(d[3*w : 4*w])
	}
	for ; j+w <= n; j += w {
		t := simd.LoadFloat32s(s[j : j+w])
		for i := 0; i < m; i++ {
			t = t.Add(simd.LoadFloat32s(y[i*ystep+j : i*ystep+j+w]).Mul(simd.LoadFloat32s(x[i*xstep+j : i*xstep+j+w])))
		}
		t.Store(s[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		t := s[j]
		for i := 0; i < m; i++ {
			t += y[i*ystep+j] * x[i*xstep+j]
		}
		s[j] = t
	}
}
