package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
)

// RMSprop divides each weight's gradient by the root of its recent mean square
// (Tieleman and Hinton, lecture 6.5, 2012), as torch.optim.RMSprop does:
//
//	v ← ρ·v + (1-ρ)·g²    w ← w - lr·g/(√v + ε)
type RMSprop struct {
	LR, Decay, Epsilon float64
}

func init() {
	Register(Info{Type: "rmsprop", Title: "RMSprop", Formula: "v ← ρ·v + (1-ρ)·g²,  w ← w - lr·g/(√v + ε)",
		Doc: "Adam without its momentum: steps of about the same size on steep and on flat ground",
		New: func() Optimizer { return &RMSprop{LR: 0.001, Decay: 0.9, Epsilon: 1e-7} }})
}

func (o *RMSprop) Fields() []config.Field {
	return []config.Field{
		rateField(&o.LR),
		config.Float("decay", &o.Decay, 0, 0.999999, "How slowly the mean square follows the gradients; 0.9 in Keras, 0.99 in PyTorch"),
		config.Float("epsilon", &o.Epsilon, 1e-12, 1, "Keeps the division from blowing up"),
	}
}

func (o *RMSprop) Slots() int { return 1 }

func (o *RMSprop) Rate() float64 { return o.LR }

func (o *RMSprop) Update(p Param, _ int, lr float64) {
	kernel.RMSprop(p.W, p.G, p.Slots[0], lr, o.Decay, o.Epsilon)
}
