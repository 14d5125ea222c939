package op

import (
	"math"
	"testing"

	"descent/ml/kernel"
	"descent/ml/tensor"
)

// A transposed convolution is the gradient of the convolution that goes the
// other way.
func TestTransposeIsTheGradient(t *testing.T) {
	draw := func(name string, shape ...int) tensor.Tensor {
		x, s := tensor.New(shape...), tensor.NewStream(1, name)
		for i := range x.Data {
			x.Data[i] = float32(s.Normal(uint64(i)))
		}
		return x
	}
	stride, dilation, pad := [2]int{2, 3}, [2]int{1, 2}, Padding{1, 0, 2, 1}
	big, w := draw("big", 2, 7, 9, 4), draw("w", 3, 2, 4, 5)
	conv := newCall(t, Conv2D{Stride: stride, Dilation: dilation, Pad: pad}, []tensor.Tensor{big, w})
	small := draw("small", conv.Out.Shape...)
	copy(conv.DOut.Data, small.Data)
	Conv2D{Stride: stride, Dilation: dilation, Pad: pad}.Backward(conv)
	// The convolution may leave cells at the edge out, which are Extra here.
	o := Conv2DTranspose{Stride: stride, Dilation: dilation, Pad: pad}
	for i := range o.Extra {
		o.Extra[i] = big.Shape[1+i] - ((small.Shape[1+i]-1)*stride[i] + (w.Shape[i]-1)*dilation[i] + 1 - pad[2*i] - pad[2*i+1])
	}
	back := newCall(t, o, []tensor.Tensor{small, w, tensor.New(4)})
	o.Forward(back)
	if !back.Out.Shape.Equal(big.Shape) {
		t.Fatalf("the shape is %v, want %v", back.Out.Shape, big.Shape)
	}
	for i, v := range conv.DIn[0].Data {
		if math.Abs(float64(back.Out.Data[i]-v)) > 1e-5 {
			t.Fatalf("value %d is %v, want %v", i, back.Out.Data[i], v)
		}
	}
}

// A convolution in groups is the whole one whose filters have zeros where they
// must not look.
func TestGroupsAreBlocks(t *testing.T) {
	x, w := tensor.New(2, 6, 5, 6), tensor.New(3, 3, 2, 9)
	full := tensor.New(3, 3, 6, 9)
	s := tensor.NewStream(1, "groups")
	s.FillUniform(x.Data, 0, -1, 1)
	s.Fork(1).FillUniform(w.Data, 0, -1, 1)
	for tap := range 9 {
		for c := range 2 {
			for f := range 9 {
				full.Data[(tap*6+f/3*2+c)*9+f] = w.Data[(tap*2+c)*9+f]
			}
		}
	}
	one := [2]int{1, 1}
	whole := newCall(t, Conv2D{Stride: one, Dilation: one, Act: kernel.Tanh}, []tensor.Tensor{x, full})
	parted := newCall(t, Conv2D{Stride: one, Dilation: one, Act: kernel.Tanh, Groups: 3}, []tensor.Tensor{x, w})
	Conv2D{Stride: one, Dilation: one, Act: kernel.Tanh}.Forward(whole)
	Conv2D{Stride: one, Dilation: one, Act: kernel.Tanh, Groups: 3}.Forward(parted)
	for i, v := range whole.Out.Data {
		if math.Abs(float64(parted.Out.Data[i]-v)) > 1e-5 {
			t.Fatalf("value %d is %v, want %v", i, parted.Out.Data[i], v)
		}
	}
}
