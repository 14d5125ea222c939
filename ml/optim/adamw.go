package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// AdamW is Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019),
// as torch.optim.AdamW has it:
//
//	w ← w - lr·λ·w, then as Adam
type AdamW struct {
	LR, Beta1, Beta2, Epsilon float64
	Decay                     Decay
}

func init() {
	Register(Info{Type: "adamw", Title: "AdamW", Formula: "w ← (1 - lr·λ)·w - lr·m̂/(√v̂ + ε)",
		Doc: "Adam that also lets weights decay, evenly; what transformers are trained with",
		New: func() Optimizer {
			return &AdamW{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: Decay{Rate: 0.01, AppliesTo: "weights"}}
		}})
}

func (o *AdamW) Fields() []config.Field {
	f := append([]config.Field{rateField(&o.LR)}, momentFields(&o.Beta1, &o.Beta2, &o.Epsilon)...)
	return append(f, o.Decay.fields()...)
}

func (o *AdamW) Slots() int { return 2 }

func (o *AdamW) Rate() float64 { return o.LR }

func (o *AdamW) Update(p Param, step int, lr float64) {
	o.Decay.apply(p, lr)
	kernel.Adam(p.W, p.G, p.Slots[0], p.Slots[1], lr, o.Beta1, o.Beta2, o.Epsilon, step)
}

func (o *AdamW) PyTorch(c *Code) {
	c.torchDecay("torch.optim.AdamW", o.Decay, python.Arg("lr", o.LR), betas(o.Beta1, o.Beta2), python.Unless("eps", o.Epsilon, 1e-8))
}

func (o *AdamW) Keras(c *Code) {
	c.keras("AdamW", c.kerasDecay(o.Decay), python.Unless("beta_1", o.Beta1, 0.9), python.Unless("beta_2", o.Beta2, 0.999), python.Unless("epsilon", o.Epsilon, 1e-7))
}
