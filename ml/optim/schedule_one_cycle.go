package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/python"
)

// OneCycle rises from lr/start to lr and falls far below where it began, both
// along cosines (Smith and Topin, Super-Convergence, 2018), as PyTorch's
// OneCycleLR does; the momentum stays as it is.
type OneCycle struct {
	Rise, Start, End float64
}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "one_cycle", Title: "One cycle", Formula: "lr/start ↗ lr ↘ lr/start/end",
		Doc: "Rises to a bold learning rate and falls to almost none, once over the whole training",
		New: func() Schedule { return &OneCycle{Rise: 0.3, Start: 25, End: 10000} }})
}

func (s *OneCycle) Fields() []config.Field {
	return []config.Field{
		config.Float("rise", &s.Rise, 0.001, 0.999, "The share of the steps in which the rate rises"),
		config.Float("start_factor", &s.Start, 1, 1e6, "How many times smaller the first rate is than the highest"),
		config.Float("end_factor", &s.End, 1, 1e9, "How many times smaller the last rate is than the first"),
	}
}

func (s *OneCycle) Rate(base float64, m Moment) float64 {
	between := func(from, to, t float64) float64 { return to + (from-to)/2*(1+math.Cos(math.Pi*t)) }
	first := base / s.Start
	last := float64(max(1, m.Steps-1))
	top := s.Rise*float64(m.Steps) - 1
	at := math.Min(float64(m.Step), last)
	if at <= top && top > 0 { // with one step to rise in, that step is the top
		return between(first, base, at/top)
	}
	return between(base, first/s.End, (at-top)/math.Max(last-top, 1))
}

func (s *OneCycle) PyTorch(c *ScheduleCode) {
	c.Expr = python.Call("torch.optim.lr_scheduler.OneCycleLR", python.Raw("optimizer"), c.LR, python.Raw("steps"), python.Unless("pct_start", s.Rise, 0.3),
		python.Unless("div_factor", s.Start, 25), python.Unless("final_div_factor", s.End, 1e4), python.Arg("cycle_momentum", false))
}

func (s *OneCycle) Keras(c *ScheduleCode) {
	c.Need(kerasOneCycle)
	c.Expr = python.Call("OneCycle", c.LR, python.Raw("steps"), s.Rise, s.Start, s.End)
}

var kerasOneCycle = python.Def{Name: "OneCycle", Text: `class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """Rises to a bold learning rate and falls to almost none, both along cosines."""

    def __init__(self, lr, steps, rise, start_factor, end_factor):
        self.lr, self.last, self.top = lr, steps - 1, max(rise * steps - 1, 1e-9)
        self.first = lr / start_factor
        self.end = self.first / end_factor

    def __call__(self, step):
        step = ops.minimum(ops.cast(step, "float32"), float(self.last))
        between = lambda a, b, t: b + (a - b) / 2 * (1 + ops.cos(np.pi * t))
        up = between(self.first, self.lr, step / self.top)
        down = between(self.lr, self.end, (step - self.top) / max(self.last - self.top, 1.0))
        return ops.where(step <= self.top, up, down)
`}
