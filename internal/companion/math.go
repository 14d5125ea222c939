package companion

import "math"

// Functions of four floats. They are those of ml/kernel/exp_vec.go and map_vec.go, with the same polynomials, and within
// the same bounds of the scalar ones.

// polynomial returns c[0]*x^(n-1) + … + c[n-1].
func (f *function) polynomial(x f32x4, c ...float32) f32x4 {
	p := f.constant(c[0])
	for _, next := range c[1:] {
		p = f.let(f.madd(p, x, f.constant(next)))
	}
	return p
}

// exp returns the exponential: 2^n times a polynomial in r = x - n*ln(2), |r| <= ln(2)/2.
func (f *function) exp(x f32x4) f32x4 {
	const (
		ln2High = 0.693359375 // n*ln2High is exact
		ln2Low  = -2.12194440e-4
		round   = 3 << 22 // rounds to the nearest integer when added and taken away
	)
	// Beyond these all results are 0 or infinite, as they are there.
	x = f.let(x.pmin(f.constant(89)).pmax(f.constant(-104)))
	t := f.let(f.madd(x, f.constant(math.Log2E), f.constant(round)))
	n := f.let(t.sub(f.constant(round)))
	r := f.let(f.madd(n, f.constant(-ln2Low), f.madd(n, f.constant(-ln2High), x)))
	p := f.polynomial(r, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
	p = f.let(f.madd(p, r.mul(r), r.add(f.constant(1))))

	// 2^n in two factors, since n reaches from -150 to 128. An integer becomes the power of two whose exponent it is.
	e := f.let(t.intSub(f.constant(round)))
	half := f.let(e.shiftRight(1))
	power := func(e f32x4) f32x4 { return e.shiftLeft(23).intAdd(f.constant(1)) }
	return p.mul(power(half)).mul(power(e.intSub(half)))
}

// sigmoid returns 1/(1+exp(-x)), as exp(x)/(1+exp(x)) for negative x so that nothing overflows.
func (f *function) sigmoid(x f32x4) f32x4 {
	one := f.constant(1)
	e := f.let(f.exp(x.abs().neg()))
	return x.less(f.constant(0)).choose(e, one).div(one.add(e))
}

// tanh returns x + x^3*P(x*x) for small x, else 1 - 2/(exp(2|x|)+1) with the sign of x.
func (f *function) tanh(x f32x4) f32x4 {
	one, two := f.constant(1), f.constant(2)
	z := f.let(x.mul(x))
	p := f.polynomial(z, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1)
	p = f.let(f.madd(p.mul(z), x, x))
	a := f.let(x.abs())
	q := f.let(one.sub(two.div(f.exp(a.add(a)).add(one))))
	q = x.less(f.constant(0)).choose(q.neg(), q)
	return a.less(f.constant(0.625)).choose(p, q)
}

// normal returns the share of a normal distribution below x, by Abramowitz and Stegun's 7.1.26 for the side on which it
// is small, and exp(-x*x/2), which that takes.
func (f *function) normal(x f32x4) (share, bell f32x4) {
	one := f.constant(1)
	bell = f.let(f.exp(x.mul(x).mul(f.constant(-0.5))))
	z := f.let(f.madd(x.abs(), f.constant(0.3275911/math.Sqrt2), one))
	t := f.let(one.div(z))
	p := f.polynomial(t, 0.5*1.061405429, 0.5*-1.453152027, 0.5*1.421413741, 0.5*-0.284496736, 0.5*0.254829592)
	p = f.let(p.mul(t).mul(bell))
	return x.less(f.constant(0)).choose(p, one.sub(p)), bell
}
