package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// Adagrad divides each weight's gradient by the root of all its squares so far
// (Duchi, Hazan and Singer, JMLR 2011), as torch.optim.Adagrad does:
//
//	s ← s + g²    w ← w - lr·g/(√s + ε)
type Adagrad struct {
	LR, Epsilon float64
}

func init() {
	Register(Info{Type: "adagrad", Title: "Adagrad", Formula: "s ← s + g²,  w ← w - lr·g/(√s + ε)",
		Doc: "Steps that shrink as gradients add up; suits inputs that are mostly zero",
		New: func() Optimizer { return &Adagrad{LR: 0.05, Epsilon: 1e-10} }})
}

func (o *Adagrad) Fields() []config.Field {
	return []config.Field{
		rateField(&o.LR),
		config.Float("epsilon", &o.Epsilon, 1e-12, 1, "Keeps the division from blowing up"),
	}
}

func (o *Adagrad) Slots() int { return 1 }

func (o *Adagrad) Rate() float64 { return o.LR }

func (o *Adagrad) Update(p Param, _ int, lr float64) {
	kernel.Adagrad(p.W, p.G, p.Slots[0], lr, o.Epsilon)
}

func (o *Adagrad) PyTorch(c *Code) {
	c.torch("torch.optim.Adagrad", python.Arg("lr", o.LR), python.Unless("eps", o.Epsilon, 1e-10))
}

func (o *Adagrad) Keras(c *Code) {
	c.keras("Adagrad", python.Arg("initial_accumulator_value", 0.0), python.Arg("epsilon", o.Epsilon))
}
