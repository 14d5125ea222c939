package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// NAdam is Adam that looks ahead as Nesterov's momentum does (Dozat, ICLR
// workshop 2016), with the momentum warming up as in torch.optim.NAdam, ψ being
// the momentum decay:
//
//	m, v as in Adam       μ_t = β1·(1 - 0.96^(t·ψ)/2)      P_t = μ_1·μ_2·…·μ_t
//	w ← w - lr·(μ_(t+1)·m/(1-P_(t+1)) + (1-μ_t)·g/(1-P_t)) / (√v/√(1-β2^t) + ε)
//
// PyTorch 1.13 has μ_t twice in P_(t+1); the paper and later versions do not.
//
// The warm-up starts at β1/2. A decay of 0 stays there; 0.004 takes ten
// thousand steps to come within a tenth of β1, and 1, Keras' value, forty.
type NAdam struct {
	LR, Beta1, Beta2, Epsilon float64
	MomentumDecay             float64

	warmed warmup
}

func init() {
	Register(Info{Type: "nadam", Title: "NAdam", Formula: "w ← w - lr·(μ·m̂ + (1-μ)·ĝ)/(√v̂ + ε)",
		Doc: "Adam with Nesterov's look ahead; often a little faster",
		New: func() Optimizer {
			return &NAdam{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, MomentumDecay: 0.004}
		}})
}

func (o *NAdam) Fields() []config.Field {
	return append(append([]config.Field{rateField(&o.LR)}, momentFields(&o.Beta1, &o.Beta2, &o.Epsilon)...),
		config.Float("momentum_decay", &o.MomentumDecay, 0, 1000, "How fast the momentum warms up, from half of β₁ to all of it; 0.004 in PyTorch, 1 in Keras"))
}

func (o *NAdam) Slots() int { return 2 }

func (o *NAdam) Rate() float64 { return o.LR }

func (o *NAdam) Update(p Param, step int, lr float64) {
	product := o.warmed.at(step, o.Beta1, o.MomentumDecay)
	now, next := warm(step, o.Beta1, o.MomentumDecay), warm(step+1, o.Beta1, o.MomentumDecay)
	kernel.NAdam(p.W, p.G, p.Slots[0], p.Slots[1], lr*next/(1-product*next), lr*(1-now)/(1-product), o.Beta1, o.Beta2, o.Epsilon, step)
}

// warm is the momentum of a step.
func warm(step int, beta1, decay float64) float64 {
	return beta1 * (1 - 0.5*math.Pow(0.96, float64(step)*decay))
}

// A warmup keeps the product of the momenta so far, so that not every step
// multiplies all of them. It can be lost: it follows from the settings.
type warmup struct {
	step                  int
	beta1, decay, product float64
}

// at returns the product of the momenta of the steps up to one.
func (u *warmup) at(step int, beta1, decay float64) float64 {
	if u.step == 0 || u.step > step || u.beta1 != beta1 || u.decay != decay {
		*u = warmup{beta1: beta1, decay: decay, product: 1}
	}
	for ; u.step < step; u.step++ {
		u.product *= warm(u.step+1, beta1, decay)
	}
	return u.product
}

func (o *NAdam) PyTorch(c *Code) {
	c.torch("torch.optim.NAdam", python.Arg("lr", o.LR), betas(o.Beta1, o.Beta2), python.Unless("eps", o.Epsilon, 1e-8),
		python.Unless("momentum_decay", o.MomentumDecay, 0.004))
}

func (o *NAdam) Keras(c *Code) {
	if o.MomentumDecay != 1 {
		c.Note("Keras' Nadam warms its momentum up within some forty steps, a momentum_decay of 1; Descent's is %s.", python.Float(o.MomentumDecay))
	}
	c.keras("Nadam", python.Unless("beta_1", o.Beta1, 0.9), python.Unless("beta_2", o.Beta2, 0.999), python.Unless("epsilon", o.Epsilon, 1e-7))
}
