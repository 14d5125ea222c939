package train

import (
	"descent/ml/data"
	"descent/ml/graph"
	"descent/ml/kernel"
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
	grad     []float32 // parameter gradients of the latest learn

	ids     []int // the samples to run on
	row     int   // where they stand in the batch
	scale   float32
	metrics Metrics
}

// A program is a compiled model for one number of samples.
type program struct {
	*graph.Program
	x, y, loss, score, predict tensor.Tensor
}

func (t *Trainer) newReplica(train bool) *replica {
	return &replica{t: t, train: train, programs: map[int]*program{}}
}

func (r *replica) program(n int) *program {
	if p, ok := r.programs[n]; ok {
		return p
	}
	g, heads, _, err := r.t.exp.Graph(n)
	if err != nil {
		panic("train: the model fits one sample but not more: " + err.Error())
	}
	opt := graph.Options{Loss: heads.Loss, Train: r.train, Outputs: []graph.Value{heads.Score}}
	if !r.train {
		opt.Outputs = append(opt.Outputs, heads.Predict)
	}
	p := &program{Program: g.Compile(r.t.params, opt)}
	p.x, p.y = p.At(nn.InputName), p.At(nn.TargetName)
	p.loss, p.score = p.At(g.Name(heads.Loss)), p.At(g.Name(heads.Score))
	if !r.train {
		p.predict = p.At(g.Name(heads.Predict))
	}
	r.programs[n] = p
	return p
}

func (p *program) fill(d data.Dataset, ids []int) {
	xs, ys := len(p.x.Data)/len(ids), len(p.y.Data)/len(ids)
	for i, id := range ids {
		d.Read(id, p.x.Data[i*xs:(i+1)*xs], p.y.Data[i*ys:(i+1)*ys])
	}
}

// learn computes the metrics and the gradients of the replica's samples.
func (r *replica) learn(d data.Dataset, step uint64) {
	r.metrics = Metrics{}
	if len(r.ids) == 0 {
		return
	}
	p := r.program(len(r.ids))
	p.fill(d, r.ids)
	p.Forward(step, r.row)
	p.Backward(r.scale)
	r.grad = p.ParamGrad()
	r.metrics = p.measure(len(r.t.meta.Classes))
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
	r.metrics = p.measure(len(r.t.meta.Classes))
}

func (p *program) measure(classes int) Metrics {
	n := len(p.loss.Data)
	m := Metrics{Count: n, Classes: classes, LossSum: kernel.Sum(p.loss.Data)}
	if classes == 0 {
		return m
	}
	d := len(p.score.Data) / n
	for i := 0; i < n; i++ {
		if Class(p.score.Data[i*d:(i+1)*d]) == int(p.y.Data[i]) {
			m.Correct++
		}
	}
	return m
}

// Class returns the class a row of scores speaks for: the first of the
// largest, or of a single score, 1 above a half and 0 below.
func Class(scores []float32) int {
	if len(scores) == 1 {
		if scores[0] > 0.5 {
			return 1
		}
		return 0
	}
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}
