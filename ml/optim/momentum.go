package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// Momentum is gradient descent with velocity, as torch.optim.SGD has it:
//
//	v ← momentum·v + g    w ← w - lr·v
//	Nesterov: w ← w - lr·(g + momentum·v)
type Momentum struct {
	LR, Momentum float64
	Nesterov     bool
}

func init() {
	Register(Info{Type: "momentum", Title: "Momentum", Formula: "v ← μ·v + g,  w ← w - lr·v",
		Doc: "Gradient descent that keeps its speed: it rolls through small bumps and along valleys",
		New: func() Optimizer { return &Momentum{LR: 0.01, Momentum: 0.9} }})
}

func (o *Momentum) Fields() []config.Field {
	return []config.Field{
		rateField(&o.LR),
		config.Float("momentum", &o.Momentum, 0, 0.9999, "How much of its speed it keeps from step to step"),
		config.Toggle("nesterov", &o.Nesterov, "Look at the slope where the momentum leads (Nesterov)"),
	}
}

func (o *Momentum) Slots() int { return 1 }

func (o *Momentum) Rate() float64 { return o.LR }

func (o *Momentum) Update(p Param, _ int, lr float64) {
	kernel.Momentum(p.W, p.G, p.Slots[0], float32(lr), float32(o.Momentum), o.Nesterov)
}

func (o *Momentum) PyTorch(c *Code) {
	c.torch("torch.optim.SGD", python.Arg("lr", o.LR), python.Arg("momentum", o.Momentum), python.Unless("nesterov", o.Nesterov, false))
}

func (o *Momentum) Keras(c *Code) {
	c.keras("SGD", python.Arg("momentum", o.Momentum), python.Unless("nesterov", o.Nesterov, false))
}
