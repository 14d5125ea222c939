package experiment

// mostShards is the most parts that a batch is cut into unless the document says
// more: each has a gradient and activations of its own.
const mostShards = 8

// A shard is worth it when it has so many operations in a step, and so many for
// each parameter: it packs the weights and writes a gradient of its own, however
// few samples it has.
const (
	shardWork      = 20e6
	shardWorkParam = 300
)

// shards is the number of parts that a batch is cut into: what the document says,
// or a power of two that leaves each part enough to do; one when a layer has to
// see the whole batch. It depends on the document alone, so the numbers do not
// depend on the machine.
func (e *Experiment) shards(parameters int, flops int64) int {
	t := e.Train
	switch {
	case e.Model.WholeBatch():
		return 1
	case t.Shards > 0:
		return min(t.Shards, t.Batch)
	}
	work := 3 * float64(flops) * float64(t.Batch) // backward takes twice what forward does
	n := 1
	for 2*n <= min(mostShards, t.Batch) && work/float64(2*n) >= max(shardWork, shardWorkParam*float64(parameters)) {
		n *= 2
	}
	return n
}

// Share returns the samples of a batch that shard i has: all have as many, or
// one less, and so have neighbours together.
func Share(batch, shards, i int) (from, to int) {
	return (i*batch + shards - 1) / shards, ((i+1)*batch + shards - 1) / shards
}
