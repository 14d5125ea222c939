package session

import "descent/ml/train"

const (
	maxSpreads   = 64 // parameters, or layers
	spreadOver   = 64 // samples that activations are of
	maxProjected = 300
)

// showSpreads adds how the numbers of parameters or layers are spread.
func (s *Session) showSpreads(e *Event, blob func([]byte) int) {
	of := s.views.want.Spreads
	out := &Spreads{Of: of, Step: s.train.StepNumber(), Columns: train.Bins}
	var all []train.Histogram
	switch of {
	case OfWeights, OfGradients:
		if of == OfGradients {
			all = s.train.Gradients()
		} else {
			all = s.train.Weights()
		}
		for _, p := range s.train.Params().Index {
			out.Names, out.Shapes = append(out.Names, p.Name), append(out.Shapes, p.Shape)
		}
	case OfActivations:
		all = s.activations(out)
	default:
		return
	}
	out.More = max(0, len(all)-maxSpreads)
	all = all[:min(len(all), maxSpreads)]
	out.Names, out.Shapes = out.Names[:len(all)], out.Shapes[:len(all)]
	var shares []float32
	for _, h := range all {
		out.Counts, out.Broken, out.Zeros = append(out.Counts, h.Count), append(out.Broken, h.NotFinite), append(out.Zeros, h.Zeros)
		out.Min, out.Max = append(out.Min, h.Min), append(out.Max, h.Max)
		out.Mean, out.SD = append(out.Mean, h.Mean), append(out.SD, h.SD)
		for _, n := range h.Bins {
			shares = append(shares, float32(n)/float32(max(1, h.Count)))
		}
	}
	out.Blob = blob(float32s(shares))
	e.Spreads = out
}

// activations counts what each layer makes of some samples.
func (s *Session) activations(out *Spreads) (all []train.Histogram) {
	paths := s.outputs()
	probe, samples := s.crowd(&s.glass.layers, spreadOver, paths...)
	out.Samples, out.Names = len(samples), paths
	for _, p := range paths {
		v := probe.Values(p)
		out.Shapes = append(out.Shapes, v.Shape[1:])
		all = append(all, train.NewHistogram(v.Data))
	}
	return all
}

// crowd runs the model on the first samples, so many as can be afforded.
func (s *Session) crowd(l *lens, most int, paths ...string) (*train.Probe, []int) {
	part, there := s.watched()
	n := s.affordable(min(most, there))
	probe := l.at(s, n, paths...)
	size, y := s.modelInput(), make([]float32, s.set.Meta.Y.Len())
	x := make([]float32, n*size)
	samples := make([]int, n)
	for i := range n {
		samples[i] = i
		s.train.Read(part, i, x[i*size:(i+1)*size], y)
	}
	probe.Run(x)
	return probe, samples
}
