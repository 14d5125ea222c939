package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "flip", Title: "Flip",
		Doc: "Mirrors every other image. Not for digits and letters, which a mirror makes into something else.",
		New: func() Augmentation { return &flip{horizontal: true} },
	})
}

// flip mirrors with probability one half, each direction by itself.
type flip struct{ horizontal, vertical bool }

func (a *flip) Fields() []config.Field {
	return []config.Field{
		config.Toggle("horizontal", &a.horizontal, "left and right change places"),
		config.Toggle("vertical", &a.vertical, "top and bottom change places"),
	}
}

func (a *flip) Check(in Form) error { return checkImage(in) }

func (a *flip) Apply(dst, src []float32, in Form, s tensor.Stream) {
	height, width, channels := in.Shape[0], in.Shape[1], in.Shape[2]
	mirror := a.horizontal && s.Uniform(0) < 0.5
	over := a.vertical && s.Uniform(1) < 0.5
	for i := range height {
		for j := range width {
			k, l := i, j
			if over {
				k = height - 1 - i
			}
			if mirror {
				l = width - 1 - j
			}
			copy(dst[(i*width+j)*channels:][:channels], src[(k*width+l)*channels:])
		}
	}
}
