//go:build goexperiment.simd

package kernel

import (
	"math"
	"simd"
)

// mapVec is mapLoop. Log has no vectors of its own: nothing hot uses it.
func mapVec(y, x []float32, f Func, a float32) {
	if f == Log {
		mapLoop(y, x, f, a)
		return
	}
	w := simd.VectorBitSize() / 32
	y = y[:len(x)]
	i := 0
	for ; i+w <= len(x); i += w {
		mapOf(f, simd.LoadFloat32s(x[i:i+w]), a).Store(y[i : i+w])
	}
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		mapOf(f, v, a).StorePart(y[i:])
	}
	leaveVectors()
}

// mapGradVec is mapGradLoop.
func mapGradVec(dx, dy, x []float32, f Func, a float32) {
	w := simd.VectorBitSize() / 32
	dx, dy = dx[:len(x)], dy[:len(x)]
	i := 0
	for ; i+w <= len(x); i += w {
		simd.LoadFloat32s(dy[i : i+w]).Mul(slopeOf(f, simd.LoadFloat32s(x[i:i+w]), a)).Store(dx[i : i+w])
	}
	if i < len(x) {
		v, _ := simd.LoadFloat32sPart(x[i:])
		d, _ := simd.LoadFloat32sPart(dy[i:])
		d.Mul(slopeOf(f, v, a)).StorePart(dx[i:])
	}
	leaveVectors()
}

// mapOf is mapOne for every lane.
func mapOf(f Func, x simd.Float32s, a float32) simd.Float32s {
	zero, one := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(1)
	switch f {
	case LeakyReLU:
		return x.Mul(simd.BroadcastFloat32s(a)).IfElse(x.Less(zero), x)
	case ELU:
		return x.IfElse(x.Greater(zero), expOf(x).Sub(one).Mul(simd.BroadcastFloat32s(a)))
	case SELU:
		return x.IfElse(x.Greater(zero), expOf(x).Sub(one).Mul(simd.BroadcastFloat32s(seluA))).Mul(simd.BroadcastFloat32s(seluScale))
	case GELU:
		return x.Mul(normalOf(x))
	case GELUTanh:
		return x.Mul(sigmoidOf(geluInner(x)))
	case SiLU:
		return x.Mul(sigmoidOf(x))
	case Softplus:
		return zero.IfElse(x.Less(zero), x).Add(log1pOf(expOf(x.Abs().Neg())))
	case HardSwish:
		three := simd.BroadcastFloat32s(3)
		y := x.Mul(x.Add(three)).Mul(simd.BroadcastFloat32s(1.0 / 6))
		y = x.IfElse(x.GreaterEqual(three), y)
		return zero.IfElse(x.LessEqual(three.Neg()), y)
	case Exponential:
		return expOf(x)
	case Abs:
		return x.Abs()
	case Square:
		return x.Mul(x)
	}
	return x.Sqrt()
}

// slopeOf is slopeOne for every lane.
func slopeOf(f Func, x simd.Float32s, a float32) simd.Float32s {
	zero, one := simd.BroadcastFloat32s(0), simd.BroadcastFloat32s(1)
	switch f {
	case LeakyReLU:
		return simd.BroadcastFloat32s(a).IfElse(x.Less(zero), one)
	case ELU:
		return one.IfElse(x.Greater(zero), expOf(x).Mul(simd.BroadcastFloat32s(a)))
	case SELU:
		return one.IfElse(x.Greater(zero), expOf(x).Mul(simd.BroadcastFloat32s(seluA))).Mul(simd.BroadcastFloat32s(seluScale))
	case GELU:
		x = slopeRange(x)
		density := expOf(x.Mul(x).Mul(simd.BroadcastFloat32s(-0.5))).Mul(simd.BroadcastFloat32s(0.3989422804014327))
		return normalOf(x).Add(x.Mul(density))
	case GELUTanh:
		x = slopeRange(x)
		s := sigmoidOf(geluInner(x))
		inner := x.Mul(x).MulAdd(simd.BroadcastFloat32s(6*geluRoot*geluCube), simd.BroadcastFloat32s(2*geluRoot))
		return s.Add(x.Mul(s.Mul(one.Sub(s))).Mul(inner))
	case SiLU:
		x = slopeRange(x)
		s := sigmoidOf(x)
		return s.Add(x.Mul(s.Mul(one.Sub(s))))
	case Softplus:
		return sigmoidOf(x)
	case HardSwish:
		three := simd.BroadcastFloat32s(3)
		y := x.Add(x).Add(three).Mul(simd.BroadcastFloat32s(1.0 / 6))
		y = one.IfElse(x.GreaterEqual(three), y)
		return zero.IfElse(x.LessEqual(three.Neg()), y)
	case Exponential:
		return expOf(x)
	case Abs:
		return one.IfElse(x.Greater(zero), one.Neg().IfElse(x.Less(zero), x))
	case Square:
		return x.Add(x)
	case Log:
		return one.Div(x)
	}
	return simd.BroadcastFloat32s(0.5).Div(x.Sqrt())
}

// slopeRange keeps x within slopeEnd.
func slopeRange(x simd.Float32s) simd.Float32s {
	end := simd.BroadcastFloat32s(slopeEnd)
	x = end.IfElse(x.Greater(end), x)
	return end.Neg().IfElse(x.Less(end.Neg()), x)
}

// geluInner returns what GELUTanh takes the sigmoid of.
func geluInner(x simd.Float32s) simd.Float32s {
	t := x.Mul(x).MulAdd(simd.BroadcastFloat32s(2*geluRoot*geluCube), simd.BroadcastFloat32s(2*geluRoot))
	return x.Mul(t)
}

// normalOf is normalOne to within 1e-7, by Abramowitz and Stegun's 7.1.26 for
// the side on which the distribution is small.
func normalOf(x simd.Float32s) simd.Float32s {
	one := simd.BroadcastFloat32s(1)
	z := x.Abs().Mul(simd.BroadcastFloat32s(1 / math.Sqrt2))
	t := one.Div(z.MulAdd(simd.BroadcastFloat32s(0.3275911), one))
	p := t.MulAdd(simd.BroadcastFloat32s(0.5*1.061405429), simd.BroadcastFloat32s(0.5*-1.453152027))
	p = p.MulAdd(t, simd.BroadcastFloat32s(0.5*1.421413741))
	p = p.MulAdd(t, simd.BroadcastFloat32s(0.5*-0.284496736))
	p = p.MulAdd(t, simd.BroadcastFloat32s(0.5*0.254829592))
	p = p.Mul(t).Mul(expOf(x.Mul(x).Mul(simd.BroadcastFloat32s(-0.5))))
	return p.IfElse(x.Less(simd.BroadcastFloat32s(0)), one.Sub(p))
}

// log1pOf returns log(1+e) for e from 0 to 1, as 2·atanh(e/(2+e)) by its series.
func log1pOf(e simd.Float32s) simd.Float32s {
	s := e.Div(e.Add(simd.BroadcastFloat32s(2)))
	z := s.Mul(s)
	p := simd.BroadcastFloat32s(2.0 / 15)
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/13))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/11))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/9))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/7))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/5))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2.0/3))
	p = p.MulAdd(z, simd.BroadcastFloat32s(2))
	return p.Mul(s)
}
