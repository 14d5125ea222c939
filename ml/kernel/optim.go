package kernel

import "math"

// SGD takes one step of gradient descent.
//
//	for i := range w {
//		w[i] -= lr * g[i]
//	}
func SGD(w, g []float32, lr float32) {
	same("SGD", len(w), len(g))
	active.sgd(w, g, lr)
}

func sgdLoop(w, g []float32, lr float32) {
	for i := range w {
		w[i] -= lr * g[i]
	}
}

// Momentum takes one step of gradient descent with momentum, as PyTorch's SGD
// with dampening 0.
//
//	for i := range w {
//		v[i] = mu*v[i] + g[i]
//		if nesterov {
//			w[i] -= lr * (g[i] + mu*v[i])
//		} else {
//			w[i] -= lr * v[i]
//		}
//	}
func Momentum(w, g, v []float32, lr, mu float32, nesterov bool) {
	same("Momentum", len(w), len(g), len(v))
	if nesterov {
		active.nesterov(w, g, v, lr, mu)
	} else {
		active.momentum(w, g, v, lr, mu)
	}
}

func momentumLoop(w, g, v []float32, lr, mu float32) {
	for i := range w {
		v[i] = mu*v[i] + g[i]
		w[i] -= lr * v[i]
	}
}

func nesterovLoop(w, g, v []float32, lr, mu float32) {
	for i := range w {
		v[i] = mu*v[i] + g[i]
		w[i] -= lr * (g[i] + mu*v[i])
	}
}

// Adam takes one step of Adam as torch.optim.Adam does; step counts from 1.
// Its settings are float64, since 1-beta2 of a rounded beta2 = 0.999 would be
// off by 1e-5.
//
//	for i := range w {
//		m[i] = beta1*m[i] + (1-beta1)*g[i]
//		v[i] = beta2*v[i] + (1-beta2)*g[i]*g[i]
//		w[i] -= lr/(1-beta1^step) * m[i] / (sqrt(v[i])/sqrt(1-beta2^step) + eps)
//	}
func Adam(w, g, m, v []float32, lr, beta1, beta2, eps float64, step int) {
	same("Adam", len(w), len(g), len(m), len(v))
	c1 := 1 - math.Pow(beta1, float64(step))
	c2 := 1 - math.Pow(beta2, float64(step))
	active.adam(w, g, m, v, adamStep{
		beta1: float32(beta1), beta2: float32(beta2), rest1: float32(1 - beta1), rest2: float32(1 - beta2),
		rate: float32(lr / c1), root: float32(1 / math.Sqrt(c2)), eps: float32(eps),
	})
}

// An adamStep holds the constants of one step.
type adamStep struct{ beta1, beta2, rest1, rest2, rate, root, eps float32 }

func adamLoop(w, g, m, v []float32, c adamStep) {
	for i := range w {
		d := g[i]
		m[i] = c.beta1*m[i] + c.rest1*d
		v[i] = c.beta2*v[i] + c.rest2*d*d
		w[i] -= c.rate * m[i] / (sqrt32(v[i])*c.root + c.eps)
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Penalty adds the gradient of l1*|w| + l2*w*w.
//
//	for i := range g {
//		g[i] += l1*sign(w[i]) + l2*2*w[i]
//	}
func Penalty(g, w []float32, l1, l2 float32) {
	same("Penalty", len(g), len(w))
	active.penalty(g, w, l1, l2)
}

func penaltyLoop(g, w []float32, l1, l2 float32) {
	for i, v := range w {
		d := 2 * l2 * v
		switch {
		case v > 0:
			d += l1
		case v < 0:
			d -= l1
		}
		g[i] += d
	}
}
