package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "noise", Title: "Noise",
		Doc: "Adds a little to every value, at random, so that the model does not learn single samples by heart.",
		New: func() Augmentation { return &noise{amount: 5} },
	})
}

// noise adds normal noise. In a table it is measured by each column's own
// range, and categories are left alone.
type noise struct{ amount float64 }

func (a *noise) Fields() []config.Field {
	return []config.Field{percent("amount", &a.amount, 100, "the standard deviation, as a share of the range")}
}

func (a *noise) Check(Form) error { return nil }

func (a *noise) Apply(dst, src []float32, in Form, s tensor.Stream) {
	s.FillNormal(dst, 0)
	deviation := a.amount / 100 * (in.Range[1] - in.Range[0])
	for i, v := range src {
		if in.Columns != nil {
			c := in.Columns[i]
			if c.Kind != Number {
				dst[i] = v
				continue
			}
			deviation = a.amount / 100 * (c.Max - c.Min)
		}
		dst[i] = v + float32(float32(deviation)*dst[i])
	}
}
