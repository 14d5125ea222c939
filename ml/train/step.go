package train

import (
	"math"

	"descent/ml/data"
	"descent/ml/experiment"
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
	for from := 0; from < n; from += size {
		batch := samples[from:min(from+size, n)]
		t.deal(batch, from, n)
		at := t.timing.start()
		t.learnAll(Job{Step: t.step, Epoch: t.epoch, At: t.at, From: from, Count: len(batch), Samples: n})
		at = t.timing.lap(&t.timing.learn, at)
		measured := Metrics{}
		for _, r := range t.shards {
			measured = measured.Plus(r.metrics)
		}
		if loss := measured.Loss(); math.IsNaN(loss) || math.IsInf(loss, 0) {
			return Stats{}, t.diagnose(loss)
		}
		m = m.Plus(measured)
		t.gather(from == 0, from+size >= n, float64(n*t.labels), m.Weight)
		t.timing.lap(&t.timing.rest, at)
	}
	at := t.timing.start()
	norm := t.norm()
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return Stats{}, t.diagnose(m.Loss())
	}
	rate := t.rate()
	t.update(norm, n, rate)
	t.timing.lap(&t.timing.rest, at)
	t.timing.steps, t.timing.samples = t.timing.steps+1, t.timing.samples+n
	t.step++
	t.moved = true
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

// deal cuts a batch into shards of nearly equal size. It stands at row from of
// the step's n samples.
func (t *Trainer) deal(batch []int, from, n int) {
	for i, r := range t.shards {
		at, to := experiment.Share(len(batch), len(t.shards), i)
		r.ids, r.row, r.scale = batch[at:to], from+at, float32(1)/float32(n*t.labels)
		r.span, r.holds = 1, at < to
	}
}

// rate returns the learning rate of the step that comes next.
func (t *Trainer) rate() float64 {
	return t.exp.Train.Rates.Rate(t.exp.Train.Settings.Rate(), optim.Moment{
		Step: t.step, Steps: t.Steps(), PerEpoch: t.StepsPerEpoch(), Memory: t.control.schedule})
}
