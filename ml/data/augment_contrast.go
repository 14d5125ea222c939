package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "contrast", Title: "Contrast",
		Doc: "Brings light and dark closer together, or farther apart.",
		New: func() Augmentation { return &contrast{amount: 20} },
	})
}

// contrast multiplies the distance of every value from the image's mean by
// one factor, and keeps values in the data's range.
type contrast struct{ amount float64 }

func (a *contrast) Fields() []config.Field {
	return []config.Field{percent("amount", &a.amount, 100, "at most so much farther or closer")}
}

func (a *contrast) Check(in Form) error { return checkImage(in) }

func (a *contrast) Apply(dst, src []float32, in Form, s tensor.Stream) {
	low, high := float32(in.Range[0]), float32(in.Range[1])
	factor := float32(1 + either(s, 0, a.amount/100))
	sum := 0.0
	for _, v := range src {
		sum += float64(v)
	}
	mean := float32(sum / float64(len(src)))
	for i, v := range src {
		dst[i] = min(max(mean+float32((v-mean)*factor), low), high)
	}
}
