package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterAugmentation(AugmentationInfo{
		Type: "cutout", Title: "Cutout",
		Doc: "Covers a square of the image, so that the model learns not to depend on one part of it (DeVries and Taylor, 2017).",
		New: func() Augmentation { return &cutout{size: 30} },
	})
}

// cutout fills a square with the low end of the data's range. Its middle is
// any pixel of the image, so part of it may lie outside.
type cutout struct{ size float64 }

func (a *cutout) Fields() []config.Field {
	return []config.Field{percent("size", &a.size, 100, "a side of the square, as a share of the image's shorter side")}
}

func (a *cutout) Check(in Form) error { return checkImage(in) }

func (a *cutout) Apply(dst, src []float32, in Form, s tensor.Stream) {
	copy(dst, src)
	height, width, channels := in.Shape[0], in.Shape[1], in.Shape[2]
	side := int(a.size/100*float64(min(height, width)) + 0.5)
	top, left := s.Intn(0, height)-side/2, s.Intn(1, width)-side/2
	low := float32(in.Range[0])
	for i := max(0, top); i < min(height, top+side); i++ {
		from, to := max(0, left), min(width, left+side)
		covered := dst[(i*width+from)*channels : (i*width+to)*channels]
		for j := range covered {
			covered[j] = low
		}
	}
}
