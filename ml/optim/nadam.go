package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
)

// NAdam is Adam that looks ahead as Nesterov's momentum does (Dozat, ICLR
// workshop 2016), with a constant momentum; PyTorch and Keras warm β1 up by a
// schedule of their own.
//
//	m, v as in Adam
//	w ← w - lr·(β1·m/(1-β1^(t+1)) + (1-β1)·g/(1-β1^t)) / (√v/√(1-β2^t) + ε)
type NAdam struct {
	LR, Beta1, Beta2, Epsilon float64
}

func init() {
	Register(Info{Type: "nadam", Title: "NAdam", Formula: "w ← w - lr·(β1·m̂ + (1-β1)·ĝ)/(√v̂ + ε)",
		Doc: "Adam with Nesterov's look ahead; often a little faster",
		New: func() Optimizer { return &NAdam{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7} }})
}

func (o *NAdam) Fields() []config.Field {
	return append([]config.Field{rateField(&o.LR)}, momentFields(&o.Beta1, &o.Beta2, &o.Epsilon)...)
}

func (o *NAdam) Slots() int { return 2 }

func (o *NAdam) Rate() float64 { return o.LR }

func (o *NAdam) Update(p Param, step int, lr float64) {
	kernel.NAdam(p.W, p.G, p.Slots[0], p.Slots[1], lr, o.Beta1, o.Beta2, o.Epsilon, step)
}
