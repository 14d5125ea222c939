package state

import "math"

// A Course is a training whose speed was measured on some machine, for what it takes on this one.
type Course struct {
	Document string  // as a run of it would have it
	Steps    int     // of the whole training
	Speed    float64 // steps a second for each GFLOPS that the machine was gauged at, with courseWorkers; 0 is not known
	Shards   int     // that a batch is cut into
	Of       string  // the pace that it keeps to, OfPoints or OfImages
}

// courseWorkers is how many workers the speeds of courses were measured with.
const courseWorkers = 2

// Lasts is about how many seconds the training takes here; 0 is not known. Where a run of the same document was made, it
// goes by that, and seen tells that the run was whole. Else it is
//
//	steps / (speed × GFLOPS of this machine) × rounds(cores) / rounds(courseWorkers)
//
// where a round is one shard for each worker. In no case it is less than the pace that is chosen allows.
func (s *Store) Lasts(c Course, cores int) (seconds float64, seen bool) {
	if c.Steps <= 0 {
		return 0, false
	}
	most := 0
	for i := range s.Runs { // the latest first
		if r := &s.Runs[i]; r.Document == c.Document && r.Step > most && 20*r.Step >= c.Steps && r.Seconds > 0 {
			most = r.Step
			seconds = r.Seconds * float64(c.Steps) / float64(r.Step)
			seen = r.Step >= c.Steps
		}
	}
	if most == 0 {
		if s.gauged <= 0 || c.Speed <= 0 {
			return 0, false
		}
		rounds := func(workers int) float64 { return math.Ceil(float64(max(1, c.Shards)) / float64(max(1, workers))) }
		seconds = float64(c.Steps) / (c.Speed * s.gauged / 1e9) * rounds(cores) / rounds(courseWorkers)
	}
	if pace := s.Paces[c.Of]; pace > 0 && seconds < float64(c.Steps)/pace {
		seconds, seen = float64(c.Steps)/pace, false
	}
	return seconds, seen
}

// Roughly writes a time with one figure: 20 s, 3 min, 1 h.
func (s *Store) Roughly(seconds float64) string {
	l := s.Language
	if n := oneFigure(seconds); n < 60 {
		return l.Text("time.seconds", max(1, n))
	}
	if n := oneFigure(seconds / 60); n < 60 {
		return l.Text("time.minutes", max(1, n))
	}
	return l.Text("time.wholehours", max(1, oneFigure(seconds/3600)))
}

// oneFigure rounds to a whole number of one figure.
func oneFigure(v float64) int {
	if v < 1 {
		return int(math.Round(v))
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	return int(math.Round(v/unit) * unit)
}
