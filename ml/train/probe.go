package train

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Probe runs the model on one sample at a time and keeps the values it was
// asked for. Unlike Inspect it takes any sample, computes no gradients, and is
// compiled once for many looks; like a prediction it sees the weights as they
// are at each Run. What it returns is its own memory, until the next Run.
type Probe struct {
	t *Trainer
	p *program
}

// Probe compiles a program that keeps the values of those names, of which
// Paths has a list.
func (t *Trainer) Probe(paths ...string) (*Probe, error) {
	known := t.Paths()
	for _, p := range paths {
		if !slices.Contains(known, p) {
			return nil, config.Problem("there is no value of that name; there are %s", strings.Join(known, ", ")).At(p)
		}
	}
	observe := func(name string) bool { return slices.Contains(paths, name) }
	return &Probe{t, t.newReplica(false).compile(1, observe)}, nil
}

// Run computes everything for a sample as the model sees it, which is what Read
// returns. An embedding must have a row for each of its tokens.
func (p *Probe) Run(x []float32) {
	copy(p.p.x.Data, x)
	clear(p.p.y.Data) // the loss is computed too, and must find a class
	p.p.Forward(0, 0)
}

// Prediction returns the model's answer: probabilities of the classes, or
// values, without the number of samples in front.
func (p *Probe) Prediction() tensor.Tensor { return first(p.p.predict) }

// Value returns one of the values asked for; without the number of samples in
// front, but for a parameter, which has none.
func (p *Probe) Value(path string) tensor.Tensor {
	v := p.p.At(path)
	if _, param := p.t.params.Find(path); param {
		return v
	}
	return first(v)
}

func first(t tensor.Tensor) tensor.Tensor { return tensor.Tensor{Shape: t.Shape[1:], Data: t.Data} }
