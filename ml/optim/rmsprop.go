package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// RMSprop divides each weight's gradient by the root of its recent mean square
// (Tieleman and Hinton, lecture 6.5, 2012), as torch.optim.RMSprop does:
//
//	v ← ρ·v + (1-ρ)·g²    w ← w - lr·g/(√v + ε)
//
// Centered, the mean is taken off first, so that it divides by the standard
// deviation, and with a momentum μ steps gather speed:
//
//	m ← ρ·m + (1-ρ)·g     √(v - m²) instead of √v
//	b ← μ·b + g/(√v + ε)  w ← w - lr·b
type RMSprop struct {
	LR, Decay, Epsilon float64
	Momentum           float64
	Centered           bool
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
		config.Float("momentum", &o.Momentum, 0, 0.9999, "How much of the last step is kept: 0 turns it off, 0.9 is usual"),
		config.Toggle("centered", &o.Centered, "Divide by the standard deviation of the gradients instead of the root of their mean square"),
		config.Float("epsilon", &o.Epsilon, 1e-12, 1, "Keeps the division from blowing up"),
	}
}

// Slots are the mean squares, the means when it is centered, and the steps that
// gather speed when there is a momentum.
func (o *RMSprop) Slots() int {
	n := 1
	if o.Centered {
		n++
	}
	if o.Momentum > 0 {
		n++
	}
	return n
}

func (o *RMSprop) Rate() float64 { return o.LR }

func (o *RMSprop) Update(p Param, _ int, lr float64) {
	to, along := p.W, lr
	if o.Momentum > 0 {
		to, along = p.Slots[len(p.Slots)-1], -1 // the kernels subtract
		kernel.Scale(to, to, float32(o.Momentum))
	}
	if o.Centered {
		kernel.CentredRMSprop(to, p.G, p.Slots[0], p.Slots[1], along, o.Decay, o.Epsilon)
	} else {
		kernel.RMSprop(to, p.G, p.Slots[0], along, o.Decay, o.Epsilon)
	}
	if o.Momentum > 0 {
		kernel.Axpy(p.W, to, float32(-lr))
	}
}

func (o *RMSprop) PyTorch(c *Code) {
	c.torch("torch.optim.RMSprop", python.Arg("lr", o.LR), python.Unless("alpha", o.Decay, 0.99), python.Unless("eps", o.Epsilon, 1e-8),
		python.Unless("momentum", o.Momentum, 0), python.Unless("centered", o.Centered, false))
}

func (o *RMSprop) Keras(c *Code) {
	c.Note("Keras' RMSprop adds epsilon before the root, and Descent after it.")
	c.keras("RMSprop", python.Unless("rho", o.Decay, 0.9), python.Unless("momentum", o.Momentum, 0), python.Unless("epsilon", o.Epsilon, 1e-7),
		python.Unless("centered", o.Centered, false))
}
