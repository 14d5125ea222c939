package session

import "time"

// Speed is where the time of training goes, while a Watch asks for it.
type Speed struct {
	GFLOPS  float64 // 10⁹ multiplications and additions a second; backward is counted as twice forward
	Samples float64 // a second
	Step    float64 // milliseconds a step

	Phases []float64 // the share of the time that each has, by Phases

	// The share that each layer has, forward and backward; "" is the loss.
	Layers            []string
	Forward, Backward []float64
}

// Phases are those of Speed.Phases, in the order of train.Profile.
var Phases = []string{"data", "forward", "backward", "exchange", "update"}

// speedEvery is how often it is told.
const speedEvery = time.Second

// clock has steps timed while somebody watches, and tells where the time went.
func (s *Session) clock() {
	s.train.Profiling(s.views.want.Speed)
	if !s.views.want.Speed || s.phase != Running || time.Since(s.clocked) < speedEvery {
		return
	}
	fresh := time.Since(s.clocked) > 3*speedEvery // what was timed before it stopped tells nothing of now
	s.clocked = time.Now()
	p := s.train.Profile()
	plan, err := s.exp.Plan()
	if fresh || err != nil || p.Steps == 0 || p.Seconds <= 0 {
		return
	}
	e := &Speed{Samples: float64(p.Samples) / p.Seconds, Step: 1e3 * p.Seconds / float64(p.Steps)}
	e.GFLOPS = 3 * float64(plan.FLOPs) * e.Samples / 1e9
	for _, v := range p.Phases {
		e.Phases = append(e.Phases, v/p.Seconds)
	}
	for _, l := range p.Layers {
		e.Layers = append(e.Layers, l.Node)
		e.Forward, e.Backward = append(e.Forward, l.Forward/p.Seconds), append(e.Backward, l.Backward/p.Seconds)
	}
	s.emit(Event{Speed: e})
}

func (m *Speed) fields(c *codec) {
	c.float("gflops", &m.GFLOPS)
	c.float("samples", &m.Samples)
	c.float("step", &m.Step)
	c.floats("phases", &m.Phases)
	c.texts("layers", &m.Layers)
	c.floats("forward", &m.Forward)
	c.floats("backward", &m.Backward)
}
