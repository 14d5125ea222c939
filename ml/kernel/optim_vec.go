//go:build goexperiment.simd

package kernel

import "simd"

// sgdVec is sgdLoop.
func sgdVec(w, g []float32, lr float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	k := simd.BroadcastFloat32s(lr)
	i := 0
	for ; i+4*n <= len(w); i += 4 * n {
		simd.LoadFloat32s(w[i : i+n]).Sub(simd.LoadFloat32s(g[i : i+n]).Mul(k)).Store(w[i : i+n])
		simd.LoadFloat32s(w[i+n : i+2*n]).Sub(simd.LoadFloat32s(g[i+n : i+2*n]).Mul(k)).Store(w[i+n : i+2*n])
		simd.LoadFloat32s(w[i+2*n : i+3*n]).Sub(simd.LoadFloat32s(g[i+2*n : i+3*n]).Mul(k)).Store(w[i+2*n : i+3*n])
		simd.LoadFloat32s(w[i+3*n : i+4*n]).Sub(simd.LoadFloat32s(g[i+3*n : i+4*n]).Mul(k)).Store(w[i+3*n : i+4*n])
	}
	for ; i+n <= len(w); i += n {
		simd.LoadFloat32s(w[i : i+n]).Sub(simd.LoadFloat32s(g[i : i+n]).Mul(k)).Store(w[i : i+n])
	}
	leaveVectors()
	sgdLoop(w[i:], g[i:], lr)
}

// momentumVec is momentumLoop.
func momentumVec(w, g, v []float32, lr, mu float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	v = v[:len(w)]
	k, m := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(mu)
	i := 0
	for ; i+2*n <= len(w); i += 2 * n {
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(m).Add(simd.LoadFloat32s(g[i : i+n]))
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(v0.Mul(k)).Store(w[i : i+n])
		v1 := simd.LoadFloat32s(v[i+n : i+2*n]).Mul(m).Add(simd.LoadFloat32s(g[i+n : i+2*n]))
		v1.Store(v[i+n : i+2*n])
		simd.LoadFloat32s(w[i+n : i+2*n]).Sub(v1.Mul(k)).Store(w[i+n : i+2*n])
	}
	for ; i+n <= len(w); i += n {
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(m).Add(simd.LoadFloat32s(g[i : i+n]))
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(v0.Mul(k)).Store(w[i : i+n])
	}
	leaveVectors()
	momentumLoop(w[i:], g[i:], v[i:], lr, mu)
}

// nesterovVec is nesterovLoop.
func nesterovVec(w, g, v []float32, lr, mu float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	v = v[:len(w)]
	k, m := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(mu)
	i := 0
	for ; i+2*n <= len(w); i += 2 * n {
		g0 := simd.LoadFloat32s(g[i : i+n])
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(m).Add(g0)
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(v0.Mul(m).Add(g0).Mul(k)).Store(w[i : i+n])
		g1 := simd.LoadFloat32s(g[i+n : i+2*n])
		v1 := simd.LoadFloat32s(v[i+n : i+2*n]).Mul(m).Add(g1)
		v1.Store(v[i+n : i+2*n])
		simd.LoadFloat32s(w[i+n : i+2*n]).Sub(v1.Mul(m).Add(g1).Mul(k)).Store(w[i+n : i+2*n])
	}
	for ; i+n <= len(w); i += n {
		g0 := simd.LoadFloat32s(g[i : i+n])
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(m).Add(g0)
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(v0.Mul(m).Add(g0).Mul(k)).Store(w[i : i+n])
	}
	leaveVectors()
	nesterovLoop(w[i:], g[i:], v[i:], lr, mu)
}

// adamVec is adamLoop.
func adamVec(w, g, m, v []float32, c adamStep) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	m = m[:len(w)]
	v = v[:len(w)]
	beta1, rest1 := simd.BroadcastFloat32s(c.beta1), simd.BroadcastFloat32s(c.rest1)
	beta2, rest2 := simd.BroadcastFloat32s(c.beta2), simd.BroadcastFloat32s(c.rest2)
	rate, root, eps := simd.BroadcastFloat32s(c.rate), simd.BroadcastFloat32s(c.root), simd.BroadcastFloat32s(c.eps)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		m0 := simd.LoadFloat32s(m[i : i+n]).Mul(beta1).Add(d.Mul(rest1))
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(beta2).Add(d.Mul(rest2).Mul(d))
		m0.Store(m[i : i+n])
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(m0.Mul(rate).Div(v0.Sqrt().Mul(root).Add(eps))).Store(w[i : i+n])
	}
	leaveVectors()
	adamLoop(w[i:], g[i:], m[i:], v[i:], c)
}

// penaltyVec is penaltyLoop.
func penaltyVec(g, w []float32, l1, l2 float32) {
	n := simd.VectorBitSize() / 32
	w = w[:len(g)]
	zero, up, twice := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(l1), simd.BroadcastFloat32s(2*l2)
	i := 0
	for ; i+n <= len(g); i += n {
		x := simd.LoadFloat32s(w[i : i+n])
		s := up.Masked(x.Greater(zero)).Sub(up.Masked(x.Less(zero)))
		simd.LoadFloat32s(g[i : i+n]).Add(x.Mul(twice).Add(s)).Store(g[i : i+n])
	}
	leaveVectors()
	penaltyLoop(g[i:], w[i:], l1, l2)
}
