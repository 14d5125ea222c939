//go:build goexperiment.simd

package kernel

import "simd"

// The exponential is 2^n times a polynomial in r = x - n*ln(2), |r| <= ln(2)/2.
const (
	log2e   = 1.44269504088896341
	ln2High = 0.693359375 // n*ln2High is exact
	ln2Low  = -2.12194440e-4
	// roundBias rounds to the nearest integer when added and taken away.
	roundBias = 3 << 22
	expMax    = 88.72284  // above it the result is +Inf
	expMin    = -103.9721 // below it, 0
)

// expOf returns the exponential of every lane.
func expOf(x simd.Float32s) simd.Float32s {
	bias := simd.BroadcastFloat32s(roundBias)
	t := x.Mul(simd.BroadcastFloat32s(log2e)).Add(bias)
	n := t.Sub(bias)
	r := x.Sub(n.Mul(simd.BroadcastFloat32s(ln2High))).Sub(n.Mul(simd.BroadcastFloat32s(ln2Low)))
	p := simd.BroadcastFloat32s(1.9875691500e-4)
	p = p.MulAdd(r, simd.BroadcastFloat32s(1.3981999507e-3))
	p = p.MulAdd(r, simd.BroadcastFloat32s(8.3334519073e-3))
	p = p.MulAdd(r, simd.BroadcastFloat32s(4.1665795894e-2))
	p = p.MulAdd(r, simd.BroadcastFloat32s(1.6666665459e-1))
	p = p.MulAdd(r, simd.BroadcastFloat32s(5.0000001201e-1))
	p = p.MulAdd(r.Mul(r), r.Add(simd.BroadcastFloat32s(1)))

	// 2^n in two factors, since n reaches from -150 to 128.
	e := t.ToBits().BitsToInt32().Sub(bias.ToBits().BitsToInt32())
	h := e.ShiftAllRight(1)
	one := simd.BroadcastInt32s(127)
	p = p.Mul(h.Add(one).ShiftAllLeft(23).ToBits().BitsToFloat32())
	p = p.Mul(e.Sub(h).Add(one).ShiftAllLeft(23).ToBits().BitsToFloat32())

	inf := simd.BroadcastInt32s(0x7f800000).ToBits().BitsToFloat32()
	p = inf.IfElse(x.Greater(simd.BroadcastFloat32s(expMax)), p)
	p = simd.BroadcastFloat32s(0).IfElse(x.Less(simd.BroadcastFloat32s(expMin)), p)
	return x.IfElse(x.NotEqual(x), p)
}

// expVec is expLoop to within 2 units in the last place.
func expVec(y, x []float32) {
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	i := 0
	for ; i+w <= len(x); i += w {
		expOf(simd.LoadFloat32s(x[i : i+w])).Store(y[i : i+w])
	}
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		expOf(v).StorePart(y[i:])
	}
	leaveVectors()
}

// sigmoidOf returns 1/(1+exp(-x)), as exp(x)/(1+exp(x)) for negative x so that
// nothing overflows.
func sigmoidOf(x simd.Float32s) simd.Float32s {
	one := simd.BroadcastFloat32s(1)
	e := expOf(x.Abs().Neg())
	return e.IfElse(x.Less(simd.BroadcastFloat32s(0)), one).Div(one.Add(e))
}

// sigmoidVec is sigmoidLoop to within 3 units in the last place.
func sigmoidVec(y, x []float32) {
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	i := 0
	for ; i+w <= len(x); i += w {
		sigmoidOf(simd.LoadFloat32s(x[i : i+w])).Store(y[i : i+w])
	}
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		sigmoidOf(v).StorePart(y[i:])
	}
	leaveVectors()
}

// tanhOf returns x + x^3*P(x*x) for small x, else 1 - 2/(exp(2|x|)+1) with the
// sign of x.
func tanhOf(x simd.Float32s) simd.Float32s {
	z := x.Mul(x)
	p := simd.BroadcastFloat32s(-5.70498872745e-3)
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.06390887954e-2))
	p = p.MulAdd(z, simd.BroadcastFloat32s(-5.37397155531e-2))
	p = p.MulAdd(z, simd.BroadcastFloat32s(1.33314422036e-1))
	p = p.MulAdd(z, simd.BroadcastFloat32s(-3.33332819422e-1))
	p = p.Mul(z).MulAdd(x, x)

	one, two := simd.BroadcastFloat32s(1), simd.BroadcastFloat32s(2)
	a := x.Abs()
	q := one.Sub(two.Div(expOf(a.Add(a)).Add(one)))
	q = q.Neg().IfElse(x.Less(simd.BroadcastFloat32s(0)), q)
	return p.IfElse(a.Less(simd.BroadcastFloat32s(0.625)), q)
}

// tanhVec is tanhLoop to within 3 units in the last place.
func tanhVec(y, x []float32) {
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	i := 0
	for ; i+w <= len(x); i += w {
		tanhOf(simd.LoadFloat32s(x[i : i+w])).Store(y[i : i+w])
	}
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		tanhOf(v).StorePart(y[i:])
	}
	leaveVectors()
}
