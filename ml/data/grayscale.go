package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterStep(StepInfo{
		Type: "grayscale", Title: "Grayscale",
		Doc: "Makes one channel of red, green and blue, weighed as the eye does.",
		New: func() Step { return grayscale{} },
	})
}

// grayscale computes 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).
type grayscale struct{}

func (grayscale) Fields() []config.Field { return nil }

func (grayscale) Form(in Form) (Form, error) {
	height, width, channels, err := in.image()
	if err == nil && channels != 3 && channels != 1 {
		err = config.Problem("grayscale wants images of three channels, and these have %d", channels)
	}
	in.Shape = tensor.Shape{height, width, 1}
	return in, err
}

func (grayscale) Apply(dst, src []float32, in Form, _ []float32) {
	if in.Shape[2] == 1 {
		copy(dst, src)
		return
	}
	for i := range dst {
		dst[i] = float32(0.299*src[3*i]) + float32(0.587*src[3*i+1]) + float32(0.114*src[3*i+2])
	}
}
