package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// Adadelta takes steps as large as its recent steps were, for their gradients
// (Zeiler 2012), as torch.optim.Adadelta does. It needs no learning rate; lr
// is a factor on what it finds.
//
//	v ← ρ·v + (1-ρ)·g²    d = g·√(u+ε)/√(v+ε)
//	u ← ρ·u + (1-ρ)·d²    w ← w - lr·d
type Adadelta struct {
	LR, Decay, Epsilon float64
}

func init() {
	Register(Info{Type: "adadelta", Title: "Adadelta", Formula: "w ← w - lr·g·√(u+ε)/√(v+ε)",
		Doc: "Finds its own step size; begins slowly",
		New: func() Optimizer { return &Adadelta{LR: 1, Decay: 0.9, Epsilon: 1e-6} }})
}

func (o *Adadelta) Fields() []config.Field {
	return []config.Field{
		rateField(&o.LR),
		config.Float("decay", &o.Decay, 0, 0.999999, "How slowly the mean squares follow gradients and steps; 0.9 in PyTorch, 0.95 in Keras"),
		config.Float("epsilon", &o.Epsilon, 1e-12, 1, "Where the step size starts from; 1e-6 in PyTorch, 1e-7 in Keras"),
	}
}

func (o *Adadelta) Slots() int { return 2 }

func (o *Adadelta) Rate() float64 { return o.LR }

func (o *Adadelta) Update(p Param, _ int, lr float64) {
	kernel.Adadelta(p.W, p.G, p.Slots[0], p.Slots[1], lr, o.Decay, o.Epsilon)
}

func (o *Adadelta) PyTorch(c *Code) {
	c.torch("torch.optim.Adadelta", python.Arg("lr", o.LR), python.Unless("rho", o.Decay, 0.9), python.Unless("eps", o.Epsilon, 1e-6))
}

func (o *Adadelta) Keras(c *Code) {
	c.keras("Adadelta", python.Unless("rho", o.Decay, 0.95), python.Unless("epsilon", o.Epsilon, 1e-7))
}
