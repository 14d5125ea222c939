package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
	"descent/ml/python"
)

// SGD is plain gradient descent on batches: w ← w - lr·g.
type SGD struct {
	LR float64
}

func init() {
	Register(Info{Type: "sgd", Title: "SGD", Formula: "w ← w - lr·g",
		Doc: "Plain gradient descent: a step straight down the slope of the batch",
		New: func() Optimizer { return &SGD{LR: 0.01} }})
}

func (o *SGD) Fields() []config.Field { return []config.Field{rateField(&o.LR)} }

func (o *SGD) Slots() int { return 0 }

func (o *SGD) Rate() float64 { return o.LR }

func (o *SGD) Update(p Param, _ int, lr float64) {
	kernel.SGD(p.W, p.G, float32(lr))
}

func (o *SGD) PyTorch(c *Code) { c.torch("torch.optim.SGD", python.Arg("lr", o.LR)) }

func (o *SGD) Keras(c *Code) { c.keras("SGD") }
