package data

import (
	"slices"

	"descent/ml/tensor"
)

// Folds draws the samples of d, which have so many classes, 0 for a regression,
// into k parts, and returns the part of each sample. The parts have the same
// number of samples, and of samples of each class, within one: the samples are
// mixed, sorted by class and dealt out in turn.
func Folds(d Dataset, classes, k int, seed uint64) []int {
	order := tensor.NewStream(seed, "folds").Perm(d.Len())
	if classes > 0 {
		class := labels(d, order, classes)
		at := make([]int, len(order)) // places in the order, class by class
		for i := range at {
			at[i] = i
		}
		slices.SortStableFunc(at, func(a, b int) int { return class[a] - class[b] })
		sorted := make([]int, len(order))
		for i, from := range at {
			sorted[i] = order[from]
		}
		order = sorted
	}
	part := make([]int, len(order))
	for turn, i := range order {
		part[i] = turn % k
	}
	return part
}
