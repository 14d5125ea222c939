//go:build goexperiment.simd

package kernel

import "simd"

// expSumVec is expSumLoop with the sum in vectors.
func expSumVec(y, x []float32, scale, top float32) (sum float32) {
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	by, down := simd.BroadcastFloat32s(scale), simd.BroadcastFloat32s(-top)
	s := simd.BroadcastFloat32s(0)
	i := 0
	for ; i+w <= len(x); i += w {
		e := expOf(simd.LoadFloat32s(x[i:i+w]).MulAdd(by, down))
		e.Store(y[i : i+w])
		s = s.Add(e)
	}
	var lane [16]float32
	s.Store(lane[:w])
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		expOf(v.MulAdd(by, down)).StorePart(y[i:])
	}
	leaveVectors()
	for _, v := range y[i:] {
		sum += v
	}
	s0, s1, s2, s3 := lane[0], lane[1], lane[2], lane[3]
	for l := 4; l < w; l += 4 {
		s0, s1, s2, s3 = s0+lane[l], s1+lane[l+1], s2+lane[l+2], s3+lane[l+3]
	}
	return sum + (s0 + s1) + (s2 + s3)
}

// attendGradVec is attendGradLoop.
func attendGradVec(ds, dp, p []float32, mean, scale float32) {
	w := simd.VectorBitSize() / 32
	ds, dp = ds[:len(p)], dp[:len(p)]
	m, by := simd.BroadcastFloat32s(mean), simd.BroadcastFloat32s(scale)
	i := 0
	for ; i+w <= len(p); i += w {
		simd.LoadFloat32s(p[i : i+w]).Mul(simd.LoadFloat32s(dp[i : i+w]).Sub(m)).Mul(by).Store(ds[i : i+w])
	}
	leaveVectors()
	for ; i < len(p); i++ {
		ds[i] = p[i] * (dp[i] - mean) * scale
	}
}
