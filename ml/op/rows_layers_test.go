package op

import (
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func init() {
	one, two := [2]int{1, 1}, [2]int{2, 2}
	for f := kernel.LeakyReLU; f <= kernel.Sqrt; f++ {
		r := row{op: Map{Func: f, A: 0.3}, in: []tensor.Shape{{3, 11}}}
		switch f {
		case kernel.LeakyReLU, kernel.ELU, kernel.SELU, kernel.HardSwish, kernel.Abs:
			r.kinked = true
		case kernel.Log, kernel.Sqrt:
			r.fill = positive
		}
		ops = append(ops, r)
	}
	ops = append(ops,
		row{op: Binary{Add}, in: []tensor.Shape{{3, 5}, {3, 5}}},
		row{op: Binary{Add}, in: []tensor.Shape{{4, 5, 6}, {5, 1}}},
		row{op: Binary{Mul}, in: []tensor.Shape{{3, 5}, {3, 5}}},
		row{op: Binary{Mul}, in: []tensor.Shape{{2, 1, 1, 3}, {2, 4, 5, 3}}},
		row{op: Binary{Add}, in: []tensor.Shape{{2, 4, 1}, {2, 1, 4}}}, // of one length, and each stretched
		row{op: Binary{Mul}, in: []tensor.Shape{{2, 1, 4}, {2, 4, 1}}},
		row{op: Binary{Div}, in: []tensor.Shape{{4, 5}, {4, 5}}, fill: positive},
		row{op: Binary{Div}, in: []tensor.Shape{{5, 1}, {4, 1, 3}}, fill: positive},
		row{op: Reduce{Do: Sum, Axes: []int{1}}, in: []tensor.Shape{{3, 5, 4}}},
		row{op: Reduce{Do: Mean, Axes: []int{0, 2}}, in: []tensor.Shape{{3, 5, 4}}},
		row{op: Reduce{Do: Mean, Axes: []int{0, 1}}, in: []tensor.Shape{{3, 5}}},
		row{op: Reduce{Do: Max, Axes: []int{2}}, in: []tensor.Shape{{3, 2, 11}}, kinked: true},
		row{op: Reduce{Do: Max, Axes: []int{1}}, in: []tensor.Shape{{3, 5, 4}}, kinked: true},
		row{op: MatMul{}, in: []tensor.Shape{{5, 7}, {7, 3}}},
		row{op: MatMul{}, in: []tensor.Shape{{2, 3, 9, 7}, {2, 3, 7, 12}}},
		row{op: LayerNorm{Eps: 1e-5}, in: []tensor.Shape{{2, 3, 8}, {8}, {8}}},
		row{op: LayerNorm{Eps: 1e-3}, in: []tensor.Shape{{300, 17}, {17}, {17}}},
		row{op: LayerNorm{Eps: 1e-5}, in: []tensor.Shape{{3, 9}, {9}}},
		row{op: RMSNorm{Eps: 1e-5}, in: []tensor.Shape{{2, 3, 8}, {8}}},
		row{op: RMSNorm{Eps: 1e-5}, in: []tensor.Shape{{5, 33}, {33}}},
		row{op: GroupNorm{Groups: 2, Eps: 1e-5}, in: []tensor.Shape{{3, 4, 2, 6}, {6}, {6}}},
		row{op: GroupNorm{Groups: 18, Eps: 1e-5}, in: []tensor.Shape{{2, 5, 18}, {18}, {18}}},
		row{op: BatchNorm{Eps: 1e-5}, in: []tensor.Shape{{6, 5}, {5}, {5}, {5}, {5}}, fixed: []int{3, 4}},
		row{op: BatchNorm{Eps: 1e-5}, in: []tensor.Shape{{3, 4, 5, 17}, {17}, {17}, {17}, {17}}, fixed: []int{3, 4}},
		row{op: BatchNorm{Eps: 1e-5, Frozen: true}, in: []tensor.Shape{{3, 4, 5}, {5}, {5}, {5}, {5}}, fixed: []int{3, 4}, fill: variances},
		row{op: Conv2D{Stride: one, Dilation: one, Pad: Padding{1, 0, 0, 1}}, in: []tensor.Shape{{2, 5, 4, 3}, {2, 2, 3, 4}}},
		row{op: Conv2D{Stride: one, Dilation: one, Pad: Padding{1, 1, 1, 1}, Groups: 2}, in: []tensor.Shape{{2, 6, 5, 4}, {3, 3, 2, 6}, {6}}},
		row{op: Conv2D{Stride: two, Dilation: one, Groups: 3, Act: kernel.Tanh}, in: []tensor.Shape{{2, 6, 5, 6}, {3, 2, 2, 3}}},
		row{op: Conv2D{Stride: one, Dilation: two, Pad: Padding{2, 2, 2, 2}, Groups: 5}, in: []tensor.Shape{{2, 6, 5, 5}, {3, 3, 1, 5}, {5}}},
		row{op: Conv2D{Stride: two, Dilation: one, Pad: Padding{0, 1, 0, 1}, Groups: 3, Act: kernel.Sigmoid}, in: []tensor.Shape{{2, 6, 5, 3}, {3, 3, 1, 6}, {6}}},
		row{op: Conv2DTranspose{Stride: two, Dilation: one}, in: []tensor.Shape{{2, 3, 4, 5}, {3, 2, 4, 5}, {4}}},
		row{op: Conv2DTranspose{Stride: one, Dilation: two, Pad: Padding{1, 1, 0, 1}, Act: kernel.Tanh}, in: []tensor.Shape{{2, 4, 4, 2}, {2, 3, 3, 2}, {3}}},
		row{op: Conv2DTranspose{Stride: [2]int{3, 4}, Dilation: one, Extra: [2]int{1, 2}}, in: []tensor.Shape{{1, 3, 2, 2}, {2, 2, 3, 2}, {3}}},
		row{op: Upsample2D{Size: [2]int{2, 3}}, in: []tensor.Shape{{2, 3, 4, 5}}},
		row{op: Permute{Axes: []int{0, 2, 1}}, in: []tensor.Shape{{2, 3, 5}}},
		row{op: Permute{Axes: []int{2, 0, 1, 3}}, in: []tensor.Shape{{2, 3, 4, 5}}},
		row{op: SpatialDropout{Rate: 0.4, Stream: tensor.NewStream(1, "dropout")}, in: []tensor.Shape{{4, 5, 7}}},
		row{op: Noise{Stddev: 0.4, Stream: tensor.NewStream(1, "noise")}, in: []tensor.Shape{{4, 25}}},
		row{op: Concat{}, in: []tensor.Shape{{2, 3, 4}, {2, 3, 1}, {2, 3, 2}}},
		row{op: Concat{Axis: 1}, in: []tensor.Shape{{2, 3, 4}, {2, 1, 4}, {2, 2, 4}}},
	)
}

// positive draws numbers from 0.5 to 2.
func positive(j int, x tensor.Tensor) bool {
	tensor.NewStream(uint64(j), "positive").FillUniform(x.Data, 0, 0.5, 2)
	return true
}

// variances draws what must be positive of a batch normalisation's inputs.
func variances(j int, x tensor.Tensor) bool { return j == 4 && positive(j, x) }

func TestLayerShapeErrors(t *testing.T) {
	for _, c := range []struct {
		op   graph.Op
		in   []tensor.Shape
		want string
	}{
		{Binary{Mul}, []tensor.Shape{{2, 3}, {2, 4}}, "the shapes 2×3 and 2×4 do not fit"},
		{Reduce{Do: Sum, Axes: []int{2}}, []tensor.Shape{{2, 3}}, "2×3 has the axes 0 to 1"},
		{MatMul{}, []tensor.Shape{{2, 3}, {4, 2}}, "matmul wants a[…,m,k] and b[…,k,n], not 2×3 and 4×2"},
		{GroupNorm{Groups: 4}, []tensor.Shape{{2, 5, 6}, {6}, {6}}, "6 channels cannot be parted into 4 groups"},
		{LayerNorm{}, []tensor.Shape{{2, 5}, {4}, {5}}, "not 2×5 and 4"},
		{BatchNorm{}, []tensor.Shape{{2, 5}, {5}, {5}, {5}, {4}}, "not 2×5 and 4"},
		{Conv2D{Groups: 2}, []tensor.Shape{{1, 4, 4, 3}, {2, 2, 1, 2}}, "conv2d in 2 groups wants"},
		{Conv2DTranspose{Stride: [2]int{1, 1}, Dilation: [2]int{1, 1}, Pad: Padding{2, 1}}, []tensor.Shape{{1, 1, 4, 3}, {2, 2, 1, 3}, {1}},
			"takes more away than there is"},
		{Permute{Axes: []int{0, 2}}, []tensor.Shape{{2, 3}}, "2×3 has the dimensions 0 to 1"},
		{SpatialDropout{}, []tensor.Shape{{2, 3}}, "at least one dimension between, not 2×3"},
		{Concat{}, []tensor.Shape{{2, 3}, {4, 3}}, "not 2×3 and 4×3"},
		{Concat{Axis: 1}, []tensor.Shape{{2, 3, 4}, {2, 3, 5}}, "differ in dimension 1 only, not 2×3×4 and 2×3×5"},
		{Concat{Axis: 2}, []tensor.Shape{{2, 3}}, "an axis that it has"},
	} {
		if _, err := c.op.Plan(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s%v: %v, want %q", c.op.Name(), c.in, err, c.want)
		}
	}
}
