package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/python"
)

// Exponential shrinks the learning rate a little at each step, by a factor in
// an epoch; PyTorch's ExponentialLR does it at the ends of epochs.
type Exponential struct {
	Factor float64
}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "exponential", Title: "Exponential", Formula: "lr·factor^(step/steps of an epoch)",
		Doc: "The learning rate shrinks evenly, by the same share in every epoch", New: func() Schedule { return &Exponential{Factor: 0.9} }})
}

func (s *Exponential) Fields() []config.Field {
	return []config.Field{config.Float("factor", &s.Factor, 1e-6, 1, "What is left of the learning rate after an epoch")}
}

func (s *Exponential) Rate(base float64, m Moment) float64 {
	return base * math.Pow(s.Factor, float64(m.Step)/float64(max(1, m.PerEpoch)))
}

func (s *Exponential) PyTorch(c *ScheduleCode) {
	c.Expr = "torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: " + python.Float(s.Factor) + " ** (step / steps_per_epoch))"
}

func (s *Exponential) Keras(c *ScheduleCode) {
	c.Expr = python.Call("keras.optimizers.schedules.ExponentialDecay", c.LR, python.Raw("steps_per_epoch"), s.Factor)
}
