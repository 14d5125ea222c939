package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterStep(StepInfo{
		Type: "resize", Title: "Resize",
		Doc: "Brings images to another size. Shrinking takes the mean of the pixels that become one.",
		New: func() Step { return &resize{size: [2]int{32, 32}} },
	})
}

// maxSide bounds the sides of images that are made.
const maxSide = 1024

type resize struct{ size [2]int }

func (r *resize) Fields() []config.Field {
	return []config.Field{config.Pair("size", &r.size, 1, maxSide, "height and width of what comes out").With("px")}
}

func (r *resize) Form(in Form) (Form, error) {
	_, _, channels, err := in.image()
	in.Shape = tensor.Shape{r.size[0], r.size[1], channels}
	return in, err
}

func (r *resize) Apply(dst, src []float32, in Form, _ []float32) {
	resample(dst, src, r.size[0], r.size[1], in.Shape[0], in.Shape[1], in.Shape[2])
}
