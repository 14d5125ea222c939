package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
)

// Lion moves every weight by the same amount, in the direction of its momentum
// (Chen et al., Symbolic Discovery of Optimization Algorithms, 2023):
//
//	w ← w - lr·λ·w - lr·sign(β1·m + (1-β1)·g)
//	m ← β2·m + (1-β2)·g
type Lion struct {
	LR, Beta1, Beta2 float64
	Decay            Decay
}

func init() {
	Register(Info{Type: "lion", Title: "Lion", Formula: "w ← (1 - lr·λ)·w - lr·sign(β1·m + (1-β1)·g)",
		Doc: "Only the sign of the momentum counts; wants a learning rate some five times smaller than Adam's, and half its memory",
		New: func() Optimizer {
			return &Lion{LR: 0.0003, Beta1: 0.9, Beta2: 0.99, Decay: Decay{AppliesTo: "weights"}}
		}})
}

func (o *Lion) Fields() []config.Field {
	return append([]config.Field{
		rateField(&o.LR),
		config.Float("beta1", &o.Beta1, 0, 0.999999, "How much the momentum counts against the latest gradient in a step"),
		config.Float("beta2", &o.Beta2, 0, 0.999999, "How slowly the momentum follows the gradients"),
	}, o.Decay.fields()...)
}

func (o *Lion) Slots() int { return 1 }

func (o *Lion) Rate() float64 { return o.LR }

func (o *Lion) Update(p Param, _ int, lr float64) {
	o.Decay.apply(p, lr)
	kernel.Lion(p.W, p.G, p.Slots[0], lr, o.Beta1, o.Beta2)
}
