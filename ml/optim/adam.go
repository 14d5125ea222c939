package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// Adam scales each weight's step by the size of its recent gradients (Kingma
// and Ba, ICLR 2015), with the bias corrections as torch.optim.Adam applies them:
//
//	m ← β1·m + (1-β1)·g    v ← β2·v + (1-β2)·g²
//	w ← w - lr/(1-β1^t) · m / (√v/√(1-β2^t) + ε)
type Adam struct {
	LR, Beta1, Beta2, Epsilon float64
}

func init() {
	Register(Info{Type: "adam", Title: "Adam", Formula: "w ← w - lr·m̂/(√v̂ + ε)",
		Doc: "Gives each weight a step size of its own; a good first choice",
		New: func() Optimizer { return &Adam{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7} }})
}

func (o *Adam) Fields() []config.Field {
	return append([]config.Field{rateField(&o.LR)}, momentFields(&o.Beta1, &o.Beta2, &o.Epsilon)...)
}

// momentFields are the settings that Adam and its kin share.
func momentFields(beta1, beta2, epsilon *float64) []config.Field {
	return []config.Field{
		config.Float("beta1", beta1, 0, 0.999999, "How slowly the mean of the gradients follows them"),
		config.Float("beta2", beta2, 0, 0.999999, "How slowly the mean of their squares follows them"),
		config.Float("epsilon", epsilon, 1e-12, 1, "Keeps the division from blowing up; 1e-7 in Keras, 1e-8 in PyTorch"),
	}
}

func (o *Adam) Slots() int { return 2 }

func (o *Adam) Rate() float64 { return o.LR }

func (o *Adam) Update(p Param, step int, lr float64) {
	kernel.Adam(p.W, p.G, p.Slots[0], p.Slots[1], lr, o.Beta1, o.Beta2, o.Epsilon, step)
}

func (o *Adam) PyTorch(c *Code) {
	c.torch("torch.optim.Adam", python.Arg("lr", o.LR), betas(o.Beta1, o.Beta2), python.Unless("eps", o.Epsilon, 1e-8))
}

func (o *Adam) Keras(c *Code) {
	c.keras("Adam", python.Unless("beta_1", o.Beta1, 0.9), python.Unless("beta_2", o.Beta2, 0.999), python.Unless("epsilon", o.Epsilon, 1e-7))
}

// betas is PyTorch's argument for both, left out where they are the usual ones.
func betas(beta1, beta2 float64) python.Named {
	if beta1 == 0.9 && beta2 == 0.999 {
		return python.Named{Name: "betas"}
	}
	return python.Arg("betas", python.Raw("("+python.Float(beta1)+", "+python.Float(beta2)+")"))
}
