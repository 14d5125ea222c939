package optim

import (
	"math"

	"descent/ml/config"
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
