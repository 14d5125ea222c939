package optim

import (
	"descent/ml/config"
	"descent/ml/kernel"
)

// Decay is decoupled weight decay (Loshchilov and Hutter, ICLR 2019): each step
// also shrinks the parameter by lr·rate, whatever the gradient.
type Decay struct {
	Rate      float64
	AppliesTo string // "weights" or "all"
}

func (d *Decay) fields() []config.Field {
	return []config.Field{
		config.Float("weight_decay", &d.Rate, 0, 10, "How much each step shrinks the weights, times the learning rate"),
		config.Choice("applies_to", &d.AppliesTo, []string{"weights", "all"},
			"What decays: weights that are multiplied with inputs, or biases and gains too, as in PyTorch"),
	}
}

func (d *Decay) apply(p Param, lr float64) {
	if d.Rate > 0 && (d.AppliesTo == "all" || p.Matrix()) {
		kernel.Scale(p.W, p.W, float32(1-lr*d.Rate))
	}
}
