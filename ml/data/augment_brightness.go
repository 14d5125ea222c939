package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "brightness", Title: "Brightness",
		Doc: "Makes the whole image brighter or darker.",
		New: func() Augmentation { return &brightness{amount: 20} },
	})
}

// brightness adds one number to all values and keeps them in the data's range.
type brightness struct{ amount float64 }

func (a *brightness) Fields() []config.Field {
	return []config.Field{percent("amount", &a.amount, 100, "at most by this share of the range, either way")}
}

func (a *brightness) Check(in Form) error { return checkImage(in) }

func (a *brightness) Apply(dst, src []float32, in Form, s tensor.Stream) {
	low, high := float32(in.Range[0]), float32(in.Range[1])
	add := float32(either(s, 0, a.amount/100*(in.Range[1]-in.Range[0])))
	for i, v := range src {
		dst[i] = min(max(v+add, low), high)
	}
}
