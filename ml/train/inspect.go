package train

import (
	"fmt"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// A Look is what one value of the model held for some samples. Nothing in it
// is shared with the trainer.
type Look struct {
	Path  string        // "conv1", "conv1.pre", "conv1.weight"
	Param bool          // a parameter, which has no samples
	Value tensor.Tensor // the samples' numbers come first
	Grad  tensor.Tensor // of the mean loss; without Data where there is none: of the input, of what is frozen, of a softmax that the loss looks through
}

// Paths lists what Inspect takes, in the model's order: the input, each node,
// the steps on the way to it ("conv1.pre", before its activation) and its
// parameters.
func (t *Trainer) Paths() []string {
	g, _, _, err := t.exp.Graph(1)
	if err != nil {
		return nil // it was checked when it was read
	}
	var out []string
	for _, name := range g.Names() {
		if own(name, t.exp.Model.Nodes) {
			out = append(out, name)
		}
	}
	return out
}

// own reports whether a value belongs to the model, and not to the loss.
func own(name string, nodes []nn.Node) bool {
	for _, n := range nodes {
		if name == n.ID || strings.HasPrefix(name, n.ID+".") {
			return true
		}
	}
	return name == nn.InputName
}

// Inspect runs the model on samples of a part of the data, by their numbers
// there, and returns what it was asked for. Values are what a prediction makes
// of them: without dropout or augmentation, and with the weights that
// evaluations see. Gradients are those of the mean loss of the samples, or of
// their labels that count, as the next step of training would compute them,
// dropout included. Without samples only parameters can be asked for, and they
// come without gradients.
//
// It compiles programs of its own with those values observed, so what trains
// is not touched.
func (t *Trainer) Inspect(part Part, samples []int, paths ...string) ([]Look, error) {
	known := t.Paths()
	for _, p := range paths {
		if !slices.Contains(known, p) {
			return nil, config.Problem("there is no value of that name; there are %s", strings.Join(known, ", ")).At(p)
		}
	}
	d := t.part(part)
	for _, i := range samples {
		if i < 0 || i >= d.Len() {
			return nil, &config.Error{Field: "samples", Msg: fmt.Sprintf("there is no sample %d; there are %d, counted from 0", i, d.Len())}
		}
	}
	if len(samples) == 0 {
		return t.weights(paths)
	}
	observe := func(name string) bool { return slices.Contains(paths, name) }
	values := t.newReplica(false).compile(len(samples), observe)
	values.fill(d, samples)
	values.Forward(0, 0)
	grads := t.newReplica(true).compile(len(samples), observe)
	grads.fill(d, samples)
	grads.Forward(uint64(t.step), 0)
	grads.Backward(1 / float32(max(1, grads.weight())))
	out := make([]Look, len(paths))
	for i, path := range paths {
		_, param := t.params.Find(path)
		out[i] = Look{Path: path, Param: param, Value: clone(values.At(path))}
		if grad, ok := grads.Grad(path); ok {
			out[i].Grad = clone(grad)
		}
	}
	return out, nil
}

func (t *Trainer) weights(paths []string) ([]Look, error) {
	out := make([]Look, len(paths))
	for i, path := range paths {
		at, ok := t.params.Find(path)
		if !ok {
			return nil, config.Problem("is worked out from samples; say which").At(path)
		}
		value := tensor.Tensor{Shape: t.params.Index[at].Shape, Data: t.params.Of(t.Shown().Value, at)}
		out[i] = Look{Path: path, Param: true, Value: clone(value)}
	}
	return out, nil
}

func clone(t tensor.Tensor) tensor.Tensor {
	return tensor.Tensor{Shape: t.Shape, Data: append([]float32{}, t.Data...)}
}
