package train

import (
	"fmt"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/experiment"
)

// Fold returns the experiment and the data of one of k folds, counted from 0.
// The training and validation samples of the experiment are drawn into k parts
// with the same share of every class, as data.Folds does it; the fold validates
// on one part and trains on the others. The test samples stay what they are.
func Fold(e *experiment.Experiment, set *data.Set, fold, k int) (*experiment.Experiment, *data.Set, error) {
	meta := set.Meta
	meta.Train = set.Train.Len()
	if meta.Overlap() > 0 {
		return nil, nil, config.Problem("the windows of the text overlap, so that folds would share text; set the stride to 0").At("data.source.stride")
	}
	train, validation, err := e.Data.Split.Parts(set.Train, meta, e.Seed)
	if err != nil {
		return nil, nil, err
	}
	all := data.Join(train, validation)
	n := all.Len()
	if k < 2 || k > n || fold < 0 || fold >= k {
		return nil, nil, fmt.Errorf("train: %s samples cannot make %d folds", fmt.Sprint(n), k)
	}
	var ids, held []int
	for i, part := range data.Folds(all, len(meta.Classes), k, e.Seed) {
		if part == fold {
			held = append(held, i)
		} else {
			ids = append(ids, i)
		}
	}
	own, err := experiment.Read(e.Value())
	if err != nil {
		return nil, nil, err
	}
	own.Data.Split = data.Split{Train: float64(len(ids)), Validation: float64(len(held))}
	return own, &data.Set{Meta: set.Meta, Train: data.Pick(all, append(ids, held...)), Test: set.Test}, nil
}
