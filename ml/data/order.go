package data

import "descent/ml/tensor"

// Order fills dst with the order in which an epoch visits len(dst) samples,
// drawn from (seed, "shuffle", epoch): any epoch's order is known without the
// ones before it, so a resumed run goes on where it stopped.
func Order(dst []int, seed uint64, epoch int) {
	tensor.NewStream(seed, "shuffle").Fork(uint64(epoch)).Permute(dst)
}
