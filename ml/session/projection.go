package session

import (
	"math"

	"descent/ml/nn"
	"descent/ml/pca"
	"descent/ml/train"
)

// maxDimensions bounds the numbers of a sample that are compared with another's.
const maxDimensions = 1024

// showProjection adds where samples lie by what a layer makes of them.
func (s *Session) showProjection(e *Event, _ func([]byte) int) {
	path := s.views.want.Projects
	if path == "" || len(s.known([]string{path})) == 0 {
		return
	}
	if _, param := s.train.Params().Find(path); param {
		return
	}
	probe, samples := s.crowd(&s.glass.crowd, maxProjected, path)
	v := probe.Input()
	if path != nn.InputName {
		v = probe.Values(path)
	}
	n, size := len(samples), len(v.Data)/len(samples)
	every := (size + maxDimensions - 1) / maxDimensions
	used := (size + every - 1) / every
	x := make([]float32, 0, n*used)
	for i := range n {
		for j := 0; j < size; j += every {
			x = append(x, finite(v.Data[i*size+j]))
		}
	}
	if s.glass.follows != path {
		s.glass.follows, s.glass.follower = path, pca.Follower{}
	}
	p := s.glass.follower.Project(x, n, used, 3)
	e.Projection = &Projection{Path: path, Shape: v.Shape[1:], Step: s.train.StepNumber(), Used: used,
		Places: scaled(p.Places), Explained: p.Explained, Samples: samples}
	s.label(e.Projection, probe)
}

// label adds the samples' right answers and the model's.
func (s *Session) label(p *Projection, probe *train.Probe) {
	meta := s.set.Meta
	if meta.Y.Len() > 1 { // a sample's answer is no one class
		return
	}
	part, _ := s.watched()
	x, y := make([]float32, s.modelInput()), make([]float32, 1)
	answers := probe.Answers()
	each := len(answers.Data) / len(p.Samples)
	for i, id := range p.Samples {
		s.train.Read(part, id, x, y)
		p.Labels = append(p.Labels, float64(y[0]))
		if len(meta.Classes) > 0 {
			p.Predicted = append(p.Predicted, train.Class(answers.Data[i*each:(i+1)*each]))
		}
	}
}

func finite(v float32) float32 {
	if v-v != 0 {
		return 0
	}
	return v
}

// scaled makes the largest number 1, to four places.
func scaled(places []float64) []float64 {
	most := 0.0
	for _, v := range places {
		most = max(most, v, -v)
	}
	out := make([]float64, len(places))
	for i, v := range places {
		out[i] = math.Trunc(1e4*v/max(most, 1e-30)) / 1e4
	}
	return out
}
