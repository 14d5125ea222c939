// Package export writes an experiment as a program for another library: the
// model with its initial weights, the loss, the optimizer and its schedule, and
// the loop that trains. Such a program is whole, and can be run.
//
// Each layer, loss, optimizer and schedule says in its own file what it is
// called elsewhere; this package puts that together. What a library has no
// equivalent for stands as a comment in the program.
package export

import (
	"fmt"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/nn"
	"descent/ml/optim"
	"descent/ml/python"
	"descent/ml/tensor"
)

// A Library is what a program is written for.
type Library string

// The libraries.
const (
	Keras   Library = "keras"   // version 3, on any of its backends
	PyTorch Library = "pytorch" // from version 1.13
)

// Libraries lists them.
var Libraries = []Library{Keras, PyTorch}

// Options says what a program also has.
type Options struct {
	Weights bool // of PyTorch: a function that takes over the weights of a checkpoint
}

// Write returns the program. The experiment's samples must be known, since
// shapes go by them.
func Write(e *experiment.Experiment, to Library, opt Options) (string, error) {
	w, err := newWriter(e, to)
	if err != nil {
		return "", err
	}
	w.options = opt
	switch to {
	case Keras:
		return w.keras(), nil
	case PyTorch:
		return w.torch(), nil
	}
	return "", fmt.Errorf("there is no library %q to write for; take keras or pytorch", string(to))
}

// A writer is an experiment on its way into a program.
type writer struct {
	e       *experiment.Experiment
	plan    experiment.Plan
	to      Library
	options Options
	codes   []*nn.Code
	loss    nn.LossCode
	optim   optim.Code
	rates   optim.ScheduleCode
	data    nn.Options
	parts   python.Piece // notes and definitions of all
}

// reserved are names that a program has besides those of the layers.
const reserved = `x y out inputs self torch nn F np math keras layers ops model Model Attention Block LayerNorm RMSNorm start sinusoid rotate
	forward train eval parameters modules children buffers to type half float double cpu cuda apply compile training state_dict
	zero_grad add_module register_buffer share_memory main steps optimizer load_data evaluate
	PositionEmbedding ClassToken TiedDense WarmCosine OneCycle named_parameters named_modules requires_grad_ get_parameter extra_repr name`

func newWriter(e *experiment.Experiment, to Library) (*writer, error) {
	w := &writer{e: e, to: to}
	var err error
	if w.plan, err = e.Plan(); err != nil {
		return nil, err
	}
	if !e.Data.Known() {
		return nil, config.Errors{config.Problem("nothing is known of the samples before their file was read; load the data first").At("data.source")}
	}
	w.data = e.Options()
	names := python.NewNames(reserved)
	shapes := map[string]tensor.Shape{nn.InputName: w.plan.Input}
	terms := map[string]nn.Term{}
	made := map[string]string{}
	last := nn.InputName
	ends := ""
	loss, _ := e.Train.Objective.(nn.LossCoder)
	if loss != nil {
		ends = loss.Ends()
	}
	terms[nn.InputName] = nn.Term{Expr: w.input(), Shape: w.plan.Input}
	plain := w.plainReads()
	for i, n := range e.Model.Nodes {
		coder, ok := n.Layer.(nn.Coder)
		if !ok {
			return nil, fmt.Errorf("%s: the layer %s is not written for other libraries", n.ID, n.Type)
		}
		c := &nn.Code{Name: names.Of(n.ID), Node: n.ID, Out: w.plan.Rows[i].Output, Frozen: n.Frozen, Data: w.data, Blocks: e.Model.Blocks(),
			Shared: e.Model.Referred(n.ID)}
		from := n.From
		if len(from) == 0 {
			from = []string{last}
		}
		for _, id := range from {
			c.In = append(c.In, terms[id])
		}
		c.Of = func(id string) (string, nn.Node) {
			for _, other := range e.Model.Nodes {
				if other.ID == id {
					return made[id], other
				}
			}
			return "", nn.Node{}
		}
		if i == len(e.Model.Nodes)-1 {
			w.loss.Ended = ends != "" && activationOf(n) == ends
			if w.to == PyTorch && w.loss.Ended {
				c.Bare = ends
			}
		}
		if to == Keras {
			coder.Keras(c)
		} else {
			coder.PyTorch(c)
		}
		made[n.ID] = c.Name
		shapes[n.ID] = c.Out
		variable := c.Name
		if plain[n.ID] {
			variable = "x"
		}
		c.Lines = append(c.Lines, variable+" = "+c.Expr)
		terms[n.ID] = nn.Term{Expr: variable, Shape: c.Out}
		last = n.ID
		w.codes = append(w.codes, c)
		w.take(c.Piece)
	}
	w.attach(loss)
	w.optimize()
	return w, nil
}

// take collects what a piece needs.
func (w *writer) take(p python.Piece) {
	w.parts.Need(p.Defs...)
	for _, n := range p.Notes {
		w.parts.Note("%s", n)
	}
}

// input is the variable that the model reads: x, unless something later reads
// it again.
func (w *writer) input() string {
	if w.to == Keras {
		return "inputs"
	}
	if !w.plainReads()[nn.InputName] {
		return "inputs"
	}
	return "x"
}

// plainReads says of each node, and of the input, whether only the node after
// it reads it, so that x will do for its name.
func (w *writer) plainReads() map[string]bool {
	plain := map[string]bool{}
	last := nn.InputName
	readers := map[string][]int{}
	for i, n := range w.e.Model.Nodes {
		from := n.From
		if len(from) == 0 {
			from = []string{last}
		}
		for _, id := range from {
			readers[id] = append(readers[id], i)
		}
		last = n.ID
	}
	at := map[string]int{nn.InputName: -1}
	for i, n := range w.e.Model.Nodes {
		at[n.ID] = i
	}
	for id, i := range at {
		next := readers[id]
		plain[id] = !slices.ContainsFunc(next, func(r int) bool { return r != i+1 })
	}
	return plain
}

// activationOf is the activation that a layer ends with.
func activationOf(n nn.Node) string {
	for _, f := range n.Layer.Fields() {
		if f.Name == "activation" && !strings.HasPrefix(n.Type, "transformer") || f.Name == "function" {
			return f.Value().Str
		}
	}
	return "none"
}

// attach writes the loss.
func (w *writer) attach(loss nn.LossCoder) {
	out := w.plan.Rows[len(w.plan.Rows)-1].Output
	w.loss.Classes, w.loss.Steps = len(w.plan.Meta.Classes), len(out) > 1
	w.loss.Outputs = out[len(out)-1]
	switch {
	case loss == nil:
		w.loss.Note("The loss %s is not written for this library.", w.e.Train.Loss)
		w.loss.Expr = "None"
	case w.to == Keras:
		loss.Keras(&w.loss)
	default:
		loss.PyTorch(&w.loss)
	}
	w.take(w.loss.Piece)
}

// optimize writes the optimizer and its schedule.
func (w *writer) optimize() {
	t := &w.e.Train
	w.rates.LR = t.Settings.Rate()
	if s, ok := t.Rates.(optim.ScheduleCoder); !ok {
		w.rates.Note("The schedule %s is not written for this library; the learning rate stays as it is.", t.Schedule)
	} else if w.to == Keras {
		s.Keras(&w.rates)
	} else {
		s.PyTorch(&w.rates)
	}
	w.take(w.rates.Piece)
	w.optim.Rate = w.rates.LR
	if w.to == Keras {
		if w.rates.Expr != "" {
			w.optim.Rate = python.Raw(w.rates.Expr)
		}
		w.optim.Extra = w.clipping()
	}
	switch o, ok := t.Settings.(optim.Coder); {
	case !ok:
		w.optim.Note("The optimizer %s is not written for this library.", t.Optimizer)
		w.optim.Expr = "None"
	case w.to == Keras:
		o.Keras(&w.optim)
	default:
		o.PyTorch(&w.optim)
	}
	w.take(w.optim.Piece)
}

// remarks are what neither library has an equivalent for, whatever the layers.
func (w *writer) remarks() {
	t := &w.e.Train
	for _, a := range w.e.Data.Augment {
		w.parts.Note("Descent also augments the training samples with %q, which is not written here.", a.Type)
	}
	if n := w.e.Data.LabelNoise; n > 0 {
		w.parts.Note("Descent gives %s %% of the training and validation samples a wrong class, for teaching; this program does not.", python.Float(n))
	}
	if s := w.e.Model.Start; s.Weights != "" {
		w.parts.Note("Descent starts from the weights in %q for what that has of the model; load them before training.", s.Weights)
	}
	if t.Shards > 0 {
		w.parts.Note("Descent cuts a batch into %d parts for its cores, which changes nothing but the order of sums.", t.Shards)
	}
	w.parts.Note("The same seed draws other numbers in another library, so weights, batches and curves will differ in detail.")
}
