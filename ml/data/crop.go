package data

import (
	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	RegisterStep(StepInfo{
		Type: "crop", Title: "Crop",
		Doc: "Keeps the middle of an image and drops what is around it.",
		New: func() Step { return &crop{size: [2]int{24, 24}} },
	})
}

// crop keeps the middle; of an odd remainder more is dropped below and right.
type crop struct{ size [2]int }

func (c *crop) Fields() []config.Field {
	return []config.Field{config.Pair("size", &c.size, 1, maxSide, "height and width of what is kept").With("px")}
}

func (c *crop) Form(in Form) (Form, error) {
	height, width, channels, err := in.image()
	if err == nil && (c.size[0] > height || c.size[1] > width) {
		err = config.Problem("crop keeps %d×%d, and the images have only %d×%d", c.size[0], c.size[1], height, width)
	}
	in.Shape = tensor.Shape{c.size[0], c.size[1], channels}
	return in, err
}

func (c *crop) Apply(dst, src []float32, in Form, _ []float32) {
	width, channels := in.Shape[1], in.Shape[2]
	top, left := (in.Shape[0]-c.size[0])/2, (width-c.size[1])/2
	n := c.size[1] * channels
	for i := range c.size[0] {
		copy(dst[i*n:(i+1)*n], src[((top+i)*width+left)*channels:])
	}
}
