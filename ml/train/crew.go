package train

import "descent/ml/data"

// A Crew computes shards elsewhere: in workers of a browser, which share no
// memory with the trainer's own, each with a Trainer of the same experiment and
// data. A shard's gradient has the same bits wherever it was computed, and
// gradients are added in the shards' order, so a crew changes nothing but the
// time that a step takes; members may come and go between two steps.
type Crew interface {
	// Members is how many there are at the moment, beside the trainer itself.
	Members() int

	// Begin starts the members on their shards of a batch.
	Begin(job Job, weights []float32)

	// Collect waits for a shard, and fills in its gradient. False means that
	// its member is lost: the trainer computes the shard itself.
	Collect(shard int, grad []float32) (Metrics, bool)
}

// A Job is a batch, and who computes what of it: shard i belongs to member
// i mod Of, and member 0 is the trainer that leads.
type Job struct {
	Step, Epoch int // steps and epochs done
	At          int // where the step's samples begin in the epoch's order
	From, Count int // the batch's place among them
	Samples     int // of the whole step
	Of          int
}

// Lead has a crew help with the shards from the next step on; nil for none.
func (t *Trainer) Lead(c Crew) { t.crew = c }

// Parts is the number of shards of a batch: more members than that cannot help.
func (t *Trainer) Parts() int { return len(t.shards) }

// learnAll computes the metrics and gradients of all shards of a batch.
func (t *Trainer) learnAll(j Job) {
	if t.crew != nil {
		j.Of = 1 + min(t.crew.Members(), len(t.shards)-1)
	}
	if j.Of < 2 {
		t.each(t.shards, (*replica).learn)
		return
	}
	t.crew.Begin(j, t.params.Value)
	for i := 0; i < len(t.shards); i += j.Of {
		t.shards[i].learn()
	}
	for i, r := range t.shards {
		if i%j.Of == 0 {
			continue
		}
		r.metrics = Metrics{}
		if len(r.ids) == 0 {
			continue
		}
		if r.away == nil {
			r.away = make([]float32, len(t.params.Value))
		}
		var ok bool
		if r.metrics, ok = t.crew.Collect(i, r.away); ok {
			r.grad = r.away
		} else {
			r.learn()
		}
	}
}

// Assist computes a member's shards of a job with the given weights, which
// become the trainer's own, and yields each.
func (t *Trainer) Assist(j Job, member int, weights []float32, yield func(shard int, grad []float32, m Metrics)) {
	copy(t.params.Value, weights)
	t.step = j.Step
	if t.orderOf != j.Epoch {
		data.Order(t.order, t.exp.Seed, j.Epoch)
		t.orderOf = j.Epoch
	}
	t.deal(t.order[j.At+j.From:][:j.Count], j.From, j.Samples)
	for i := member; i < len(t.shards); i += j.Of {
		if r := t.shards[i]; len(r.ids) > 0 {
			r.learn()
			yield(i, r.grad, r.metrics)
		}
	}
}

// Numbers lists what m consists of, for taking it from one place to another.
func (m *Metrics) Numbers() [MetricsNumbers]float64 {
	return [...]float64{float64(m.Count), float64(m.Classes), float64(m.Scored), float64(m.Correct), m.LossSum, m.Weight,
		float64(m.Sequences), float64(m.Exact)}
}

// MetricsNumbers is how many numbers Metrics consists of.
const MetricsNumbers = 8

// MetricsOf is the inverse of Numbers.
func MetricsOf(n [MetricsNumbers]float64) Metrics {
	return Metrics{int(n[0]), int(n[1]), int(n[2]), int(n[3]), n[4], n[5], int(n[6]), int(n[7])}
}
