package kernel

import "math"

// The steps of optimizers that give each weight a step size of its own.

// An adaptive is one implementation of them.
type adaptive struct {
	rmsprop  func(w, g, v []float32, lr, decay, rest, eps float32)
	centred  func(w, g, v, mean []float32, lr, decay, rest, eps float32)
	adagrad  func(w, g, s []float32, lr, eps float32)
	adadelta func(w, g, v, u []float32, lr, decay, rest, eps float32)
	nadam    func(w, g, m, v []float32, c nadamStep)
	lion     func(w, g, m []float32, lr, beta1, rest1, beta2, rest2 float32)
}

var scalarAdaptive = adaptive{rmsprop: rmspropLoop, centred: centredLoop, adagrad: adagradLoop, adadelta: adadeltaLoop, nadam: nadamLoop, lion: lionLoop}

// RMSprop takes one step of RMSprop as torch.optim.RMSprop does.
//
//	for i := range w {
//		v[i] = decay*v[i] + (1-decay)*g[i]*g[i]
//		w[i] -= lr * g[i] / (sqrt(v[i]) + eps)
//	}
func RMSprop(w, g, v []float32, lr, decay, eps float64) {
	same("RMSprop", len(w), len(g), len(v))
	active.adaptive.rmsprop(w, g, v, float32(lr), float32(decay), float32(1-decay), float32(eps))
}

func rmspropLoop(w, g, v []float32, lr, decay, rest, eps float32) {
	for i, d := range g {
		v[i] = decay*v[i] + rest*d*d
		w[i] -= lr * d / (sqrt32(v[i]) + eps)
	}
}

// CentredRMSprop takes one step of RMSprop as torch.optim.RMSprop does with
// centered: the gradients are measured by how far they spread about their mean.
// A variance that rounding leaves below 0 is 0, of which PyTorch makes NaN.
//
//	for i := range w {
//		v[i] = decay*v[i] + (1-decay)*g[i]*g[i]
//		mean[i] = decay*mean[i] + (1-decay)*g[i]
//		spread := v[i] - mean[i]*mean[i]
//		if spread < 0 {
//			spread = 0
//		}
//		w[i] -= lr * g[i] / (sqrt(spread) + eps)
//	}
func CentredRMSprop(w, g, v, mean []float32, lr, decay, eps float64) {
	same("CentredRMSprop", len(w), len(g), len(v), len(mean))
	active.adaptive.centred(w, g, v, mean, float32(lr), float32(decay), float32(1-decay), float32(eps))
}

func centredLoop(w, g, v, mean []float32, lr, decay, rest, eps float32) {
	for i, d := range g {
		v[i] = decay*v[i] + rest*d*d
		mean[i] = decay*mean[i] + rest*d
		spread := v[i] - mean[i]*mean[i]
		if spread < 0 {
			spread = 0
		}
		w[i] -= lr * d / (sqrt32(spread) + eps)
	}
}

// Adagrad takes one step of Adagrad as torch.optim.Adagrad does.
//
//	for i := range w {
//		s[i] += g[i] * g[i]
//		w[i] -= lr * g[i] / (sqrt(s[i]) + eps)
//	}
func Adagrad(w, g, s []float32, lr, eps float64) {
	same("Adagrad", len(w), len(g), len(s))
	active.adaptive.adagrad(w, g, s, float32(lr), float32(eps))
}

func adagradLoop(w, g, s []float32, lr, eps float32) {
	for i, d := range g {
		s[i] += d * d
		w[i] -= lr * d / (sqrt32(s[i]) + eps)
	}
}

// Adadelta takes one step of Adadelta as torch.optim.Adadelta does.
//
//	for i := range w {
//		v[i] = decay*v[i] + (1-decay)*g[i]*g[i]
//		d := g[i] * sqrt(u[i]+eps) / sqrt(v[i]+eps)
//		u[i] = decay*u[i] + (1-decay)*d*d
//		w[i] -= lr * d
//	}
func Adadelta(w, g, v, u []float32, lr, decay, eps float64) {
	same("Adadelta", len(w), len(g), len(v), len(u))
	active.adaptive.adadelta(w, g, v, u, float32(lr), float32(decay), float32(1-decay), float32(eps))
}

func adadeltaLoop(w, g, v, u []float32, lr, decay, rest, eps float32) {
	for i, d := range g {
		v[i] = decay*v[i] + rest*d*d
		d = d * sqrt32(u[i]+eps) / sqrt32(v[i]+eps)
		u[i] = decay*u[i] + rest*d*d
		w[i] -= lr * d
	}
}

// NAdam takes one step of Adam with Nesterov's momentum (Dozat 2016); step
// counts from 1. Ahead and here are what a step goes along the mean and along
// the gradient.
//
//	for i := range w {
//		m[i] = beta1*m[i] + (1-beta1)*g[i]
//		v[i] = beta2*v[i] + (1-beta2)*g[i]*g[i]
//		w[i] -= (ahead*m[i] + here*g[i]) / (sqrt(v[i])/sqrt(1-beta2^step) + eps)
//	}
func NAdam(w, g, m, v []float32, ahead, here, beta1, beta2, eps float64, step int) {
	same("NAdam", len(w), len(g), len(m), len(v))
	active.adaptive.nadam(w, g, m, v, nadamStep{
		beta1: float32(beta1), beta2: float32(beta2), rest1: float32(1 - beta1), rest2: float32(1 - beta2),
		ahead: float32(ahead), here: float32(here),
		root: float32(1 / math.Sqrt(1-math.Pow(beta2, float64(step)))), eps: float32(eps),
	})
}

// A nadamStep holds the constants of one step.
type nadamStep struct{ beta1, beta2, rest1, rest2, ahead, here, root, eps float32 }

func nadamLoop(w, g, m, v []float32, c nadamStep) {
	for i, d := range g {
		m[i] = c.beta1*m[i] + c.rest1*d
		v[i] = c.beta2*v[i] + c.rest2*d*d
		w[i] -= (c.ahead*m[i] + c.here*d) / (sqrt32(v[i])*c.root + c.eps)
	}
}

// Lion takes one step of Lion (Chen et al. 2023). The sign of 0, and of NaN, is 0.
//
//	for i := range w {
//		w[i] -= lr * sign(beta1*m[i]+(1-beta1)*g[i])
//		m[i] = beta2*m[i] + (1-beta2)*g[i]
//	}
func Lion(w, g, m []float32, lr, beta1, beta2 float64) {
	same("Lion", len(w), len(g), len(m))
	active.adaptive.lion(w, g, m, float32(lr), float32(beta1), float32(1-beta1), float32(beta2), float32(1-beta2))
}

func lionLoop(w, g, m []float32, lr, beta1, rest1, beta2, rest2 float32) {
	for i, d := range g {
		switch c := beta1*m[i] + rest1*d; {
		case c > 0:
			w[i] -= lr
		case c < 0:
			w[i] += lr
		}
		m[i] = beta2*m[i] + rest2*d
	}
}

// Clamp limits x to between -limit and limit, and leaves NaN.
//
//	for i := range x {
//		x[i] = min(max(x[i], -limit), limit)
//	}
func Clamp(x []float32, limit float32) {
	for i, v := range x {
		if v > limit {
			x[i] = limit
		} else if v < -limit {
			x[i] = -limit
		}
	}
}
