package session

import (
	"slices"
	"strings"

	"descent/ml/nn"
	"descent/ml/tensor"
)

const (
	maxNumbers = 1 << 17 // of a value that is shown
	maxAnswers = 100
)

// showValues adds what values of the model hold for the subject, and parameters.
func (s *Session) showValues(e *Event, blob func([]byte) int) {
	paths := s.known(s.views.want.Values)
	if len(paths) == 0 {
		return
	}
	probe := s.glass.values.at(s, 1, paths...)
	on := s.subject(s.views.want.Subject)
	on.run(probe)
	for _, path := range paths {
		v := probe.Input()
		if path != nn.InputName {
			v = probe.Values(path)
		}
		if _, param := s.train.Params().Find(path); !param {
			v = tensor.Tensor{Shape: v.Shape[1:], Data: v.Data}
		}
		shown := fit(v, maxNumbers)
		m := Matrix{Path: path, Step: s.train.StepNumber(), Shape: shown.Shape, Blob: blob(float32s(shown.Data))}
		if len(shown.Data) < len(v.Data) {
			m.Whole = v.Shape
		}
		e.Values = append(e.Values, m)
	}
	answer := probe.Prediction().Data
	e.Viewed = &Viewed{Step: s.train.StepNumber(), Drawn: on.raw != nil, Sample: on.sample, Samples: on.samples,
		Answer: wide(answer[:min(len(answer), maxAnswers)])}
	if on.raw == nil && !on.typed && len(on.y) == 1 {
		e.Viewed.Label = wide(on.y)
	}
}

// fit leaves out of a value what is too much to be shown: the last channels of
// pictures and filters, else the last rows.
func fit(v tensor.Tensor, most int) tensor.Tensor {
	n := v.Shape.Len()
	if n <= most || len(v.Shape) == 0 {
		return v
	}
	shape := slices.Clone(v.Shape)
	if len(shape) < 3 {
		each := n / shape[0]
		shape[0] = max(1, most/each)
		return tensor.Tensor{Shape: shape, Data: v.Data[:shape[0]*each]}
	}
	all := shape[len(shape)-1]
	keep := max(1, most/(n/all))
	shape[len(shape)-1] = keep
	out := make([]float32, 0, n/all*keep)
	for from := 0; from < n; from += all {
		out = append(out, v.Data[from:from+keep]...)
	}
	return tensor.Tensor{Shape: shape, Data: out}
}

// parts lists what there is to see of a layer beside its output: the steps on
// the way to it, and its parameters.
func (s *Session) parts(paths []string, layer string) (steps, weights []string) {
	for _, path := range paths {
		rest, ok := strings.CutPrefix(path, layer+".")
		if !ok {
			continue
		}
		if _, param := s.train.Params().Find(path); param {
			weights = append(weights, rest)
		} else {
			steps = append(steps, rest)
		}
	}
	return steps, weights
}
