package experiment

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/optim"
)

// Memory is what training takes, in bytes, known before anything is allocated.
type Memory struct {
	Data        int64 // the samples, where their source knows (data.Meta.Held)
	Parameters  int64 // and their average, best and loaded copies, where training keeps those
	Optimizer   int64
	Gradients   int64 // of each shard
	Activations int64 // of each shard; its programs, one for each number of samples that comes up, share memory
	Evaluation  int64 // activations of one worker that evaluates

	Spared int64 // what train.recompute takes off the activations, or would
}

// Total returns the sum.
func (m Memory) Total() int64 {
	return m.Data + m.Parameters + m.Optimizer + m.Gradients + m.Activations + m.Evaluation
}

// EvaluateAtOnce is how many samples an evaluation computes at a time. It is
// fixed, so that sums are rounded alike on every machine.
const EvaluateAtOnce = 100

// A TooLarge error says that training takes more memory than it may.
type TooLarge struct {
	Memory Memory
	Limit  int64
}

func (e *TooLarge) Error() string { return e.Problem().Msg }

// Problem says it as a problem of the document.
func (e *TooLarge) Problem() *config.Error {
	if e.Memory.Data > e.Limit {
		return config.Problem("the samples alone take %s of memory, and training may take %s; bring fewer or smaller ones", Bytes(e.Memory.Data), Bytes(e.Limit)).At("data.source")
	}
	return config.Problem("training would take %s of memory and may take %s: data %s, parameters %s, optimizer %s, gradients %s, activations %s, evaluation %s; "+
		"a smaller batch or fewer units take less", Bytes(e.Memory.Total()), Bytes(e.Limit), Bytes(e.Memory.Data), Bytes(e.Memory.Parameters),
		Bytes(e.Memory.Optimizer), Bytes(e.Memory.Gradients), Bytes(e.Memory.Activations), Bytes(e.Memory.Evaluation)).At("train.batch")
}

// Unwrap makes it one of the problems that config.All finds.
func (e *TooLarge) Unwrap() error { return e.Problem() }

// Bytes writes a size as people do: 1.5 GB.
func Bytes(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.3g %s", float64(n)/float64(unit.size), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}

// noMachine is more memory than any has, in bytes.
const noMachine = 1 << 48

// CheckMemory returns a *TooLarge error when training on so many workers takes
// more than the limit; a limit of 0 is what no machine has.
func (e *Experiment) CheckMemory(limit int64, workers int) error {
	if !e.Data.Known() { // whoever opens the data checks again
		return nil
	}
	if limit <= 0 {
		limit = noMachine
	}
	p, err := e.Plan()
	if err != nil {
		return err
	}
	p.Memory.Evaluation *= int64(max(1, workers))
	if p.Memory.Total() > limit {
		return &TooLarge{p.Memory, limit}
	}
	return nil
}

// memory plans the programs that training on some samples and evaluating others
// comes to need. g is the model for one sample.
func (e *Experiment) memory(g *graph.Builder, shards, samples, validation, test int) Memory {
	var m Memory
	block, scratch := int64(0), 0
	for _, info := range g.Params() {
		block += 4 * int64(info.Shape.Len())
		scratch = max(scratch, optim.Temp(e.Train.Settings, info.Shape))
	}
	copies := int64(1)
	if e.Train.EMA > 0 {
		copies++
	}
	if e.Train.EarlyStopping.On() && e.Train.EarlyStopping.RestoreBest {
		copies++
	}
	if e.Model.Start.Weights != "" {
		copies++
	}
	m.Parameters = copies * block
	m.Optimizer = int64(e.Train.Settings.Slots())*block + 4*int64(scratch)
	taken := map[[2]int]int64{}
	take := func(n, mode int) int64 {
		key := [2]int{n, mode}
		if _, known := taken[key]; !known && n > 0 {
			taken[key] = noMachine // one sample can be counted; so many perhaps cannot
			if b, heads, _, err := e.Graph(n); err == nil {
				opt := programOptions(heads, mode != evaluating)
				opt.Again = mode == remaking
				taken[key] = min(noMachine, b.Measure(opt).Activations)
			}
		}
		return taken[key]
	}
	if e.Train.Accumulate > 1 {
		m.Gradients += block
	}
	for i := range shards { // a program for whole batches, and one for what an epoch leaves
		var sizes [2]int
		for k, batch := range []int{min(e.Train.Batch, samples), samples % e.Train.Batch} {
			from, to := Share(batch, shards, i)
			sizes[k] = to - from
		}
		kept, again := max(take(sizes[0], training), take(sizes[1], training)), max(take(sizes[0], remaking), take(sizes[1], remaking))
		m.Spared += kept - again
		if e.Train.Recompute {
			kept = again
		}
		m.Activations += kept
		if sizes != [2]int{} {
			m.Gradients += block
		}
	}
	sizes := map[int]bool{}
	for _, n := range []int{validation, test} {
		sizes[min(n, EvaluateAtOnce)], sizes[n%EvaluateAtOnce] = true, true
	}
	for n := range sizes {
		m.Evaluation = max(m.Evaluation, take(n, evaluating))
	}
	return m
}

// What a program is for.
const (
	training = iota
	remaking // training with train.recompute
	evaluating
)

// programOptions says what a program that trains or evaluates keeps.
func programOptions(h nn.Heads, train bool) graph.Options {
	opt := graph.Options{Loss: h.Loss, Train: train, Outputs: []graph.Value{h.Score}}
	if train {
		opt.Loss = h.Learn
	} else {
		opt.Outputs = append(opt.Outputs, h.Predict)
	}
	return opt
}
