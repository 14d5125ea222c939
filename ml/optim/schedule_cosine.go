package optim

import (
	"math"

	"descent/ml/config"
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
