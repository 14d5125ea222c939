package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "shift", Title: "Shift",
		Doc: "Moves the image sideways and up or down.",
		New: func() Augmentation { return &shift{horizontal: 10, vertical: 10, fill: fillLow} },
	})
}

type shift struct {
	horizontal, vertical float64 // percent
	fill                 string
}

func (a *shift) Fields() []config.Field {
	return []config.Field{
		percent("horizontal", &a.horizontal, 100, "at most this share of the width, to either side"),
		percent("vertical", &a.vertical, 100, "at most this share of the height, up or down"),
		fillField(&a.fill),
	}
}

func (a *shift) Check(in Form) error { return checkImage(in) }

func (a *shift) Apply(dst, src []float32, in Form, s tensor.Stream) {
	dx := either(s, 0, a.horizontal/100*float64(in.Shape[1]))
	dy := either(s, 1, a.vertical/100*float64(in.Shape[0]))
	warp{xx: 1, yy: 1, dx: dx, dy: dy}.move(dst, src, in, a.fill)
}
