package train

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/tensor"
)

// Fold returns the experiment and the data of one of k folds, counted from 0.
// The training and validation samples of the experiment are drawn into k parts
// of about the same size; the fold validates on one part and trains on the
// others. The test samples stay what they are.
func Fold(e *experiment.Experiment, set *data.Set, fold, k int) (*experiment.Experiment, *data.Set, error) {
	meta := set.Meta
	meta.Train = set.Train.Len()
	if meta.Overlap() > 0 {
		return nil, nil, config.Problem("the windows of the text overlap, so that folds would share text; set the stride to 0").At("data.source.stride")
	}
	train, validation, err := e.Data.Split.Cut(meta)
	if err != nil {
		return nil, nil, err
	}
	n := train + validation
	if k < 2 || k > n || fold < 0 || fold >= k {
		return nil, nil, fmt.Errorf("train: %s samples cannot make %d folds", fmt.Sprint(n), k)
	}
	order := tensor.NewStream(e.Seed, "folds").Perm(n)
	from, to := fold*n/k, (fold+1)*n/k
	ids := append(append([]int{}, order[:from]...), order[to:]...)
	ids = append(ids, order[from:to]...) // validation comes last
	own, err := experiment.Read(e.Value())
	if err != nil {
		return nil, nil, err
	}
	own.Data.Split = data.Split{Train: float64(n - (to - from)), Validation: float64(to - from)}
	return own, &data.Set{Meta: set.Meta, Train: data.Pick(set.Train, ids), Test: set.Test}, nil
}
