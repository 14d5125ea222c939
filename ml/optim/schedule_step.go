package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/python"
)

// Stairs cuts the learning rate every so many epochs, as PyTorch's StepLR does.
type Stairs struct {
	Every  int
	Factor float64
}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "step", Title: "Steps", Formula: "lr·factor^⌊epoch/every⌋",
		Doc: "The learning rate goes down a stair every so many epochs", New: func() Schedule { return &Stairs{Every: 10, Factor: 0.5} }})
}

func (s *Stairs) Fields() []config.Field {
	return []config.Field{
		config.Int("every", &s.Every, 1, 1_000_000, "Epochs between two stairs").With("epochs"),
		config.Float("factor", &s.Factor, 1e-6, 1, "What the learning rate is multiplied with at each"),
	}
}

func (s *Stairs) Rate(base float64, m Moment) float64 {
	return base * math.Pow(s.Factor, float64(m.Epoch()/s.Every))
}

func (s *Stairs) PyTorch(c *ScheduleCode) {
	c.Expr = "torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: " + python.Float(s.Factor) + " ** (step // steps_per_epoch // " + python.Literal(s.Every) + "))"
}

func (s *Stairs) Keras(c *ScheduleCode) {
	c.Expr = python.Call("keras.optimizers.schedules.ExponentialDecay", c.LR, python.Raw(python.Literal(s.Every)+" * steps_per_epoch"), s.Factor, python.Arg("staircase", true))
}
