// Package train runs an experiment: it pulls batches, computes gradients,
// updates the parameters and measures. A Trainer does nothing on its own; its
// owner calls Step, as often and as long as it likes, evaluates the validation
// samples when the experiment asks for it, and hands the result to Validated.
//
// A batch is cut into a number of shards that the experiment fixes. Each shard
// has a program of its own over the shared parameters, shards may run on any
// number of goroutines, and their gradients are added in a fixed order: the
// numbers do not depend on the number of cores.
package train

import (
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/optim"
	"descent/ml/text"
)

// Options is what concerns the machine and not the result.
type Options struct {
	Workers int   // goroutines; 0 and 1 run everything on the caller's
	Memory  int64 // bytes that training may take; 0 for no limit
}

// A Trainer is an experiment in progress.
type Trainer struct {
	exp                     *experiment.Experiment
	train, validation, test data.Dataset
	raw                     [3]data.Dataset // the same before preprocessing, by Part
	learn                   *data.Training  // the samples of train as steps learn from them; nil when that is as they are
	pipe                    *data.Pipeline  // preprocessing, fitted
	meta                    data.Meta
	lengths                 []int  // characters of each token that is to be told; nil where it is something else
	crew                    Crew   // helps with the shards; nil for none
	nodes                   []node // of the member that is collected from

	params  *graph.Params
	average *graph.Params // of the weights, with Train.EMA; else nil
	loaded  []float32     // where Reset goes back to, after Load; else nil, and they are drawn again
	slots   [][]float32   // optimizer state, each laid out like params.Value
	total   []float32     // gradients of several batches, with Train.Accumulate
	grad    []float32     // that of the latest step
	scratch []float32     // as long as the optimizer needs for any parameter
	labels  int           // the loss of a sample is the sum over so many, or over those of them that count
	shards  []*replica
	evals   []*replica // for evaluation and prediction, one a worker
	pieces  []piece
	sum     sum  // what gatherPiece does
	move    move // what updatePiece does

	team   *team
	timing timing
	// Methods that the team runs.
	learnShard, measurePiece, gatherPiece, updatePiece func(i int)
	measured                                           data.Dataset // by measurePiece

	order          []int // of the epoch in progress
	orderOf        int   // the epoch that order belongs to; -1 for none
	epoch, at      int   // epochs done; samples of this epoch done
	step           int   // optimizer steps done
	moved          bool  // the gradients at hand are those of the latest step
	running, ended Metrics
	control        control
	opened         int // how often the test was measured
	gauge          gauge
	changes        []Change
}

// New prepares an experiment on its data: parameters at their initial weights,
// step 0. The experiment belongs to the trainer from now on. The error says in
// which way the data is not as the source promised, or is an
// *experiment.TooLarge before anything large is allocated.
func New(e *experiment.Experiment, set *data.Set, opt Options) (*Trainer, error) {
	if source, ok := e.Data.Settings.(data.Learner); ok {
		source.Learn(set.Meta)
		if _, err := e.Plan(); err != nil {
			return nil, err
		}
	}
	if err := e.CheckMemory(opt.Memory, opt.Workers); err != nil {
		return nil, err
	}
	t := &Trainer{exp: e, meta: set.Meta, team: newTeam(opt.Workers)}
	if set.Meta.Text != nil && set.Meta.Layout.Kind != "" {
		t.lengths = text.Lengths(set.Meta.Text)
	}
	raw, validation, err := e.Data.Split.Parts(set.Train, set.Meta, e.Seed)
	if err != nil {
		return nil, config.About("data.split", err)
	}
	if t.pipe, err = e.Data.Pipeline(); err != nil {
		return nil, err
	}
	augment, err := e.Data.Augmenter(e.Seed)
	if err != nil {
		return nil, err
	}
	t.pipe.Fit(raw) // on what is trained on, and nothing else
	if len(e.Data.Augment) > 0 {
		t.learn = data.NewTraining(raw, augment, t.pipe)
	}
	t.train, t.validation, t.test = t.pipe.Dataset(raw), t.pipe.Dataset(validation), t.pipe.Dataset(set.Test)
	t.raw = [3]data.Dataset{raw, validation, set.Test}
	t.order = make([]int, raw.Len())
	t.balance(raw)
	if err := t.checkTokens(); err != nil {
		return nil, err
	}
	if err := t.checkTargets(); err != nil {
		return nil, err
	}

	plan, err := e.Plan()
	if err != nil {
		return nil, err
	}
	g, heads, _, err := e.Graph(1)
	if err != nil {
		return nil, err
	}
	t.labels = max(1, heads.Labels)
	t.params = graph.NewParams(g.Params(), e.Seed)
	if e.Train.EMA > 0 {
		t.average = graph.NewParams(g.Params(), e.Seed)
	}
	t.slots = make([][]float32, e.Train.Settings.Slots())
	for i := range t.slots {
		t.slots[i] = make([]float32, len(t.params.Value))
	}
	if e.Train.Accumulate > 1 {
		t.total = make([]float32, len(t.params.Value))
	}
	scratch := 0
	for _, info := range t.params.Index {
		scratch = max(scratch, optim.Temp(e.Train.Settings, info.Shape))
	}
	t.scratch = make([]float32, scratch)
	t.gauge = newGauge(t.params)
	for range plan.Shards {
		t.shards = append(t.shards, t.newReplica(true))
	}
	for range 1 + t.team.helpers {
		t.evals = append(t.evals, t.newReplica(false))
	}
	t.cut()
	t.learnShard = func(i int) { t.shards[i].learn() }
	t.measurePiece = func(i int) { t.evals[i].evaluate(t.measured) }
	t.restart()
	return t, nil
}

// Reset goes back to the initial weights, and to step 0.
func (t *Trainer) Reset() {
	if t.loaded != nil {
		copy(t.params.Value, t.loaded)
	} else {
		t.params.Draw(t.params.Value, t.exp.Seed)
	}
	for _, s := range t.slots {
		clear(s)
	}
	t.restart()
}

func (t *Trainer) restart() {
	t.epoch, t.at, t.step, t.orderOf, t.moved = 0, 0, 0, -1, false
	t.running, t.ended = Metrics{}, Metrics{}
	t.control = control{best: t.control.best}
	t.gauge.forget()
	t.changes = nil
	if t.average != nil {
		copy(t.average.Value, t.params.Value)
	}
}

// Params returns the parameters. They change with every Step.
func (t *Trainer) Params() *graph.Params { return t.params }

// Shown returns the parameters that are evaluated, predicted with and saved:
// their average where the experiment asks for one.
func (t *Trainer) Shown() *graph.Params {
	if t.average != nil {
		return t.average
	}
	return t.params
}

// StepNumber returns the number of optimizer steps done.
func (t *Trainer) StepNumber() int { return t.step }

// Epoch returns the number of whole epochs done, and the fraction of the one
// in progress.
func (t *Trainer) Epoch() (done int, fraction float64) {
	return t.epoch, float64(t.at) / float64(len(t.order))
}

// StepsPerEpoch returns the number of optimizer steps that an epoch takes.
func (t *Trainer) StepsPerEpoch() int { return t.exp.Train.StepsPerEpoch(len(t.order)) }

// Steps returns the number of optimizer steps of the whole experiment.
func (t *Trainer) Steps() int {
	if t.exp.Train.Steps > 0 {
		return t.exp.Train.Steps
	}
	return t.exp.Train.Epochs * t.StepsPerEpoch()
}

// Epochs returns the number of epochs of the whole experiment, the last of
// which may be cut short.
func (t *Trainer) Epochs() int {
	if t.exp.Train.Steps > 0 {
		per := t.StepsPerEpoch()
		return (t.exp.Train.Steps + per - 1) / per
	}
	return t.exp.Train.Epochs
}

// Done reports whether the experiment is over: its last epoch or step, a
// target that was reached, or validations that stopped getting better.
func (t *Trainer) Done() bool {
	if t.control.stopped.Text != "" {
		return true
	}
	if t.exp.Train.Steps > 0 {
		return t.step >= t.exp.Train.Steps
	}
	return t.epoch >= t.exp.Train.Epochs
}

// Bytes returns the memory that training takes: parameters, optimizer state,
// and for each shard gradients and activations.
func (t *Trainer) Bytes() int64 {
	plan, _ := t.exp.Plan() // it was checked when it was read
	return plan.Memory.Total()
}

// Samples returns how many samples train, validate and test.
func (t *Trainer) Samples() (train, validation, test int) {
	return t.train.Len(), t.validation.Len(), t.test.Len()
}

// Trained returns the metrics of the last whole epoch on the batches as they
// were trained on, dropout included, as Keras prints them.
func (t *Trainer) Trained() Metrics { return t.ended }
