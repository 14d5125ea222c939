package kernel

import "math"

// A Func is a function of one number whose derivative is found from its input.
// Those that are found from the output are an Act, which costs less memory.
type Func uint8

const (
	LeakyReLU   Func = iota // x, or a·x below 0
	ELU                     // x, or a·(exp(x)-1) below 0
	SELU                    // ELU of fixed a, scaled so that means and variances stay
	GELU                    // x·Φ(x), Φ the normal distribution
	GELUTanh                // x·sigmoid(2·√(2/π)·(x + 0.044715·x³)), close to GELU
	SiLU                    // x·sigmoid(x)
	Softplus                // log(1+exp(x))
	HardSwish               // x·min(max(x+3, 0), 6)/6
	Exponential             // exp(x)
	Abs                     // |x|
	Square                  // x²
	Log                     // log(x)
	Sqrt                    // √x
)

const (
	seluScale = 1.0507009873554805 // Klambauer et al., Self-Normalizing Neural Networks, 2017
	seluA     = 1.6732632423543772
	geluRoot  = 0.7978845608028654 // √(2/π)
	geluCube  = 0.044715
	// slopeEnd is where the slopes of the smooth ones are 0 or 1 to the last
	// digit; infinity is taken for it, which would give NaN.
	slopeEnd = 40
)

// Map applies f, whose setting is a, to every element, to within 1e-6 of the
// larger of 1 and the result. y may be x.
//
//	for i := range y {
//		y[i] = f(x[i], a)
//	}
func Map(y, x []float32, f Func, a float32) {
	same("Map", len(y), len(x))
	active.mapped(y, x, f, a)
}

// MapGrad takes a gradient back through Map, whose input was x. dx may be dy.
//
//	for i := range dx {
//		dx[i] = dy[i] * f'(x[i], a)
//	}
func MapGrad(dx, dy, x []float32, f Func, a float32) {
	same("MapGrad", len(dx), len(dy), len(x))
	active.mapGrad(dx, dy, x, f, a)
}

func mapLoop(y, x []float32, f Func, a float32) {
	for i, v := range x {
		y[i] = float32(mapOne(f, float64(v), float64(a)))
	}
}

func mapGradLoop(dx, dy, x []float32, f Func, a float32) {
	for i, v := range x {
		dx[i] = dy[i] * float32(slopeOne(f, float64(v), float64(a)))
	}
}

// mapOne returns f(x).
func mapOne(f Func, x, a float64) float64 {
	switch f {
	case LeakyReLU:
		if x < 0 {
			return a * x
		}
		return x
	case ELU:
		if x > 0 {
			return x
		}
		return a * math.Expm1(x)
	case SELU:
		return seluScale * mapOne(ELU, x, seluA)
	case GELU:
		return x * normalOne(x)
	case GELUTanh:
		return x * sigmoidOne(2*geluRoot*(x+geluCube*x*x*x))
	case SiLU:
		return x * sigmoidOne(x)
	case Softplus:
		return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	case HardSwish:
		switch {
		case x <= -3:
			return 0
		case x >= 3:
			return x
		}
		return x * (x + 3) / 6
	case Exponential:
		return math.Exp(x)
	case Abs:
		return math.Abs(x)
	case Square:
		return x * x
	case Log:
		return math.Log(x)
	}
	return math.Sqrt(x)
}

// slopeOne returns f'(x).
func slopeOne(f Func, x, a float64) float64 {
	switch f {
	case LeakyReLU:
		if x < 0 {
			return a
		}
		return 1
	case ELU:
		if x > 0 {
			return 1
		}
		return a * math.Exp(x)
	case SELU:
		return seluScale * slopeOne(ELU, x, seluA)
	case GELU:
		x = max(min(x, slopeEnd), -slopeEnd)
		return normalOne(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi)
	case GELUTanh:
		x = max(min(x, slopeEnd), -slopeEnd)
		s := sigmoidOne(2 * geluRoot * (x + geluCube*x*x*x))
		return s + x*s*(1-s)*2*geluRoot*(1+3*geluCube*x*x)
	case SiLU:
		x = max(min(x, slopeEnd), -slopeEnd)
		s := sigmoidOne(x)
		return s + x*s*(1-s)
	case Softplus:
		return sigmoidOne(x)
	case HardSwish:
		switch {
		case x <= -3:
			return 0
		case x >= 3:
			return 1
		}
		return (2*x + 3) / 6
	case Exponential:
		return math.Exp(x)
	case Abs:
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return x // 0 or NaN
	case Square:
		return 2 * x
	case Log:
		return 1 / x
	}
	return 0.5 / math.Sqrt(x)
}

func sigmoidOne(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// normalOne returns the share of a normal distribution below x.
func normalOne(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
