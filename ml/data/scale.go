package data

import (
	"math"

	"descent/ml/config"
)

func init() {
	RegisterStep(StepInfo{
		Type:  "scale",
		Title: "Scale",
		Doc:   "Multiplies every value by a factor and adds an offset. 1/255 brings the bytes of an image to 0..1.",
		New:   func() Step { return &scale{factor: 1.0 / 255} },
	})
}

// scale computes x*factor + offset, as Keras' Rescaling layer does.
type scale struct {
	factor, offset float64
}

func (s *scale) Fields() []config.Field {
	const most = math.MaxFloat32
	return []config.Field{
		config.Float("factor", &s.factor, -most, most, "every value is multiplied by this first"),
		config.Float("offset", &s.offset, -most, most, "and this is added"),
	}
}

func (s *scale) Form(in Form) (Form, error) { return in, nil }

func (s *scale) Apply(dst, src []float32, _ Form, _ []float32) {
	factor, offset := float32(s.factor), float32(s.offset)
	for i, v := range src {
		dst[i] = float32(v*factor) + offset // rounded between, the same on every target
	}
}
