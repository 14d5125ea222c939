package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "zoom", Title: "Zoom",
		Doc: "Makes what is in the image larger or smaller.",
		New: func() Augmentation { return &zoom{amount: 10, fill: fillLow} },
	})
}

type zoom struct {
	amount float64 // percent
	fill   string
}

func (a *zoom) Fields() []config.Field {
	return []config.Field{
		percent("amount", &a.amount, 90, "at most so much larger or smaller"),
		fillField(&a.fill),
	}
}

func (a *zoom) Check(in Form) error { return checkImage(in) }

func (a *zoom) Apply(dst, src []float32, in Form, s tensor.Stream) {
	f := 1 / (1 + either(s, 0, a.amount/100))
	warp{xx: f, yy: f}.move(dst, src, in, a.fill)
}
