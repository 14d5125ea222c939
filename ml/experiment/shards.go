package experiment

// mostShards is the most parts that a batch is cut into unless the document says
// more: each has a gradient and activations of its own.
const mostShards = 8

// A shard is worth it when it has so many operations in a step, and so many for
// each parameter beyond those that a core's cache holds: however few samples it
// has, it reads all weights twice and writes a gradient of its own. With these
// numbers one core loses a tenth at most by shards that it has to itself: four
// of char-gpt's batch cost it 4 % and eight 15 %, two of keras-mlp's 11 % and
// four 30 %. The first cut may cost more than the others, since nearly every
// machine has two cores.
const (
	shardWork    = 20e6
	shardPerFar  = 700
	firstPerFar  = 400
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
	for perFar := firstPerFar; 2*n <= min(mostShards, t.Batch); perFar = shardPerFar {
		if work/float64(2*n) < max(shardWork, float64(perFar)*float64(parameters-cachedParams)) {
			break
		}
		n *= 2
	}
	return n
}

// Share returns the samples of a batch that shard i has: all have as many, or
// one less, and so have neighbours together.
func Share(batch, shards, i int) (from, to int) {
	return (i*batch + shards - 1) / shards, ((i+1)*batch + shards - 1) / shards
}
