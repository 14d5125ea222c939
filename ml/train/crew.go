package train

import "descent/ml/data"

// A Crew computes shards elsewhere: in workers of a browser, which share no
// memory with the trainer's own, each with a Trainer of the same experiment and
// data. A shard's gradient has the same bits wherever it was computed, and
// gradients are added in the same order, so a crew changes nothing but the time
// that a step takes; members may come and go between two steps.
type Crew interface {
	// Members is how many there are at the moment, beside the trainer itself.
	Members() int

	// Begin starts the members on their parts of a job.
	Begin(job Job, weights []float32)

	// Collect waits for a part, and fills in its gradient where grad is not
	// nil. False means that its member is lost: the trainer computes the part
	// itself.
	Collect(part int, grad []float32) (Metrics, bool)
}

// A Job is a batch to learn from, or some pieces of an evaluation, and among how
// many it is divided; member 0 is the trainer that leads.
type Job struct {
	Step, Epoch int // steps and epochs done
	At          int // where the step's samples begin in the epoch's order, or the evaluation's next
	From, Count int // the batch's place among them; how many are evaluated
	Samples     int // of the whole step
	Of          int
	Measures    int // 0 to learn, or 1 more than the Part that is evaluated
}

// Lead has a crew help with the shards from the next step on; nil for none.
func (t *Trainer) Lead(c Crew) { t.crew = c }

// Parts is the number of shards of a batch: more members than that cannot help.
// A job has no more parts.
func (t *Trainer) Parts() int { return len(t.shards) }

// own returns the shards of a member: neighbours, and the fewest for the one who
// has the update to do as well.
func (t *Trainer) own(j Job, member int) (from, to int) {
	s := len(t.shards)
	return member * s / j.Of, (member + 1) * s / j.Of
}

// A node is a sum of shards that a member sends as one.
type node struct{ from, to int }

// whole lists the largest nodes below lo to hi that lie within from to to.
func whole(list []node, lo, hi, from, to int) []node {
	switch {
	case hi <= from || to <= lo:
		return list
	case from <= lo && hi <= to:
		return append(list, node{lo, hi})
	}
	mid := (lo + hi) / 2
	return whole(whole(list, lo, mid, from, to), mid, hi, from, to)
}

// learnAll computes the metrics and gradients of all shards of a batch.
func (t *Trainer) learnAll(j Job) {
	if t.crew != nil {
		j.Of = 1 + min(t.crew.Members(), len(t.shards)-1)
	}
	if j.Of < 2 {
		t.team.run(len(t.shards), t.learnShard)
		return
	}
	at := t.timing.start()
	t.crew.Begin(j, t.params.Value)
	t.timing.lap(&t.timing.exchange, at)
	_, to := t.own(j, 0)
	for _, r := range t.shards[:to] {
		r.learn()
	}
	at = t.timing.start()
	for member := 1; member < j.Of; member++ {
		from, to := t.own(j, member)
		t.nodes = whole(t.nodes[:0], 0, len(t.shards), from, to)
		for _, n := range t.nodes {
			t.collect(n)
		}
	}
	t.timing.lap(&t.timing.exchange, at)
}

// collect takes what a member computed of a node, or computes it.
func (t *Trainer) collect(n node) {
	head, ok := t.shards[n.from], true
	for i := n.from; i < n.to && ok; i++ {
		r := t.shards[i]
		r.metrics = Metrics{}
		if len(r.ids) > 0 {
			r.metrics, ok = t.crew.Collect(i, nil)
			head.holds = true
		}
	}
	if !head.holds {
		return
	}
	if head.away == nil {
		head.away = make([]float32, len(t.params.Value))
	}
	if ok {
		_, ok = t.crew.Collect(n.from, head.away)
	}
	if ok {
		head.grad, head.span = head.away, n.to-n.from
		return
	}
	for i := n.from; i < n.to; i++ {
		t.shards[i].learn()
	}
	head.holds = len(head.ids) > 0
}

// Assist computes a member's parts of a job and yields each: its metrics, and
// the gradient of the shards that begin with it, where it has any. The weights
// are filled in by whoever knows them.
func (t *Trainer) Assist(j Job, member int, weights func(to []float32), yield func(part int, grad []float32, m Metrics)) {
	if j.Measures > 0 {
		weights(t.Shown().Value)
		from, to := pieceOf(j, member)
		r := t.evals[0]
		r.ids = make([]int, to-from)
		for i := range r.ids {
			r.ids[i] = from + i
		}
		r.evaluate(t.part(Part(j.Measures - 1)))
		yield(member, nil, r.metrics)
		return
	}
	weights(t.params.Value)
	t.step = j.Step
	if t.orderOf != j.Epoch {
		data.Order(t.order, t.exp.Seed, j.Epoch)
		t.orderOf = j.Epoch
	}
	t.deal(t.order[j.At+j.From:][:j.Count], j.From, j.Samples)
	from, to := t.own(j, member)
	for _, r := range t.shards[from:to] {
		r.learn()
	}
	t.nodes = whole(t.nodes[:0], 0, len(t.shards), from, to)
	for _, n := range t.nodes {
		at := t.add(n.from, n.to, 0, len(t.params.Value))
		for i := n.from; i < n.to; i++ {
			var grad []float32
			if i == n.from && at >= 0 {
				grad = t.shards[at].grad
			}
			yield(i, grad, t.shards[i].metrics)
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
