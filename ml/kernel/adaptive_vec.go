//go:build goexperiment.simd

package kernel

import "simd"

func vectorAdaptive() adaptive {
	return adaptive{rmsprop: rmspropVec, centred: centredVec, adagrad: adagradVec, adadelta: adadeltaVec, nadam: nadamVec, lion: lionVec}
}

// rmspropVec is rmspropLoop.
func rmspropVec(w, g, v []float32, lr, decay, rest, eps float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	v = v[:len(w)]
	k, a, r, e := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(decay), simd.BroadcastFloat32s(rest), simd.BroadcastFloat32s(eps)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(a).Add(d.Mul(r).Mul(d))
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(d.Mul(k).Div(v0.Sqrt().Add(e))).Store(w[i : i+n])
	}
	leaveVectors()
	rmspropLoop(w[i:], g[i:], v[i:], lr, decay, rest, eps)
}

// centredVec is centredLoop.
func centredVec(w, g, v, mean []float32, lr, decay, rest, eps float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	v = v[:len(w)]
	mean = mean[:len(w)]
	k, a, r, e := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(decay), simd.BroadcastFloat32s(rest), simd.BroadcastFloat32s(eps)
	zero := simd.BroadcastFloat32s(0)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(a).Add(d.Mul(r).Mul(d))
		m0 := simd.LoadFloat32s(mean[i : i+n]).Mul(a).Add(d.Mul(r))
		v0.Store(v[i : i+n])
		m0.Store(mean[i : i+n])
		spread := v0.Sub(m0.Mul(m0))
		spread = spread.Sub(spread.Masked(spread.Less(zero)))
		simd.LoadFloat32s(w[i : i+n]).Sub(d.Mul(k).Div(spread.Sqrt().Add(e))).Store(w[i : i+n])
	}
	leaveVectors()
	centredLoop(w[i:], g[i:], v[i:], mean[i:], lr, decay, rest, eps)
}

// adagradVec is adagradLoop.
func adagradVec(w, g, s []float32, lr, eps float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	s = s[:len(w)]
	k, e := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(eps)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		s0 := simd.LoadFloat32s(s[i : i+n]).Add(d.Mul(d))
		s0.Store(s[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(d.Mul(k).Div(s0.Sqrt().Add(e))).Store(w[i : i+n])
	}
	leaveVectors()
	adagradLoop(w[i:], g[i:], s[i:], lr, eps)
}

// adadeltaVec is adadeltaLoop.
func adadeltaVec(w, g, v, u []float32, lr, decay, rest, eps float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	v = v[:len(w)]
	u = u[:len(w)]
	k, a, r, e := simd.BroadcastFloat32s(lr), simd.BroadcastFloat32s(decay), simd.BroadcastFloat32s(rest), simd.BroadcastFloat32s(eps)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(a).Add(d.Mul(r).Mul(d))
		v0.Store(v[i : i+n])
		u0 := simd.LoadFloat32s(u[i : i+n])
		d = d.Mul(u0.Add(e).Sqrt()).Div(v0.Add(e).Sqrt())
		u0.Mul(a).Add(d.Mul(r).Mul(d)).Store(u[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(d.Mul(k)).Store(w[i : i+n])
	}
	leaveVectors()
	adadeltaLoop(w[i:], g[i:], v[i:], u[i:], lr, decay, rest, eps)
}

// nadamVec is nadamLoop.
func nadamVec(w, g, m, v []float32, c nadamStep) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	m = m[:len(w)]
	v = v[:len(w)]
	beta1, rest1 := simd.BroadcastFloat32s(c.beta1), simd.BroadcastFloat32s(c.rest1)
	beta2, rest2 := simd.BroadcastFloat32s(c.beta2), simd.BroadcastFloat32s(c.rest2)
	ahead, here := simd.BroadcastFloat32s(c.ahead), simd.BroadcastFloat32s(c.here)
	root, eps := simd.BroadcastFloat32s(c.root), simd.BroadcastFloat32s(c.eps)
	i := 0
	for ; i+n <= len(w); i += n {
		d := simd.LoadFloat32s(g[i : i+n])
		m0 := simd.LoadFloat32s(m[i : i+n]).Mul(beta1).Add(d.Mul(rest1))
		v0 := simd.LoadFloat32s(v[i : i+n]).Mul(beta2).Add(d.Mul(rest2).Mul(d))
		m0.Store(m[i : i+n])
		v0.Store(v[i : i+n])
		simd.LoadFloat32s(w[i : i+n]).Sub(m0.Mul(ahead).Add(d.Mul(here)).Div(v0.Sqrt().Mul(root).Add(eps))).Store(w[i : i+n])
	}
	leaveVectors()
	nadamLoop(w[i:], g[i:], m[i:], v[i:], c)
}

// lionVec is lionLoop.
func lionVec(w, g, m []float32, lr, beta1, rest1, beta2, rest2 float32) {
	n := simd.VectorBitSize() / 32
	g = g[:len(w)]
	m = m[:len(w)]
	zero, k := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(lr)
	b1, r1 := simd.BroadcastFloat32s(beta1), simd.BroadcastFloat32s(rest1)
	b2, r2 := simd.BroadcastFloat32s(beta2), simd.BroadcastFloat32s(rest2)
	i := 0
	for ; i+n <= len(w); i += n {
		d, m0 := simd.LoadFloat32s(g[i:i+n]), simd.LoadFloat32s(m[i:i+n])
		c := m0.Mul(b1).Add(d.Mul(r1))
		simd.LoadFloat32s(w[i : i+n]).Sub(k.Masked(c.Greater(zero))).Add(k.Masked(c.Less(zero))).Store(w[i : i+n])
		m0.Mul(b2).Add(d.Mul(r2)).Store(m[i : i+n])
	}
	leaveVectors()
	lionLoop(w[i:], g[i:], m[i:], lr, beta1, rest1, beta2, rest2)
}
