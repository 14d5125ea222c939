package op

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// A stepper is an op that can go through sequences, with the shapes of its
// inputs over all steps and which of them come a step at a time.
type stepper struct {
	op    graph.Stepper
	in    []tensor.Shape
	steps []bool
	fill  func(j int, x tensor.Tensor) bool
}

var all, first = []bool{true, true, true, true}, []bool{true, false, false, false, false}

var steppers = []stepper{
	{op: Linear{}, in: []tensor.Shape{{2, 5, 7}, {7, 3}, {3}}, steps: first},
	{op: Linear{Transposed: true, Act: kernel.Tanh}, in: []tensor.Shape{{2, 5, 7}, {19, 7}}, steps: first},
	{op: Activation{kernel.Tanh}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: Map{Func: kernel.GELU}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: Softmax{}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: LogSoftmax{}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: LayerNorm{Eps: 1e-5}, in: []tensor.Shape{{2, 5, 7}, {7}, {7}}, steps: first},
	{op: RMSNorm{Eps: 1e-5}, in: []tensor.Shape{{2, 5, 7}, {7}}, steps: first},
	{op: BatchNorm{Eps: 1e-5}, in: []tensor.Shape{{2, 5, 7}, {7}, {7}, {7}, {7}}, steps: first, fill: above(4)},
	{op: Binary{Do: Mul}, in: []tensor.Shape{{2, 5, 7}, {2, 5, 7}}, steps: all},
	{op: Binary{Do: Add}, in: []tensor.Shape{{2, 5, 7}, {2, 5, 1}}, steps: all},
	{op: Concat{}, in: []tensor.Shape{{2, 5, 7}, {2, 5, 3}}, steps: all},
	{op: Dropout{Rate: 0.5}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: SpatialDropout{Rate: 0.5}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: Noise{Stddev: 1}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: Embedding{}, in: []tensor.Shape{{2, 5}, {11, 6}}, steps: first, fill: ids(0, 11)},
	{op: PaddingMask{Token: 3}, in: []tensor.Shape{{2, 5}}, steps: first, fill: ids(0, 5)},
	{op: Position{}, in: []tensor.Shape{{2, 5, 7}, {8, 7}}, steps: first},
	{op: NewSinusoid(5, 7), in: []tensor.Shape{{2, 5, 7}}, steps: first},
	{op: NewRotary(5, 4), in: []tensor.Shape{{2, 5, 8}}, steps: first},
	{op: SimpleRNN{}, in: []tensor.Shape{{3, 5, 4}, {4, 6}, {6, 6}, {6}}, steps: first},
	{op: LSTM{}, in: []tensor.Shape{{3, 5, 4}, {4, 24}, {6, 24}, {24}}, steps: first},
	{op: LSTM{}, in: []tensor.Shape{{1, 7, 20}, {20, 132}, {33, 132}, {132}}, steps: first},
	{op: GRU{}, in: []tensor.Shape{{3, 5, 4}, {4, 18}, {6, 18}, {18}, {6}}, steps: first},
	{op: GRU{}, in: []tensor.Shape{{1, 7, 20}, {20, 99}, {33, 99}, {99}, {33}}, steps: first},
	{op: Attention{Heads: 2, KVHeads: 2, Causal: true}, in: []tensor.Shape{{2, 5, 8}, {2, 5, 8}, {2, 5, 8}}, steps: all},
	{op: Attention{Heads: 4, KVHeads: 2, Causal: true, Dropout: 0.5}, in: []tensor.Shape{{2, 7, 12}, {2, 7, 6}, {2, 7, 6}, {2, 7}}, steps: all, fill: mask(3)},
	{op: Attention{Heads: 3, KVHeads: 1, Causal: true}, in: []tensor.Shape{{1, 150, 51}, {1, 150, 17}, {1, 150, 17}}, steps: all},
	{op: Attention{Heads: 4, KVHeads: 2}, in: []tensor.Shape{{2, 5, 12}, {2, 5, 6}, {2, 5, 6}, {2, 5}}, steps: first, fill: mask(3)},
	{op: Attention{Heads: 2, KVHeads: 2}, in: []tensor.Shape{{2, 5, 8}, {2, 70, 8}, {2, 70, 8}}, steps: first},
	{op: Reshape{Sample: tensor.Shape{1, 5, 7}}, in: []tensor.Shape{{2, 5, 7}}, steps: all},
	{op: Reshape{Sample: tensor.Shape{5, 7}}, in: []tensor.Shape{{2, 1, 5, 7}}, steps: all},
	{op: Conv2D{Stride: one, Dilation: [2]int{1, 2}, Pad: Padding{0, 0, 4, 0}}, in: []tensor.Shape{{2, 1, 9, 5}, {1, 3, 5, 6}, {6}}, steps: first},
	{op: Conv2D{Stride: one, Dilation: one, Pad: Padding{0, 0, 3, 0}, Act: kernel.Tanh, Groups: 2}, in: []tensor.Shape{{3, 1, 7, 4}, {1, 4, 2, 6}}, steps: first},
	{op: Conv2D{Stride: one, Dilation: one, Pad: Padding{}, Act: kernel.ReLU}, in: []tensor.Shape{{1, 1, 4, 3}, {1, 1, 3, 8}, {8}}, steps: first},
}

var one = [2]int{1, 1}

// axis is where a sequence has its steps.
func axis(s tensor.Shape) int {
	if len(s) == 4 {
		return 2
	}
	return 1
}

func above(j int) func(int, tensor.Tensor) bool {
	return func(i int, x tensor.Tensor) bool {
		if i == j {
			tensor.NewStream(4, "above").FillUniform(x.Data, 0, 0.5, 2)
		}
		return i == j
	}
}

// Step by step comes out what comes out of the whole sequence, also for samples
// that changed places in between, and without allocating.
func TestStepwise(t *testing.T) {
	for _, row := range steppers {
		t.Run(row.op.Name(), func(t *testing.T) {
			var in []tensor.Tensor
			var flows []graph.Flow
			for j, shape := range row.in {
				x := tensor.New(shape...)
				if row.fill == nil || !row.fill(j, x) {
					tensor.NewStream(uint64(j), "stepwise").FillNormal(x.Data, 0)
				}
				in, flows = append(in, x), append(flows, graph.Flow{Shape: shape, Steps: row.steps[j]})
			}
			whole := newCall(t, row.op, in)
			whole.Train = false
			row.op.Forward(whole)

			one, err := row.op.Stepwise(flows)
			if err != nil {
				t.Fatal(err)
			}
			if one == nil {
				one = row.op
			}
			part := slices.Clone(in)
			for j, shape := range row.in {
				if row.steps[j] {
					shape = slices.Clone(shape)
					shape[axis(shape)] = 1
					part[j] = tensor.New(shape...)
				}
			}
			call := newCall(t, one, part)
			call.Train = false
			plan, _ := one.Plan(shapes(part))
			call.State = make([]float32, plan.State)
			n, time := row.in[0][0], row.in[0][axis(row.in[0])]
			if plan.State%n != 0 {
				t.Fatalf("a state of %d numbers is of %d samples", plan.State, n)
			}
			for i := range call.Temp {
				call.Temp[i] = float32(math.NaN())
			}
			for step := range time {
				for j := range in {
					if row.steps[j] {
						size := len(part[j].Data) / n
						for i := range n {
							copy(part[j].Data[i*size:(i+1)*size], in[j].Data[(i*time+step)*size:])
						}
					}
				}
				call.Time = step
				one.Forward(call)
				size := len(call.Out.Data) / n
				for i := range n {
					want := whole.Out.Data[(i*time+step)*size:][:size]
					for k, v := range call.Out.Data[i*size : (i+1)*size] {
						if d := math.Abs(float64(v - want[k])); !(d <= 1e-5) {
							t.Fatalf("step %d of sample %d has %v, and in the whole sequence %v", step, i, v, want[k])
						}
					}
				}
			}
			call.Time = time - 1
			if n := testing.AllocsPerRun(5, func() { one.Forward(call) }); n != 0 {
				t.Errorf("%v allocations a step", n)
			}
		})
	}
}

func shapes(in []tensor.Tensor) (out []tensor.Shape) {
	for _, x := range in {
		out = append(out, x.Shape)
	}
	return out
}

// What looks ahead, or at all steps at once, says so.
func TestNotStepwise(t *testing.T) {
	for _, c := range []struct {
		op    graph.Stepper
		in    []tensor.Shape
		steps []bool
		says  string
	}{
		{LSTM{Reverse: true}, []tensor.Shape{{3, 5, 4}, {4, 24}, {6, 24}, {24}}, first, "from the end to the start"},
		{Attention{Heads: 1, KVHeads: 1}, []tensor.Shape{{1, 5, 4}, {1, 5, 4}, {1, 5, 4}}, all, "looks ahead"},
		{Attention{Heads: 1, KVHeads: 1}, []tensor.Shape{{1, 5, 4}, {1, 5, 4}, {1, 5, 4}}, []bool{false, true, true}, "the whole sequence"},
		{Attention{Heads: 1, KVHeads: 1, Causal: true}, []tensor.Shape{{1, 5, 4}, {1, 5, 4}, {1, 5, 4}, {1, 5}}, []bool{true, true, true, false}, "the whole sequence"},
		{Linear{}, []tensor.Shape{{2, 5}, {5, 3}}, first, "the whole sequence"},
		{Softmax{}, []tensor.Shape{{2, 5}}, first, "the whole sequence"},
		{Binary{Do: Add}, []tensor.Shape{{2, 5}, {3, 2, 5}}, all, "the whole sequence"},
		{Position{}, []tensor.Shape{{2, 5, 7}, {5, 7}}, all, "the whole sequence"},
		{Reshape{}, []tensor.Shape{{2, 5, 7}}, all, "the whole sequence"},
		{Reshape{Sample: tensor.Shape{7, 5}}, []tensor.Shape{{2, 5, 7}}, all, "the whole sequence"},
		{Conv2D{Stride: one, Dilation: one, Pad: Padding{0, 0, 1, 1}}, []tensor.Shape{{2, 1, 5, 7}, {1, 3, 7, 4}, {4}}, first, "look ahead"},
		{Conv2D{Stride: one, Dilation: one}, []tensor.Shape{{2, 1, 5, 7}, {1, 3, 7, 4}, {4}}, first, "the whole sequence"},
		{Conv2D{Stride: [2]int{1, 2}, Dilation: one, Pad: Padding{0, 0, 2, 0}}, []tensor.Shape{{2, 1, 5, 7}, {1, 3, 7, 4}, {4}}, first, "the whole sequence"},
		{Conv2D{Stride: one, Dilation: one, Pad: Padding{0, 0, 2, 0}}, []tensor.Shape{{2, 3, 5, 7}, {1, 3, 7, 4}, {4}}, first, "the whole sequence"},
	} {
		var flows []graph.Flow
		for j, shape := range c.in {
			flows = append(flows, graph.Flow{Shape: shape, Steps: c.steps[j]})
		}
		if _, err := c.op.Stepwise(flows); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s of %v: %v, want %q", c.op.Name(), c.in, err, c.says)
		}
	}
}
