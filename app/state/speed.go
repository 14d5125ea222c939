package state

import "descent/ml/session"

// Timing is the speed meter.
type Timing struct {
	SpeedOpen bool
	Speed     *session.Speed // the latest; nil before the first
}

// ShowSpeed opens and closes it. While it is closed no step is timed.
type ShowSpeed struct{ On bool }

func (ShowSpeed) action() {}

func (s *Store) timing(a ShowSpeed) []session.Command {
	if s.SpeedOpen == a.On {
		return nil
	}
	s.touch(OnStats)
	s.SpeedOpen, s.Speed = a.On, nil
	return s.look()
}

// A LayerShare is a line of the meter.
type LayerShare struct {
	Layer             string // "" for the loss
	Forward, Backward float64
}

// LayerShares lists the layers that take time.
func (t *Timing) LayerShares() (out []LayerShare) {
	if t.Speed == nil {
		return nil
	}
	for i, layer := range t.Speed.Layers {
		if l := (LayerShare{layer, t.Speed.Forward[i], t.Speed.Backward[i]}); l.Forward+l.Backward > 0 {
			out = append(out, l)
		}
	}
	return out
}
