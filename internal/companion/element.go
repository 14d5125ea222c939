package companion

// elements are the kernels of lanes. Each is named as in ml/kernel's impl, where its loop is.
var elements = []lanes{
	{"add", "wrr", 0, 4, func(_ *function, x, _ []f32x4) []f32x4 { return []f32x4{x[0].add(x[1])} }},
	{"mul", "wrr", 0, 4, func(_ *function, x, _ []f32x4) []f32x4 { return []f32x4{x[0].mul(x[1])} }},
	{"scale", "wr", 1, 4, func(_ *function, x, s []f32x4) []f32x4 { return []f32x4{x[0].mul(s[0])} }},
	{"shift", "wr", 1, 4, func(_ *function, x, s []f32x4) []f32x4 { return []f32x4{x[0].add(s[0])} }},
	{"axpy", "br", 1, 4, func(f *function, x, s []f32x4) []f32x4 { return []f32x4{f.madd(x[1], s[0], x[0])} }},
	{"dot", "rr", 0, 4, func(_ *function, x, _ []f32x4) []f32x4 { return []f32x4{x[0].mul(x[1])} }},
	{"relu", "wr", 0, 4, func(f *function, x, _ []f32x4) []f32x4 { return []f32x4{x[0].pmax(f.constant(0))} }},
	{"reluGrad", "wrr", 0, 4, func(f *function, x, _ []f32x4) []f32x4 {
		return []f32x4{x[0].unless(x[1].lessEqual(f.constant(0)))}
	}},
	{"tanhGrad", "wrr", 0, 2, func(f *function, x, _ []f32x4) []f32x4 {
		return []f32x4{x[0].mul(f.constant(1).sub(x[1].mul(x[1])))}
	}},
	{"sigmoidGrad", "wrr", 0, 2, func(f *function, x, _ []f32x4) []f32x4 {
		return []f32x4{x[0].mul(x[1].mul(f.constant(1).sub(x[1])))}
	}},
	{"exp", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 { return []f32x4{f.exp(x[0])} }},
	{"expSum", "wr", 2, 1, func(f *function, x, s []f32x4) []f32x4 {
		e := f.let(f.exp(x[0].mul(s[0]).sub(s[1])))
		return []f32x4{e, e}
	}},
	{"tanh", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 { return []f32x4{f.tanh(x[0])} }},
	{"sigmoid", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 { return []f32x4{f.sigmoid(x[0])} }},
	{"gelu", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		share, _ := f.normal(x[0])
		return []f32x4{x[0].mul(share)}
	}},
	{"geluGrad", "wrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		v := f.slopeRange(x[1])
		share, bell := f.normal(v)
		return []f32x4{x[0].mul(f.madd(v.mul(f.constant(0.3989422804014327)), bell, share))}
	}},
	{"geluTanh", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		return []f32x4{x[0].mul(f.sigmoid(f.geluInner(x[0])))}
	}},
	{"geluTanhGrad", "wrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		v := f.slopeRange(x[1])
		s := f.let(f.sigmoid(f.geluInner(v)))
		inner := f.madd(v.mul(v), f.constant(6*geluRoot*geluCube), f.constant(2*geluRoot))
		return []f32x4{x[0].mul(f.madd(v.mul(s.mul(f.constant(1).sub(s))), inner, s))}
	}},
	{"silu", "wr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 { return []f32x4{x[0].mul(f.sigmoid(x[0]))} }},
	{"siluGrad", "wrr", 0, 1, func(f *function, x, _ []f32x4) []f32x4 {
		v := f.slopeRange(x[1])
		s := f.let(f.sigmoid(v))
		return []f32x4{x[0].mul(f.madd(v, s.mul(f.constant(1).sub(s)), s))}
	}},
	// w, g, m and v; beta1, 1-beta1, beta2, 1-beta2, rate, root and eps. Squares of large gradients become infinite, so no
	// multiply-add: fused or not would tell infinite from NaN.
	{"adam", "brbb", 7, 1, func(f *function, x, s []f32x4) []f32x4 {
		w, g, m, v := x[0], x[1], x[2], x[3]
		m = f.let(m.mul(s[0]).add(g.mul(s[1])))
		v = f.let(v.mul(s[2]).add(g.mul(s[3]).mul(g)))
		return []f32x4{w.sub(m.mul(s[4]).div(v.sqrt().mul(s[5]).add(s[6]))), m, v}
	}},
}

const (
	geluRoot = 0.7978845608028654 // √(2/π)
	geluCube = 0.044715
	slopeEnd = 40 // beyond it the slopes of the smooth functions are 0 or 1
)

// slopeRange keeps x within slopeEnd.
func (f *function) slopeRange(x f32x4) f32x4 {
	return f.let(x.pmin(f.constant(slopeEnd)).pmax(f.constant(-slopeEnd)))
}

// geluInner returns what geluTanh takes the sigmoid of.
func (f *function) geluInner(x f32x4) f32x4 {
	return f.let(x.mul(f.madd(x.mul(x), f.constant(2*geluRoot*geluCube), f.constant(2*geluRoot))))
}
