package experiment

// mostShards is the most parts that a batch is cut into unless the document says
// more: each has a gradient and activations of its own.
const mostShards = 8

// A shard is worth it when it has so many operations in a step, and so many for
// each parameter beyond those that a core's cache holds: however few samples it
// has, it reads all weights twice and writes a gradient of its own, which takes
// about 3 ns for each parameter when they come from farther away, and a tenth of
// that when they do not.
const (
	shardWork    = 20e6
	shardPerFar  = 700
	cachedParams = 100_000
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
	for 2*n <= min(mostShards, t.Batch) && work/float64(2*n) >= max(shardWork, shardPerFar*float64(parameters-cachedParams)) {
		n *= 2
	}
	return n
}

// Share returns the samples of a batch that shard i has: all have as many, or
// one less, and so have neighbours together.
func Share(batch, shards, i int) (from, to int) {
	return (i*batch + shards - 1) / shards, ((i+1)*batch + shards - 1) / shards
}
