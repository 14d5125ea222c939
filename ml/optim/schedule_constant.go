package optim

import "descent/ml/config"

// Constant keeps the learning rate as it was set.
type Constant struct{}

func init() {
	RegisterSchedule(ScheduleInfo{Type: "constant", Title: "Constant", Formula: "lr",
		Doc: "The same learning rate from the first step to the last", New: func() Schedule { return &Constant{} }})
}

func (*Constant) Fields() []config.Field { return nil }

func (*Constant) Rate(base float64, _ Moment) float64 { return base }

func (*Constant) PyTorch(*ScheduleCode) {}
func (*Constant) Keras(*ScheduleCode)   {}
