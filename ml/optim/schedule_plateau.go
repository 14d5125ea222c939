package optim

import (
	"math"

	"descent/ml/config"
	"descent/ml/python"
)

// Plateau cuts the learning rate when the validation loss has stopped falling,
// as PyTorch's ReduceLROnPlateau does with an absolute threshold.
type Plateau struct {
	Factor, MinDelta, Min float64
	Patience              int
}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "reduce_on_plateau", Title: "Reduce on a plateau", Formula: "lr·factor^cuts",
		Doc: "Cuts the learning rate whenever the validation loss has not improved for a while",
		New: func() Schedule { return &Plateau{Factor: 0.5, Patience: 5, MinDelta: 1e-4} }})
}

func (s *Plateau) Fields() []config.Field {
	return []config.Field{
		config.Float("factor", &s.Factor, 1e-6, 0.999999, "What the learning rate is multiplied with at each cut"),
		config.Int("patience", &s.Patience, 0, 1_000_000, "Validations without improvement that are waited for").With("validations"),
		config.Float("min_delta", &s.MinDelta, 0, 1e6, "What counts as an improvement of the loss"),
		config.Float("min_lr", &s.Min, 0, 100, "The smallest learning rate"),
	}
}

func (s *Plateau) Rate(base float64, m Moment) float64 {
	return math.Max(math.Min(base, s.Min), base*math.Pow(s.Factor, float64(m.Memory.Cuts)))
}

// Watch takes a validation loss into account. One that is not a number is worse
// than any other.
func (s *Plateau) Watch(loss float64, m *Memory) {
	switch {
	case m.Count == 0 || loss < m.Best-s.MinDelta || math.IsNaN(m.Best):
		m.Best, m.Waited = loss, 0
	case m.Waited >= s.Patience:
		m.Waited, m.Cuts = 0, m.Cuts+1
	default:
		m.Waited++
	}
	m.Count++
}

func (s *Plateau) PyTorch(c *ScheduleCode) {
	c.Validation = true
	c.Expr = python.Call("torch.optim.lr_scheduler.ReduceLROnPlateau", python.Raw("optimizer"), python.Arg("factor", s.Factor), python.Arg("patience", s.Patience),
		python.Arg("threshold", s.MinDelta), python.Arg("threshold_mode", "abs"), python.Unless("min_lr", s.Min, 0))
}

func (s *Plateau) Keras(c *ScheduleCode) {
	// Keras cuts with the validation that its patience names, and Descent with the one after.
	c.Callback = python.Call("keras.callbacks.ReduceLROnPlateau", python.Arg("monitor", "val_loss"), python.Arg("factor", s.Factor),
		python.Arg("patience", s.Patience+1), python.Arg("min_delta", s.MinDelta), python.Unless("min_lr", s.Min, 0))
}
