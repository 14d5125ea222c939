package train

import (
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/nn"
)

// balance tells a loss that asks for it how many samples there are of each class.
func (t *Trainer) balance(d data.Dataset) {
	b, ok := t.exp.Train.Objective.(nn.Balancer)
	if !ok || !b.Balanced() {
		return
	}
	counts := make([]int, len(t.meta.Classes))
	x, y := make([]float32, t.meta.X.Len()), make([]float32, t.meta.Y.Len())
	for i := range d.Len() {
		d.Read(i, x, y)
		for _, label := range y {
			if c := int(label); c >= 0 && c < len(counts) {
				counts[c]++
			}
		}
	}
	b.Balance(counts)
}

// checkTargets looks at every value to predict when the loss takes only some.
func (t *Trainer) checkTargets() error {
	loss, ok := t.exp.Train.Objective.(nn.Ranged)
	if !ok || len(t.meta.Classes) > 0 {
		return nil
	}
	low, high := loss.Targets()
	x, y := make([]float32, t.pipe.Form().Shape.Len()), make([]float32, t.meta.Y.Len())
	for _, part := range []data.Dataset{t.train, t.validation, t.test} {
		for i := range part.Len() {
			part.Read(i, x, y)
			for _, v := range y {
				if !(v >= low && v <= high) {
					return config.Problem("%s compares with numbers from %v to %v, and the data has %v to tell; take another loss, such as mse",
						t.exp.Train.Loss, low, high, v).At("train.loss")
				}
			}
		}
	}
	return nil
}
