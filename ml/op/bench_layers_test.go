package op

import (
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func BenchmarkLayers(b *testing.B) {
	one, same := [2]int{1, 1}, Padding{1, 1, 1, 1}
	image, steps := tensor.Shape{32, 28, 28, 32}, tensor.Shape{16, 64, 128}
	c, s := tensor.Shape{32}, tensor.Shape{128}
	for _, v := range []struct {
		name string
		op   graph.Op
		in   []tensor.Shape
	}{
		{"relu", Activation{kernel.ReLU}, []tensor.Shape{image}},
		{"gelu", Map{Func: kernel.GELU}, []tensor.Shape{image}},
		{"add", Binary{Add}, []tensor.Shape{image, image}},
		{"gate", Binary{Mul}, []tensor.Shape{image, {32, 1, 1, 32}}},
		{"concat", Concat{}, []tensor.Shape{image, image}},
		{"layer_norm", LayerNorm{Eps: 1e-5}, []tensor.Shape{steps, s, s}},
		{"rms_norm", RMSNorm{Eps: 1e-5}, []tensor.Shape{steps, s}},
		{"batch_norm", BatchNorm{Eps: 1e-5}, []tensor.Shape{image, c, c, c, c}},
		{"group_norm", GroupNorm{Groups: 8, Eps: 1e-5}, []tensor.Shape{image, c, c}},
		{"conv2d", Conv2D{Stride: one, Dilation: one, Pad: same}, []tensor.Shape{image, {3, 3, 32, 32}, c}},
		{"conv2d in 4 groups", Conv2D{Stride: one, Dilation: one, Pad: same, Groups: 4}, []tensor.Shape{image, {3, 3, 8, 32}, c}},
		{"depthwise", Conv2D{Stride: one, Dilation: one, Pad: same, Groups: 32}, []tensor.Shape{image, {3, 3, 1, 32}, c}},
		{"depthwise twice", Conv2D{Stride: one, Dilation: one, Pad: same, Groups: 32}, []tensor.Shape{image, {3, 3, 1, 64}, {64}}},
		{"transposed", Conv2DTranspose{Stride: [2]int{2, 2}, Dilation: one}, []tensor.Shape{{32, 14, 14, 32}, {2, 2, 32, 32}, c}},
		{"upsampling", Upsample2D{Size: [2]int{2, 2}}, []tensor.Shape{{32, 14, 14, 32}}},
		{"permute", Permute{Axes: []int{0, 3, 1, 2}}, []tensor.Shape{image}},
		{"mean", Reduce{Do: Mean, Axes: []int{1, 2}}, []tensor.Shape{image}},
		{"max", Reduce{Do: Max, Axes: []int{1, 2}}, []tensor.Shape{image}},
		{"spatial_dropout", SpatialDropout{Rate: 0.2}, []tensor.Shape{image}},
		{"noise", Noise{Stddev: 0.2}, []tensor.Shape{image}},
	} {
		b.Run(v.name, func(b *testing.B) { benchmark(b, v.op, 2, v.in...) })
	}
}
