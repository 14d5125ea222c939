package train

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Probe runs the model on samples and keeps the values it was asked for.
// Unlike Inspect it takes any samples, computes no gradients, and is compiled
// once for many looks; like a prediction it sees the weights as they are at each
// Run. What it returns is its own memory, until the next Run.
type Probe struct {
	t *Trainer
	p *program
	n int
}

// Probe compiles a program for one sample that keeps the values of those names,
// of which Paths has a list.
func (t *Trainer) Probe(paths ...string) (*Probe, error) { return t.ProbeMany(1, paths...) }

// ProbeMany is Probe for n samples at a time.
func (t *Trainer) ProbeMany(n int, paths ...string) (*Probe, error) {
	known := t.Paths()
	for _, p := range paths {
		if !slices.Contains(known, p) {
			return nil, config.Problem("there is no value of that name; there are %s", strings.Join(known, ", ")).At(p)
		}
	}
	observe := func(name string) bool { return slices.Contains(paths, name) }
	return &Probe{t, t.newReplica(false).compile(n, observe), n}, nil
}

// Run computes everything for samples as the model sees them, which is what
// Read returns, one after the other. An embedding must have a row for each of
// their tokens.
func (p *Probe) Run(x []float32) {
	copy(p.p.x.Data, x)
	p.forward()
}

// RunRaw is Run for samples as the data has them, before preprocessing.
func (p *Probe) RunRaw(x []float32) {
	size, seen := p.t.meta.X.Len(), p.t.pipe.Shape().Len()
	for i := range p.n {
		p.t.pipe.Apply(p.p.x.Data[i*seen:(i+1)*seen], x[i*size:(i+1)*size])
	}
	p.forward()
}

func (p *Probe) forward() {
	clear(p.p.y.Data) // the loss is computed too, and must find a class
	p.p.Forward(0, 0)
}

// Input returns the samples as the model saw them.
func (p *Probe) Input() tensor.Tensor { return p.p.x }

// Prediction returns the model's answer to a single sample: probabilities of
// the classes, or values, without the number of samples in front.
func (p *Probe) Prediction() tensor.Tensor { return first(p.p.predict) }

// Answers returns the model's answers, with the number of samples in front.
func (p *Probe) Answers() tensor.Tensor { return p.p.predict }

// Value returns one of the values asked for, of a single sample; without the
// number of samples in front, but for a parameter, which has none.
func (p *Probe) Value(path string) tensor.Tensor {
	if _, param := p.t.params.Find(path); param {
		return p.p.At(path)
	}
	return first(p.p.At(path))
}

// Values returns one of the values asked for, with the number of samples in
// front, but for a parameter, which has none.
func (p *Probe) Values(path string) tensor.Tensor { return p.p.At(path) }

func first(t tensor.Tensor) tensor.Tensor { return tensor.Tensor{Shape: t.Shape[1:], Data: t.Data} }
