package data

import (
	"math"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "rotate", Title: "Rotate",
		Doc: "Turns the image about its middle.",
		New: func() Augmentation { return &rotate{degrees: 15, fill: fillLow} },
	})
}

type rotate struct {
	degrees float64
	fill    string
}

func (a *rotate) Fields() []config.Field {
	return []config.Field{
		config.Float("degrees", &a.degrees, 0, 180, "at most by this, to either side").With("°"),
		fillField(&a.fill),
	}
}

func (a *rotate) Check(in Form) error { return checkImage(in) }

func (a *rotate) Apply(dst, src []float32, in Form, s tensor.Stream) {
	sin, cos := math.Sincos(either(s, 0, a.degrees*math.Pi/180))
	warp{xx: cos, xy: -sin, yx: sin, yy: cos}.move(dst, src, in, a.fill)
}
