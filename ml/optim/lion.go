package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
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

func (o *Lion) PyTorch(c *Code) {
	c.Need(torchLion)
	c.Note("PyTorch has no Lion; the class above is the one that Descent has.")
	c.torchDecay("Lion", o.Decay, python.Arg("lr", o.LR), python.Arg("betas", python.Raw("("+python.Float(o.Beta1)+", "+python.Float(o.Beta2)+")")))
}

var torchLion = python.Def{Name: "Lion", Text: `class Lion(torch.optim.Optimizer):
    """Moves every weight by the same amount, in the direction of its momentum."""

    def __init__(self, params, lr, betas, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in (p for p in group["params"] if p.grad is not None):
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * (beta1 * m + (1 - beta1) * p.grad).sign())
                m.mul_(beta2).add_(p.grad, alpha=1 - beta2)
`}

func (o *Lion) Keras(c *Code) {
	c.keras("Lion", python.Arg("beta_1", o.Beta1), python.Arg("beta_2", o.Beta2), c.kerasDecay(o.Decay))
}
