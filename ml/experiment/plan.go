package experiment

import (
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// A Plan is what is known of an experiment before anything runs.
type Plan struct {
	Meta        data.Meta
	Input       tensor.Shape // one sample, after preprocessing
	Train       int          // samples trained on
	Validation  int
	Rows        []nn.Row // the layers
	Parameters  int
	FLOPs       int64 // forward, one sample
	Steps       int   // optimizer steps an epoch
	ParamsBytes int64
	Shards      int    // parts that a batch is cut into
	Memory      Memory // what training takes; zero while the model has problems
}

// Graph builds the model with its loss for a number of samples at a time.
func (e *Experiment) Graph(batch int) (*graph.Builder, nn.Heads, []nn.Row, error) {
	if !e.Data.Known() {
		return nil, nn.Heads{}, nil, unknown
	}
	meta := e.Data.Settings.Meta()
	g := graph.NewBuilder()
	pipe, err := e.Data.Pipeline()
	if err != nil {
		return nil, nn.Heads{}, nil, err
	}
	augment, err := e.Data.Augmenter(e.Seed)
	if err != nil {
		return nil, nn.Heads{}, nil, err
	}
	input, options := pipe.Shape(), e.options(meta, pipe.Form().Tokens)
	options.Mixed = augment.Mixes()
	out, rows := e.Model.Build(g, input.With(batch), options)
	var heads nn.Heads
	switch {
	case out.OK() && augment.Mixes():
		heads = e.Model.AttachMixed(g, out, e.Train.Objective, meta.Y, len(meta.Classes))
	case out.OK():
		heads = e.Model.Attach(g, out, e.Train.Objective, meta.Y, len(meta.Classes))
	}
	return g, heads, rows, g.Err()
}

// options is what the layers need to know.
func (e *Experiment) options(meta data.Meta, tokens int) nn.Options {
	return nn.Options{Seed: e.Seed, L1: e.Train.L1, L2: e.Train.L2, Tokens: tokens, Classes: len(meta.Classes), Pad: meta.Pad()}
}

// Options returns what the layers need to know of the experiment. The samples
// must be known, and the preprocessing in order.
func (e *Experiment) Options() nn.Options {
	pipe, err := e.Data.Pipeline()
	if err != nil {
		return nn.Options{}
	}
	return e.options(e.Data.Settings.Meta(), pipe.Form().Tokens)
}

// Plan checks that data, model and loss fit together and says what they take.
// With an error, Rows still holds the layers that could be worked out.
func (e *Experiment) Plan() (Plan, error) {
	p := Plan{Meta: e.Data.Meta()}
	g, heads, rows, err := e.Graph(1)
	if own := append(e.Data.checkNoise(), e.Data.checkEdits()...); own != nil {
		all, _ := config.All(err)
		err = append(own, all...)
	}
	p.Rows = rows
	p.Input = p.Meta.X
	if e.Data.Known() {
		if pipe, err := e.Data.Pipeline(); err == nil {
			p.Input = pipe.Shape()
		}
	}
	p.Train, p.Validation, _ = e.Data.Split.Cut(p.Meta)
	if g == nil {
		return p, err
	}
	for _, info := range g.Params() {
		p.Parameters += info.Shape.Len()
	}
	for _, r := range rows {
		p.FLOPs += r.FLOPs
	}
	p.ParamsBytes = 4 * int64(p.Parameters)
	p.Steps = e.Train.StepsPerEpoch(p.Train)
	p.Shards = e.shards(p.Parameters, p.FLOPs)
	if err == nil && e.Train.Settings != nil {
		p.Memory = e.memory(g, p.Shards, p.Train, p.Validation, p.Meta.Test)
		p.Memory.Data = p.Meta.Held
		err = e.steered(heads, p.Validation).Err()
	}
	return p, err
}
