package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/python"
)

// Cosine warms the learning rate up along a line and lets it fall along a
// cosine (Loshchilov and Hutter, SGDR, 2017), in the form of Karpathy's nanoGPT:
//
//	step < warmup         lr·(step+1)/(warmup+1)
//	step > decay_steps    min_lr
//	between               min_lr + (lr-min_lr)·(1+cos(π·(step-warmup)/(decay_steps-warmup)))/2
type Cosine struct {
	Warmup, DecaySteps int
	Min                float64
}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "cosine", Title: "Cosine with warm-up", Formula: "min + (lr-min)·(1+cos πt)/2",
		Doc: "Rises to the learning rate in a few steps, then falls along a cosine; what transformers are trained with",
		New: func() Schedule { return &Cosine{} }})
}

func (s *Cosine) Fields() []config.Field {
	return []config.Field{
		config.Int("warmup", &s.Warmup, 0, 1_000_000_000, "Steps in which the rate rises").With("steps"),
		config.Int("decay_steps", &s.DecaySteps, 0, 1_000_000_000, "The step at which the rate has fallen; 0 for the end of training").With("steps"),
		config.Float("min_lr", &s.Min, 0, 100, "What it falls to; a tenth of the learning rate is usual"),
	}
}

func (s *Cosine) Rate(base float64, m Moment) float64 {
	end := s.DecaySteps
	if end == 0 {
		end = m.Steps
	}
	switch {
	case m.Step < s.Warmup:
		return base * float64(m.Step+1) / float64(s.Warmup+1)
	case m.Step > end || end <= s.Warmup:
		return s.Min
	}
	t := float64(m.Step-s.Warmup) / float64(end-s.Warmup)
	return s.Min + (base-s.Min)*0.5*(1+math.Cos(math.Pi*t))
}

func (s *Cosine) PyTorch(c *ScheduleCode) {
	c.Need(torchCosine)
	c.Expr = "torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: " + python.Call("cosine", python.Raw("step"), python.Raw(s.end()),
		python.Unless("warmup", s.Warmup, 0), python.Unless("lowest", c.share(s.Min), 0)) + ")"
}

// end is the step at which the rate has fallen.
func (s *Cosine) end() string {
	if s.DecaySteps == 0 {
		return "steps"
	}
	return python.Literal(s.DecaySteps)
}

var torchCosine = python.Def{Name: "cosine", Text: `def cosine(step, end, warmup=0, lowest=0.0):
    """The share of the learning rate at a step: up along a line, then down along a cosine."""
    if step < warmup:
        return (step + 1) / (warmup + 1)
    if step > end or end <= warmup:
        return lowest
    return lowest + (1 - lowest) * 0.5 * (1 + math.cos(math.pi * (step - warmup) / (end - warmup)))
`}

func (s *Cosine) Keras(c *ScheduleCode) {
	if s.Warmup == 0 {
		c.Expr = python.Call("keras.optimizers.schedules.CosineDecay", c.LR, python.Raw(s.end()), python.Unless("alpha", c.share(s.Min), 0))
		return
	}
	c.Need(kerasCosine)
	c.Expr = python.Call("WarmCosine", c.LR, python.Raw(s.end()), s.Warmup, python.Unless("lowest", s.Min, 0))
}

var kerasCosine = python.Def{Name: "WarmCosine", Text: `class WarmCosine(keras.optimizers.schedules.LearningRateSchedule):
    """Rises along a line, then falls along a cosine."""

    def __init__(self, lr, end, warmup, lowest=0.0):
        self.lr, self.end, self.warmup, self.lowest = lr, end, warmup, lowest

    def __call__(self, step):
        step = ops.cast(step, "float32")
        up = self.lr * (step + 1) / (self.warmup + 1)
        t = ops.clip((step - self.warmup) / max(self.end - self.warmup, 1), 0.0, 1.0)
        down = self.lowest + (self.lr - self.lowest) * 0.5 * (1 + ops.cos(np.pi * t))
        return ops.where(step < self.warmup, up, down)
`}
