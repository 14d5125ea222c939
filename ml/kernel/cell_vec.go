//go:build goexperiment.simd

package kernel

import "simd"

// lstmVec is lstmLoop; the units that fill no vector are left to the loop on
// copies, since the gates of a few units do not lie side by side.
func lstmVec(h, c, z, before []float32) {
	w := simd.VectorBitSize() / 32
	n := len(h)
	zi, zf, zg, zo := quarters(z, n)
	j := 0
	for ; j+w <= n; j += w {
		i, f := sigmoidOf(simd.LoadFloat32s(zi[j:j+w])), sigmoidOf(simd.LoadFloat32s(zf[j:j+w]))
		g, o := tanhOf(simd.LoadFloat32s(zg[j:j+w])), sigmoidOf(simd.LoadFloat32s(zo[j:j+w]))
		i.Store(zi[j : j+w])
		f.Store(zf[j : j+w])
		g.Store(zg[j : j+w])
		o.Store(zo[j : j+w])
		s := f.MulAdd(simd.LoadFloat32s(before[j:j+w]), i.Mul(g))
		s.Store(c[j : j+w])
		tanhOf(s).Mul(o).Store(h[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		one := [4]float32{zi[j], zf[j], zg[j], zo[j]}
		lstmLoop(h[j:j+1], c[j:j+1], one[:], before[j:j+1])
		zi[j], zf[j], zg[j], zo[j] = one[0], one[1], one[2], one[3]
	}
}

// lstmGradVec is lstmGradLoop.
func lstmGradVec(dz, dc, dh, z, c, before []float32) {
	w := simd.VectorBitSize() / 32
	n := len(dh)
	zi, zf, zg, zo := quarters(z, n)
	di, df, dg, do := quarters(dz, n)
	one := simd.BroadcastFloat32s(1)
	j := 0
	for ; j+w <= n; j += w {
		t, o := tanhOf(simd.LoadFloat32s(c[j:j+w])), simd.LoadFloat32s(zo[j:j+w])
		up := simd.LoadFloat32s(dh[j : j+w])
		up.Mul(t).Mul(o.Mul(one.Sub(o))).Store(do[j : j+w])
		d := simd.LoadFloat32s(dc[j : j+w]).Add(up.Mul(o).Mul(one.Sub(t.Mul(t))))
		i, g := simd.LoadFloat32s(zi[j:j+w]), simd.LoadFloat32s(zg[j:j+w])
		d.Mul(g).Mul(i.Mul(one.Sub(i))).Store(di[j : j+w])
		d.Mul(i).Mul(one.Sub(g.Mul(g))).Store(dg[j : j+w])
		f := simd.LoadFloat32s(zf[j : j+w])
		d.Mul(simd.LoadFloat32s(before[j : j+w])).Mul(f.Mul(one.Sub(f))).Store(df[j : j+w])
		d.Mul(f).Store(dc[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		gates, grads := [4]float32{zi[j], zf[j], zg[j], zo[j]}, [4]float32{}
		lstmGradLoop(grads[:], dc[j:j+1], dh[j:j+1], gates[:], c[j:j+1], before[j:j+1])
		di[j], df[j], dg[j], do[j] = grads[0], grads[1], grads[2], grads[3]
	}
}

// gruVec is gruLoop.
func gruVec(h, z, u, before []float32) {
	w := simd.VectorBitSize() / 32
	n := len(h)
	zr, zq, zg := thirds(z, n)
	one := simd.BroadcastFloat32s(1)
	j := 0
	for ; j+w <= n; j += w {
		r, q := sigmoidOf(simd.LoadFloat32s(zr[j:j+w])), sigmoidOf(simd.LoadFloat32s(zq[j:j+w]))
		g := tanhOf(simd.LoadFloat32s(zg[j : j+w]).Add(r.Mul(simd.LoadFloat32s(u[j : j+w]))))
		r.Store(zr[j : j+w])
		q.Store(zq[j : j+w])
		g.Store(zg[j : j+w])
		one.Sub(q).Mul(g).Add(q.Mul(simd.LoadFloat32s(before[j : j+w]))).Store(h[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		gates := [3]float32{zr[j], zq[j], zg[j]}
		gruLoop(h[j:j+1], gates[:], u[j:j+1], before[j:j+1])
		zr[j], zq[j], zg[j] = gates[0], gates[1], gates[2]
	}
}

// gruGradVec is gruGradLoop.
func gruGradVec(dz, du, dh, z, u, before []float32) {
	w := simd.VectorBitSize() / 32
	n := len(dh)
	zr, zq, zg := thirds(z, n)
	dr, dq, dg := thirds(dz, n)
	one := simd.BroadcastFloat32s(1)
	j := 0
	for ; j+w <= n; j += w {
		q, g := simd.LoadFloat32s(zq[j:j+w]), simd.LoadFloat32s(zg[j:j+w])
		up := simd.LoadFloat32s(dh[j : j+w])
		d := up.Mul(one.Sub(q)).Mul(one.Sub(g.Mul(g)))
		d.Store(dg[j : j+w])
		up.Mul(simd.LoadFloat32s(before[j : j+w]).Sub(g)).Mul(q.Mul(one.Sub(q))).Store(dq[j : j+w])
		up.Mul(q).Store(dh[j : j+w])
		r := simd.LoadFloat32s(zr[j : j+w])
		d.Mul(simd.LoadFloat32s(u[j : j+w])).Mul(r.Mul(one.Sub(r))).Store(dr[j : j+w])
		d.Mul(r).Store(du[j : j+w])
	}
	leaveVectors()
	for ; j < n; j++ {
		gates, grads := [3]float32{zr[j], zq[j], zg[j]}, [3]float32{}
		gruGradLoop(grads[:], du[j:j+1], dh[j:j+1], gates[:], u[j:j+1], before[j:j+1])
		dr[j], dq[j], dg[j] = grads[0], grads[1], grads[2]
	}
}
