package op

import (
	"math"
	"testing"

	"descent/ml/tensor"
)

// Dropout within attention depends on the step and on where a sample stands in
// the batch, not on how the batch is cut, and there is none outside training.
func TestAttentionDropout(t *testing.T) {
	plain := Attention{Heads: 2, KVHeads: 2}
	a := plain
	a.Dropout, a.Stream = 0.3, tensor.NewStream(4, "attention")
	const n, time, size = 6, 70, 4
	in := make([]tensor.Tensor, 3)
	for j := range in {
		in[j] = tensor.New(n, time, size)
		tensor.NewStream(uint64(j), "input").FillNormal(in[j].Data, 0)
	}
	run := func(o Attention, step uint64, from, to int, train bool) []float32 {
		part := make([]tensor.Tensor, 3)
		for j, x := range in {
			part[j] = tensor.Tensor{Shape: tensor.Shape{to - from, time, size}, Data: x.Data[from*time*size : to*time*size]}
		}
		c := newCall(t, o, part)
		c.Step, c.Row, c.Train = step, from, train
		o.Forward(c)
		return c.Out.Data
	}
	whole := run(a, 2, 0, n, true)
	if !same(run(a, 2, 4, n, true), whole[4*time*size:]) {
		t.Error("the end of the batch draws other factors when it runs alone")
	}
	if same(run(a, 3, 0, n, true), whole) {
		t.Error("the next step draws the same factors")
	}
	if !same(run(a, 2, 0, n, false), run(plain, 2, 0, n, false)) {
		t.Error("probabilities are dropped outside training")
	}

	// Values of 1 add up to the share that was kept, raised.
	for i := range in[2].Data {
		in[2].Data[i] = 1
	}
	sum := 0.0
	for _, y := range run(a, 5, 0, n, true) {
		sum += float64(y)
	}
	if mean := sum / (n * time * size); math.Abs(mean-1) > 0.05 {
		t.Errorf("what is kept of the probabilities adds up to %.3f on average, want 1", mean)
	}
}
