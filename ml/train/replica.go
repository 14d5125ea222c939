package train

import (
	"descent/ml/data"
	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// A replica runs the model on some samples, with memory of its own over the
// shared parameters. Its programs are compiled when a number of samples comes
// up for the first time; an epoch has at most a handful of numbers.
type replica struct {
	t        *Trainer
	train    bool
	programs map[int]*program
	memory   graph.Memory // the programs', which run one at a time
	grad     []float32    // parameter gradients of the latest learn, then of more shards
	away     []float32    // likewise, when another member of a crew computed them

	ids     []int // the samples to run on
	row     int   // where they stand in the batch
	scale   float32
	metrics Metrics
	span    int  // grad is the sum over so many shards, this one and those after it
	holds   bool // grad is that of at least one sample

	clock *graph.Clock // times the ops; nil for none
	spent spent
}

// A program is a compiled model for one number of samples.
type program struct {
	*graph.Program
	x, y, loss, score, predict tensor.Tensor
	mix                        tensor.Tensor // the labels that y is mixed with; without Data where it is not
	answers                    answers
	logits                     bool
	counts                     int // classes, as Metrics has them
}

func (t *Trainer) newReplica(train bool) *replica {
	return &replica{t: t, train: train, programs: map[int]*program{}}
}

func (r *replica) program(n int) *program {
	if p, ok := r.programs[n]; ok {
		return p
	}
	p := r.compile(n, nil)
	p.Time(r.clock)
	r.programs[n] = p
	return p
}

func (r *replica) compile(n int, observe func(string) bool) *program {
	g, heads, _, err := r.t.exp.Graph(n)
	if err != nil {
		panic("train: the model fits one sample but not more: " + err.Error())
	}
	params := r.t.params
	if !r.train {
		params = r.t.Shown()
	}
	opt := graph.Options{Loss: heads.Loss, Train: r.train, Outputs: []graph.Value{heads.Score}, Observe: observe}
	if observe == nil {
		opt.Memory = &r.memory // what is observed is to stay
	}
	if r.train {
		opt.Loss, opt.Again = heads.Learn, r.t.exp.Train.Recompute
	} else {
		opt.Outputs = append(opt.Outputs, heads.Predict)
	}
	p := &program{Program: g.Compile(params, opt), logits: heads.Logits, counts: len(r.t.meta.Classes)}
	p.x, p.y = p.At(nn.InputName), p.At(nn.TargetName)
	p.mix, _ = p.Value(nn.MixName)
	p.loss, p.score = p.At(g.Name(opt.Loss)), p.At(g.Name(heads.Score))
	if !r.train {
		p.predict = p.At(g.Name(heads.Predict))
	}
	p.answers = answers{kind: heads.Answer, labels: heads.Labels, ignore: heads.Ignore, lengths: r.t.lengths, classes: p.score.Shape[len(p.score.Shape)-1],
		whole: heads.Labels > 1 && r.t.meta.Layout.Whole()}
	if heads.Answer == nn.YesNo && p.counts == 0 {
		p.counts = 2
	}
	return p
}

func (p *program) fill(d data.Dataset, ids []int) {
	xs, ys := len(p.x.Data)/len(ids), len(p.y.Data)/len(ids)
	for i, id := range ids {
		y := p.y.Data[i*ys : (i+1)*ys]
		d.Read(id, p.x.Data[i*xs:(i+1)*xs], y)
		if mix := p.mixture(i, ys); mix != nil { // with itself
			mix[copy(mix, y)] = 1
		}
	}
}

// mixture returns where the labels go that a sample's own are mixed with, and
// the share of its own; nil where labels are not mixed.
func (p *program) mixture(i, labels int) []float32 {
	if p.mix.Data == nil {
		return nil
	}
	return p.mix.Data[i*(labels+1) : (i+1)*(labels+1)]
}

// learn computes the metrics and the gradients of the replica's samples.
func (r *replica) learn() {
	r.metrics = Metrics{}
	if len(r.ids) == 0 {
		return
	}
	p := r.program(len(r.ids))
	w := &r.t.timing
	at := w.start()
	p.fillLearning(r.t, r.ids)
	at = w.lap(&r.spent.data, at)
	p.Forward(uint64(r.t.step), r.row)
	at = w.lap(&r.spent.forward, at)
	p.Backward(r.scale)
	w.lap(&r.spent.backward, at)
	r.grad = p.ParamGrad()
	r.metrics = p.measure()
}

// evaluate computes the metrics of the replica's samples, without dropout.
func (r *replica) evaluate(d data.Dataset) {
	r.metrics = Metrics{}
	if len(r.ids) == 0 {
		return
	}
	p := r.program(len(r.ids))
	p.fill(d, r.ids)
	p.Forward(0, 0)
	r.metrics = p.measure()
}
