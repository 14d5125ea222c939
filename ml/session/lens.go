package session

import (
	"slices"

	"descent/ml/train"
)

// lenses is what can be shown of the model at work. Each looks at what is
// wanted, adds it to the event, and does nothing where nothing is.
var lenses = []func(s *Session, e *Event, blob func([]byte) int){
	(*Session).showInsides,
	(*Session).showNetwork,
	(*Session).showValues,
	(*Session).showSpreads,
	(*Session).showProjection,
}

// A lens is a probe that is kept from one look to the next.
type lens struct {
	probe *train.Probe
	paths []string
	count int
}

// at returns a probe of those values for so many samples at a time. It is
// compiled when something else is wanted than before.
func (l *lens) at(s *Session, count int, paths ...string) *train.Probe {
	if l.probe == nil || l.count != count || !slices.Equal(l.paths, paths) {
		probe, err := s.train.ProbeMany(count, paths...)
		if err != nil {
			panic("session: the model has lost a value: " + err.Error())
		}
		l.probe, l.paths, l.count = probe, slices.Clone(paths), count
	}
	return l.probe
}

// run shows a subject to a probe of one sample.
func (on *subject) run(p *train.Probe) {
	if on.raw != nil {
		p.RunRaw(on.raw)
		return
	}
	p.Run(on.x)
}

// known returns those paths that the model has.
func (s *Session) known(paths []string) []string {
	all := s.train.Paths()
	return slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !slices.Contains(all, p) })
}

// outputs returns the nodes of the model, in order.
func (s *Session) outputs() (paths []string) {
	for _, n := range s.exp.Model.Nodes {
		paths = append(paths, n.ID)
	}
	return s.known(paths)
}

// affordable is how many samples can be run at once when every layer is kept:
// few enough to take neither much memory nor much time.
func (s *Session) affordable(most int) int {
	const (
		numbers = 1 << 22 // that are kept
		flops   = 1e9     // about a tenth of a second in a browser
	)
	plan, _ := s.exp.Plan() // it was checked when it was read
	each := plan.Input.Len()
	for _, r := range plan.Rows {
		each += r.Output.Len()
	}
	n := min(most, numbers/max(1, each), int(flops/max(1, float64(plan.FLOPs))))
	return max(1, n)
}

// watched is the part whose samples are looked at, and how many it has.
func (s *Session) watched() (part train.Part, samples int) {
	n, validation, _ := s.train.Samples()
	if validation == 0 {
		return train.Training, n
	}
	return train.Validation, validation
}
