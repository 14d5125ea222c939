// Package train runs an experiment: it pulls batches, computes gradients,
// updates the parameters and measures. A Trainer does nothing on its own; its
// owner calls Step, as often and as long as it likes.
//
// A batch is cut into a number of shards that the experiment fixes. Each shard
// has a program of its own over the shared parameters, shards may run on any
// number of goroutines, and their gradients are added in a fixed order: the
// numbers do not depend on the number of cores.
package train

import (
	"fmt"
	"math"
	"sync"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/optim"
)

// Options is what concerns the machine and not the result.
type Options struct {
	Workers int // goroutines; 0 and 1 run everything on the caller's
}

// A Trainer is an experiment in progress.
type Trainer struct {
	exp                     *experiment.Experiment
	train, validation, test data.Dataset
	meta                    data.Meta
	workers                 int

	params  *graph.Params
	slots   [][]float32 // optimizer state, each laid out like params.Value
	scratch []float32   // as long as the largest parameter
	shards  []*replica
	evals   []*replica // for evaluation and prediction, one a worker

	order          []int // of the epoch in progress
	orderOf        int   // the epoch that order belongs to; -1 for none
	epoch, at      int   // epochs done; samples of this epoch done
	step           int   // optimizer steps done
	running, ended Metrics
}

// New prepares an experiment on its data: parameters at their initial weights,
// step 0. The error says in which way the data is not as the source promised.
func New(e *experiment.Experiment, set *data.Set, opt Options) (*Trainer, error) {
	t := &Trainer{exp: e, meta: set.Meta, workers: max(1, opt.Workers)}
	nTrain, nValidation, err := e.Data.Split.Cut(set.Train.Len())
	if err != nil {
		return nil, &config.Error{Field: "data.split", Msg: err.Error()}
	}
	steps := e.Data.Steps()
	t.train = data.Preprocess(data.Range(set.Train, 0, nTrain), steps)
	t.validation = data.Preprocess(data.Range(set.Train, nTrain, nTrain+nValidation), steps)
	t.test = data.Preprocess(set.Test, steps)
	t.order = make([]int, nTrain)

	g, _, _, err := e.Graph(1)
	if err != nil {
		return nil, err
	}
	t.params = graph.NewParams(g.Params(), e.Seed)
	t.slots = make([][]float32, e.Train.Settings.Slots())
	for i := range t.slots {
		t.slots[i] = make([]float32, len(t.params.Value))
	}
	for _, info := range t.params.Index {
		t.scratch = make([]float32, max(len(t.scratch), info.Shape.Len()))
	}
	for range e.Shards() {
		t.shards = append(t.shards, t.newReplica(true))
	}
	for range t.workers {
		t.evals = append(t.evals, t.newReplica(false))
	}
	t.restart()
	return t, nil
}

// Reset goes back to the initial weights, and to step 0.
func (t *Trainer) Reset() {
	fresh := graph.NewParams(t.params.Index, t.exp.Seed)
	copy(t.params.Value, fresh.Value)
	for _, s := range t.slots {
		clear(s)
	}
	t.restart()
}

func (t *Trainer) restart() {
	t.epoch, t.at, t.step, t.orderOf = 0, 0, 0, -1
	t.running, t.ended = Metrics{}, Metrics{}
}

// Params returns the parameters. They change with every Step.
func (t *Trainer) Params() *graph.Params { return t.params }

// StepNumber returns the number of optimizer steps done.
func (t *Trainer) StepNumber() int { return t.step }

// Epoch returns the number of whole epochs done, and the fraction of the one
// in progress.
func (t *Trainer) Epoch() (done int, fraction float64) {
	return t.epoch, float64(t.at) / float64(len(t.order))
}

// StepsPerEpoch returns the number of optimizer steps that an epoch takes.
func (t *Trainer) StepsPerEpoch() int {
	return (len(t.order) + t.exp.Train.Batch - 1) / t.exp.Train.Batch
}

// Done reports whether the experiment's last epoch is over.
func (t *Trainer) Done() bool { return t.epoch >= t.exp.Train.Epochs }

// Bytes returns the memory that training takes: parameters, optimizer state,
// and for each shard gradients and activations.
func (t *Trainer) Bytes() int64 {
	params := int64(len(t.params.Value)) * 4
	bytes := params * int64(1+len(t.slots))
	per := (t.exp.Train.Batch + len(t.shards) - 1) / len(t.shards)
	for _, r := range t.shards {
		bytes += params + r.program(min(per, len(t.order))).Cost().Activations
	}
	return bytes
}

// Samples returns how many samples train, validate and test.
func (t *Trainer) Samples() (train, validation, test int) {
	return t.train.Len(), t.validation.Len(), t.test.Len()
}

// Stats is what one step measured.
type Stats struct {
	Step       int // counted from 1
	Batch      Metrics
	EndOfEpoch bool
	Epoch      Metrics // at the end of an epoch: the mean over its batches, as they were trained on
}

// A NotFinite error says that training went astray: the loss of a batch is
// infinite or not a number. The step was not applied.
type NotFinite struct {
	Step  int
	Epoch int
	Loss  float64
}

func (e *NotFinite) Error() string {
	return fmt.Sprintf("the loss became %v at step %d (epoch %d): the steps were too large for this model; "+
		"try a learning rate ten times smaller, and reset", e.Loss, e.Step, e.Epoch+1)
}

// Step trains on the next batch.
func (t *Trainer) Step() (Stats, error) {
	if t.orderOf != t.epoch {
		data.Order(t.order, t.exp.Seed, t.epoch)
		t.orderOf = t.epoch
	}
	batch := t.order[t.at:min(t.at+t.exp.Train.Batch, len(t.order))]
	n, s := len(batch), len(t.shards)
	scale := float32(1) / float32(n)
	from := 0
	for i, r := range t.shards {
		to := from + (n+s-1-i)/s // the first shards take what is left over
		r.ids, r.row, r.scale = batch[from:to], from, scale
		from = to
	}
	step := uint64(t.step)
	t.each(t.shards, func(r *replica) { r.learn(t.train, step) })

	m := Metrics{}
	for _, r := range t.shards {
		m = m.Plus(r.metrics)
	}
	if loss := m.Loss(); math.IsNaN(loss) || math.IsInf(loss, 0) {
		return Stats{}, &NotFinite{Step: t.step + 1, Epoch: t.epoch, Loss: loss}
	}
	t.update()
	t.step++
	t.at += n
	t.running = t.running.Plus(m)
	stats := Stats{Step: t.step, Batch: m}
	if t.at == len(t.order) {
		t.ended, t.running = t.running, Metrics{}
		stats.EndOfEpoch, stats.Epoch = true, t.ended
		t.epoch, t.at = t.epoch+1, 0
	}
	return stats, nil
}

// update adds the shards' gradients in their order, and moves the parameters.
func (t *Trainer) update() {
	grad := t.shards[0].grad
	for _, r := range t.shards[1:] {
		if len(r.ids) > 0 {
			kernel.AddTo(grad, r.grad)
		}
	}
	samples := 0
	for _, r := range t.shards {
		samples += len(r.ids)
	}
	for i, info := range t.params.Index {
		w, g := t.params.Of(t.params.Value, i), t.params.Of(grad, i)
		switch {
		case info.Frozen:
			continue
		case info.State:
			kernel.Scale(w, w, float32(info.Momentum))
			kernel.Axpy(w, g, float32((1-info.Momentum)/float64(samples)))
			continue
		}
		if info.L1 != 0 || info.L2 != 0 {
			kernel.Penalty(g, w, float32(info.L1), float32(info.L2))
		}
		var state [4][]float32
		for j, s := range t.slots {
			state[j] = t.params.Of(s, i)
		}
		t.exp.Train.Settings.Update(optim.Param{Name: info.Name, Shape: info.Shape, W: w, G: g, Slots: state[:len(t.slots)],
			Temp: t.scratch[:len(w)]}, t.step+1, t.exp.Train.Settings.Rate())
	}
}

// Trained returns the metrics of the last whole epoch on the batches as they
// were trained on, dropout included, as Keras prints them.
func (t *Trainer) Trained() Metrics { return t.ended }

// each runs f for every replica, on as many goroutines as there are workers.
func (t *Trainer) each(replicas []*replica, f func(*replica)) {
	w := min(t.workers, len(replicas))
	if w <= 1 {
		for _, r := range replicas {
			f(r)
		}
		return
	}
	var wait sync.WaitGroup
	for i := range w {
		wait.Go(func() {
			for j := i; j < len(replicas); j += w {
				f(replicas[j])
			}
		})
	}
	wait.Wait()
}
