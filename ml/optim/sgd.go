package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
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

func (o *SGD) Update(w, g []float32, _ [][]float32, _ int) {
	kernel.SGD(w, g, float32(o.LR))
}
