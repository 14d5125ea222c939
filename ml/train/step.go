package train

import (
	"math"

	"descent/ml/data"
	"descent/ml/kernel"
	"descent/ml/optim"
)

// Stats is what one step measured.
type Stats struct {
	Step       int // counted from 1
	Batch      Metrics
	Rate       float64 // the learning rate
	GradNorm   float64 // the length of the whole gradient with its penalties, before it was clipped
	Ratio      float64 // how far the step went, as a part of the weights' length; 0 unless Measure asked for it
	EndOfEpoch bool
	Epoch      Metrics // at the end of an epoch: the mean over its batches, as they were trained on
}

// Step trains on the next batch, or on as many as are accumulated. An epoch's
// last step takes what is left.
func (t *Trainer) Step() (Stats, error) {
	if t.orderOf != t.epoch {
		data.Order(t.order, t.exp.Seed, t.epoch)
		t.orderOf = t.epoch
	}
	size := t.exp.Train.Batch
	samples := t.order[t.at:min(t.at+size*max(1, t.exp.Train.Accumulate), len(t.order))]
	n := len(samples)
	m := Metrics{}
	var grad []float32
	for from := 0; from < n; from += size {
		batch := samples[from:min(from+size, n)]
		t.deal(batch, from, n)
		t.learnAll(Job{Step: t.step, Epoch: t.epoch, At: t.at, From: from, Count: len(batch), Samples: n})
		measured := Metrics{}
		for _, r := range t.shards {
			measured = measured.Plus(r.metrics)
		}
		if loss := measured.Loss(); math.IsNaN(loss) || math.IsInf(loss, 0) {
			return Stats{}, t.diagnose(loss)
		}
		m = m.Plus(measured)
		grad = t.gather(from)
	}
	t.weigh(grad, float64(n*t.labels), m.Weight)
	norm := t.penalise(grad)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return Stats{}, t.diagnose(m.Loss())
	}
	t.clip(grad, norm)
	rate := t.rate()
	t.update(grad, n, rate)
	t.step++
	t.moved = true
	t.follow()
	t.at += n
	t.running = t.running.Plus(m)
	stats := Stats{Step: t.step, Batch: m, Rate: rate, GradNorm: norm, Ratio: t.gauge.ratio()}
	if t.at == len(t.order) {
		t.ended, t.running = t.running, Metrics{}
		stats.EndOfEpoch, stats.Epoch = true, t.ended
		t.epoch, t.at = t.epoch+1, 0
	}
	return stats, nil
}

// weigh makes of a gradient of the mean over all labels of a step's samples that
// of the mean over those that count. How many these are is known only when the
// last shard of the last batch was read.
func (t *Trainer) weigh(grad []float32, all, counted float64) {
	if counted == all || counted == 0 {
		return
	}
	for i := range t.params.Index {
		if info := &t.params.Index[i]; !info.Frozen && !info.State {
			g := t.params.Of(grad, i)
			kernel.Scale(g, g, float32(all/counted))
		}
	}
}

// deal cuts a batch into shards. It stands at row from of the step's n samples.
func (t *Trainer) deal(batch []int, from, n int) {
	k, s := len(batch), len(t.shards)
	at := 0
	for i, r := range t.shards {
		to := at + (k+s-1-i)/s // the first shards take what is left over
		r.ids, r.row, r.scale = batch[at:to], from+at, float32(1)/float32(n*t.labels)
		at = to
	}
}

// gather adds the shards' gradients in their order, and those of the batches
// before when several make one step.
func (t *Trainer) gather(from int) []float32 {
	grad := t.shards[0].grad
	for _, r := range t.shards[1:] {
		if len(r.ids) > 0 {
			kernel.AddTo(grad, r.grad)
		}
	}
	if t.sum == nil {
		return grad
	}
	if from == 0 {
		copy(t.sum, grad)
	} else {
		kernel.AddTo(t.sum, grad)
	}
	return t.sum
}

// penalise adds the gradients of the penalties, and returns the length of the
// whole.
func (t *Trainer) penalise(grad []float32) (norm float64) {
	for i := range t.params.Index {
		info := &t.params.Index[i]
		if info.Frozen || info.State {
			continue
		}
		g := t.params.Of(grad, i)
		if info.L1 != 0 || info.L2 != 0 {
			kernel.Penalty(g, t.params.Of(t.params.Value, i), float32(info.L1), float32(info.L2))
		}
		squares := kernel.SumSquares(g)
		t.gauge.gradient(i, squares)
		norm += squares
	}
	t.gauge.steps++
	return math.Sqrt(norm)
}

// clip limits each number of the gradient, and then its length, as PyTorch's
// clip_grad_value_ and clip_grad_norm_ do.
func (t *Trainer) clip(grad []float32, norm float64) {
	value, length := t.exp.Train.ClipValue, t.exp.Train.ClipNorm
	if value <= 0 && length <= 0 {
		return
	}
	if value > 0 {
		norm = 0
	}
	for i := range t.params.Index {
		if info := &t.params.Index[i]; value > 0 && !info.Frozen && !info.State {
			g := t.params.Of(grad, i)
			kernel.Clamp(g, float32(value))
			norm += kernel.SumSquares(g)
		}
	}
	if value > 0 {
		norm = math.Sqrt(norm)
	}
	if length <= 0 || norm <= length {
		return
	}
	for i := range t.params.Index {
		if info := &t.params.Index[i]; !info.Frozen && !info.State {
			g := t.params.Of(grad, i)
			kernel.Scale(g, g, float32(length/(norm+1e-6)))
		}
	}
}

// rate returns the learning rate of the step that comes next.
func (t *Trainer) rate() float64 {
	return t.exp.Train.Rates.Rate(t.exp.Train.Settings.Rate(), optim.Moment{
		Step: t.step, Steps: t.Steps(), PerEpoch: t.StepsPerEpoch(), Memory: t.control.schedule})
}

// update moves the parameters.
func (t *Trainer) update(grad []float32, samples int, rate float64) {
	for i := range t.params.Index {
		info := &t.params.Index[i]
		w, g := t.params.Of(t.params.Value, i), t.params.Of(grad, i)
		switch {
		case info.Frozen:
			continue
		case info.State:
			kernel.Scale(w, w, float32(info.Momentum))
			kernel.Axpy(w, g, float32((1-info.Momentum)/float64(samples)))
			continue
		}
		for j, s := range t.slots {
			t.state[j] = t.params.Of(s, i)
		}
		t.gauge.before(i, w)
		t.exp.Train.Settings.Update(optim.Param{Name: info.Name, Shape: info.Shape, W: w, G: g, Slots: t.state[:len(t.slots)],
			Temp: t.scratch}, t.step+1, rate)
		t.gauge.after(i, w)
	}
	t.gauge.done()
}

// follow moves the average towards the weights. At first it follows faster, as
// TensorFlow's ExponentialMovingAverage does, or it would be made of initial
// weights for long. Running statistics are averages already.
func (t *Trainer) follow() {
	if t.average == nil {
		return
	}
	keep := min(t.exp.Train.EMA, float64(1+t.step)/float64(10+t.step))
	kernel.Scale(t.average.Value, t.average.Value, float32(keep))
	kernel.Axpy(t.average.Value, t.params.Value, float32(1-keep))
	for i := range t.params.Index {
		if t.params.Index[i].State || t.params.Index[i].Frozen {
			copy(t.average.Of(t.average.Value, i), t.params.Of(t.params.Value, i))
		}
	}
}
