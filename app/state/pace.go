package state

import (
	"slices"

	"descent/ml/session"
)

// Paces are the speeds that training can be held to, in steps a second; 0 is as fast as it goes.
var Paces = []float64{2, 20, 400, 0}

// What a pace is remembered for: points learn too fast to be watched, images never do.
const (
	OfPoints = "points"
	OfImages = "images"
)

func startingPaces() map[string]float64 { return map[string]float64{OfPoints: 400, OfImages: 0} }

// PaceOf says for which kind of data the pace is chosen now.
func (s *Store) PaceOf() string {
	if s.Kind() == OfImages {
		return OfImages
	}
	return OfPoints
}

// Pace is the speed for the data of the moment.
func (s *Store) Pace() float64 { return s.Paces[s.PaceOf()] }

// pace changes the speed, at once where training goes on.
func (s *Store) pace(a SetPace) []session.Command {
	if !slices.Contains(Paces, a.Rate) || a.Of != OfPoints && a.Of != OfImages {
		return nil
	}
	if s.Paces[a.Of] == a.Rate {
		return nil
	}
	s.touch(OnRun)
	s.Paces[a.Of] = a.Rate
	if a.Of != s.PaceOf() || s.stale || s.State.Phase != session.Running {
		return nil
	}
	s.paced = true
	return []session.Command{{Run: &session.Run{Rate: a.Rate}}}
}
