//go:build goexperiment.simd

package kernel

import "simd"

// tilesVec is tilesLoop for whole vectors of channels. Two of the four columns of
// a tile are the next one's.
func tilesVec(v []float32, step int, x []float32, row, count, n int) {
	w := simd.VectorBitSize() / 32
	if n%w != 0 {
		tilesLoop(v, step, x, row, count, n)
		return
	}
	for c := 0; c < n; c += w {
		r0, r1, r2, r3 := x[c:], x[row+c:], x[2*row+c:], x[3*row+c:]
		a0, a1, a2, a3 := simd.LoadFloat32s(r0[:w]), simd.LoadFloat32s(r1[:w]), simd.LoadFloat32s(r2[:w]), simd.LoadFloat32s(r3[:w])
		t00, t10, t20, t30 := a0.Sub(a2), a1.Add(a2), a2.Sub(a1), a3.Sub(a1)
		a0, a1, a2, a3 = simd.LoadFloat32s(r0[n:n+w]), simd.LoadFloat32s(r1[n:n+w]), simd.LoadFloat32s(r2[n:n+w]), simd.LoadFloat32s(r3[n:n+w])
		t01, t11, t21, t31 := a0.Sub(a2), a1.Add(a2), a2.Sub(a1), a3.Sub(a1)
		at := 2 * n
		for i := 0; i < count; i++ {
			a0, a1, a2, a3 = simd.LoadFloat32s(r0[at:at+w]), simd.LoadFloat32s(r1[at:at+w]), simd.LoadFloat32s(r2[at:at+w]), simd.LoadFloat32s(r3[at:at+w])
			t02, t12, t22, t32 := a0.Sub(a2), a1.Add(a2), a2.Sub(a1), a3.Sub(a1)
			at += n
			a0, a1, a2, a3 = simd.LoadFloat32s(r0[at:at+w]), simd.LoadFloat32s(r1[at:at+w]), simd.LoadFloat32s(r2[at:at+w]), simd.LoadFloat32s(r3[at:at+w])
			t03, t13, t23, t33 := a0.Sub(a2), a1.Add(a2), a2.Sub(a1), a3.Sub(a1)
			at += n
			to := v[i*n+c:]
			t00.Sub(t02).Store(to[:w])
			to = to[step:]
			t01.Add(t02).Store(to[:w])
			to = to[step:]
			t02.Sub(t01).Store(to[:w])
			to = to[step:]
			t03.Sub(t01).Store(to[:w])
			to = to[step:]
			t10.Sub(t12).Store(to[:w])
			to = to[step:]
			t11.Add(t12).Store(to[:w])
			to = to[step:]
			t12.Sub(t11).Store(to[:w])
			to = to[step:]
			t13.Sub(t11).Store(to[:w])
			to = to[step:]
			t20.Sub(t22).Store(to[:w])
			to = to[step:]
			t21.Add(t22).Store(to[:w])
			to = to[step:]
			t22.Sub(t21).Store(to[:w])
			to = to[step:]
			t23.Sub(t21).Store(to[:w])
			to = to[step:]
			t30.Sub(t32).Store(to[:w])
			to = to[step:]
			t31.Add(t32).Store(to[:w])
			to = to[step:]
			t32.Sub(t31).Store(to[:w])
			to = to[step:]
			t33.Sub(t31).Store(to[:w])
			t00, t10, t20, t30 = t02, t12, t22, t32
			t01, t11, t21, t31 = t03, t13, t23, t33
		}
	}
	leaveVectors()
}

// untileVec is untileLoop for whole vectors of channels.
func untileVec(y0, y1, m []float32, step int, bias []float32, relu bool, count, n int) {
	w := simd.VectorBitSize() / 32
	if n%w != 0 {
		untileLoop(y0, y1, m, step, bias, relu, count, n)
		return
	}
	zero := simd.BroadcastFloat32s(0)
	for i := 0; i < count; i++ {
		upper, lower := y0[2*i*n:2*i*n+2*n], y1[2*i*n:2*i*n+2*n]
		for c := 0; c < n; c += w {
			q0 := m[i*n+c:]
			q1 := q0[4*step:]
			q2 := q1[4*step:]
			q3 := q2[4*step:]
			m0, m1, m2, m3 := simd.LoadFloat32s(q0[:w]), simd.LoadFloat32s(q1[:w]), simd.LoadFloat32s(q2[:w]), simd.LoadFloat32s(q3[:w])
			s0, d0 := m0.Add(m1.Add(m2)), m3.Add(m1.Sub(m2))
			q0, q1, q2, q3 = q0[step:], q1[step:], q2[step:], q3[step:]
			m0, m1, m2, m3 = simd.LoadFloat32s(q0[:w]), simd.LoadFloat32s(q1[:w]), simd.LoadFloat32s(q2[:w]), simd.LoadFloat32s(q3[:w])
			s1, d1 := m0.Add(m1.Add(m2)), m3.Add(m1.Sub(m2))
			q0, q1, q2, q3 = q0[step:], q1[step:], q2[step:], q3[step:]
			m0, m1, m2, m3 = simd.LoadFloat32s(q0[:w]), simd.LoadFloat32s(q1[:w]), simd.LoadFloat32s(q2[:w]), simd.LoadFloat32s(q3[:w])
			s2, d2 := m0.Add(m1.Add(m2)), m3.Add(m1.Sub(m2))
			q0, q1, q2, q3 = q0[step:], q1[step:], q2[step:], q3[step:]
			m0, m1, m2, m3 = simd.LoadFloat32s(q0[:w]), simd.LoadFloat32s(q1[:w]), simd.LoadFloat32s(q2[:w]), simd.LoadFloat32s(q3[:w])
			s3, d3 := m0.Add(m1.Add(m2)), m3.Add(m1.Sub(m2))
			b := simd.LoadFloat32s(bias[c : c+w])
			s0, s3 = b.Add(s0.Add(s1.Add(s2))), b.Add(s3.Add(s1.Sub(s2)))
			d0, d3 = b.Add(d0.Add(d1.Add(d2))), b.Add(d3.Add(d1.Sub(d2)))
			if relu {
				s0, s3 = zero.IfElse(s0.Less(zero), s0), zero.IfElse(s3.Less(zero), s3)
				d0, d3 = zero.IfElse(d0.Less(zero), d0), zero.IfElse(d3.Less(zero), d3)
			}
			s0.Store(upper[c : c+w])
			s3.Store(upper[n+c : n+c+w])
			d0.Store(lower[c : c+w])
			d3.Store(lower[n+c : n+c+w])
		}
	}
	leaveVectors()
}

// spreadVec is spreadLoop for whole vectors of channels.
func spreadVec(d []float32, step int, dy []float32, row, count, n int) {
	w := simd.VectorBitSize() / 32
	if n%w != 0 {
		spreadLoop(d, step, dy, row, count, n)
		return
	}
	for i := 0; i < count; i++ {
		upper, lower := dy[2*i*n:2*i*n+2*n], dy[2*i*n+row:2*i*n+row+2*n]
		for c := 0; c < n; c += w {
			a0, a3 := simd.LoadFloat32s(upper[c:c+w]), simd.LoadFloat32s(lower[c:c+w])
			b0, b3 := simd.LoadFloat32s(upper[n+c:n+c+w]), simd.LoadFloat32s(lower[n+c:n+c+w])
			a1, a2 := a0.Add(a3), a0.Sub(a3)
			b1, b2 := b0.Add(b3), b0.Sub(b3)
			to := d[i*n+c:]
			a0.Store(to[:w])
			to = to[step:]
			a0.Add(b0).Store(to[:w])
			to = to[step:]
			a0.Sub(b0).Store(to[:w])
			to = to[step:]
			b0.Store(to[:w])
			to = to[step:]
			a1.Store(to[:w])
			to = to[step:]
			a1.Add(b1).Store(to[:w])
			to = to[step:]
			a1.Sub(b1).Store(to[:w])
			to = to[step:]
			b1.Store(to[:w])
			to = to[step:]
			a2.Store(to[:w])
			to = to[step:]
			a2.Add(b2).Store(to[:w])
			to = to[step:]
			a2.Sub(b2).Store(to[:w])
			to = to[step:]
			b2.Store(to[:w])
			to = to[step:]
			a3.Store(to[:w])
			to = to[step:]
			a3.Add(b3).Store(to[:w])
			to = to[step:]
			a3.Sub(b3).Store(to[:w])
			to = to[step:]
			b3.Store(to[:w])
		}
	}
	leaveVectors()
}

// filterVec is filterLoop.
func filterVec(u []float32, ustep int, w []float32, wstep, n int) {
	lanes := simd.VectorBitSize() / 32
	half := simd.BroadcastFloat32s(0.5)
	c := 0
	for ; c+lanes <= n; c += lanes {
		for j := 0; j < 3; j++ { // a column becomes numbers j, j+4, j+8, j+12 for now
			from := w[j*wstep+c:]
			g0, g1, g2 := simd.LoadFloat32s(from[:lanes]), simd.LoadFloat32s(from[3*wstep:3*wstep+lanes]), simd.LoadFloat32s(from[6*wstep:6*wstep+lanes])
			s, d := g0.Add(g2).Mul(half), g1.Mul(half)
			to := u[j*ustep+c:]
			g0.Store(to[:lanes])
			s.Add(d).Store(to[4*ustep : 4*ustep+lanes])
			s.Sub(d).Store(to[8*ustep : 8*ustep+lanes])
			g2.Store(to[12*ustep : 12*ustep+lanes])
		}
		for k := 0; k < 4; k++ {
			to := u[4*k*ustep+c:]
			g0, g1, g2 := simd.LoadFloat32s(to[:lanes]), simd.LoadFloat32s(to[ustep:ustep+lanes]), simd.LoadFloat32s(to[2*ustep:2*ustep+lanes])
			s, d := g0.Add(g2).Mul(half), g1.Mul(half)
			s.Add(d).Store(to[ustep : ustep+lanes])
			s.Sub(d).Store(to[2*ustep : 2*ustep+lanes])
			g2.Store(to[3*ustep : 3*ustep+lanes])
		}
	}
	leaveVectors()
	if c < n {
		filterLoop(u[c:], ustep, w[c:], wstep, n-c)
	}
}

// filterGradVec is filterGradLoop. It works in du.
func filterGradVec(dw []float32, wstep int, du []float32, ustep, n int) {
	lanes := simd.VectorBitSize() / 32
	half := simd.BroadcastFloat32s(0.5)
	c := 0
	for ; c+lanes <= n; c += lanes {
		for j := 0; j < 4; j++ {
			at := du[j*ustep+c:]
			u0, u1 := simd.LoadFloat32s(at[:lanes]), simd.LoadFloat32s(at[4*ustep:4*ustep+lanes])
			u2, u3 := simd.LoadFloat32s(at[8*ustep:8*ustep+lanes]), simd.LoadFloat32s(at[12*ustep:12*ustep+lanes])
			s, d := u1.Add(u2).Mul(half), u1.Sub(u2).Mul(half)
			u0.Add(s).Store(at[:lanes])
			d.Store(at[4*ustep : 4*ustep+lanes])
			u3.Add(s).Store(at[8*ustep : 8*ustep+lanes])
		}
		for k := 0; k < 3; k++ {
			at := du[4*k*ustep+c:]
			u0, u1 := simd.LoadFloat32s(at[:lanes]), simd.LoadFloat32s(at[ustep:ustep+lanes])
			u2, u3 := simd.LoadFloat32s(at[2*ustep:2*ustep+lanes]), simd.LoadFloat32s(at[3*ustep:3*ustep+lanes])
			s, d := u1.Add(u2).Mul(half), u1.Sub(u2).Mul(half)
			to := dw[3*k*wstep+c:]
			u0.Add(s).Store(to[:lanes])
			d.Store(to[wstep : wstep+lanes])
			u3.Add(s).Store(to[2*wstep : 2*wstep+lanes])
		}
	}
	leaveVectors()
	if c < n {
		filterGradLoop(dw[c:], wstep, du[c:], ustep, n-c)
	}
}
