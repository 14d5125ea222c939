package op

import (
	"math"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// What is drawn depends on seed, node, step and sample, not on how the batch
// is cut; and there is nothing of it outside training.
func TestDrawsBySample(t *testing.T) {
	x := tensor.New(16, 5, 4, 6)
	kernel.Fill(x.Data, 1)
	half := tensor.Tensor{Shape: tensor.Shape{8, 5, 4, 6}, Data: x.Data[:len(x.Data)/2]}
	for _, o := range []graph.Op{
		SpatialDropout{Rate: 0.25, Stream: tensor.NewStream(5, "drop")},
		Noise{Stddev: 0.5, Stream: tensor.NewStream(5, "noise")},
	} {
		run := func(step uint64, row int, x tensor.Tensor, train bool) []float32 {
			c := newCall(t, o, []tensor.Tensor{x})
			c.Step, c.Row, c.Train = step, row, train
			o.Forward(c)
			return c.Out.Data
		}
		whole := run(3, 0, x, true)
		if !same(run(3, 8, half, true), whole[len(whole)/2:]) {
			t.Errorf("%s: the second half of the batch draws otherwise when it runs alone", o.Name())
		}
		if same(run(4, 0, x, true), whole) {
			t.Errorf("%s: the next step draws the same", o.Name())
		}
		if !same(run(3, 0, x, false), x.Data) {
			t.Errorf("%s: values change outside training", o.Name())
		}
	}
}

func TestSpatialDropoutTakesChannels(t *testing.T) {
	x := tensor.New(200, 3, 10)
	kernel.Fill(x.Data, 1)
	o := SpatialDropout{Rate: 0.25, Stream: tensor.NewStream(5, "drop")}
	c := newCall(t, o, []tensor.Tensor{x})
	o.Forward(c)
	zeros := 0
	for i := range 200 {
		for ch := range 10 {
			v := c.Out.Data[i*30+ch]
			if v == 0 {
				zeros++
			} else if v != float32(1/0.75) {
				t.Fatalf("a value became %v", v)
			}
			for cell := range 3 {
				if c.Out.Data[i*30+cell*10+ch] != v {
					t.Fatalf("channel %d of sample %d is dropped in part", ch, i)
				}
			}
		}
	}
	if share := float64(zeros) / 2000; math.Abs(share-0.25) > 0.039 { // four standard errors
		t.Errorf("%.3f of the channels dropped, want 0.25", share)
	}
}

func TestNoiseSpread(t *testing.T) {
	x := tensor.New(100, 100)
	o := Noise{Stddev: 0.5, Stream: tensor.NewStream(5, "noise")}
	c := newCall(t, o, []tensor.Tensor{x})
	o.Forward(c)
	mean, square := kernel.Sum(c.Out.Data)/1e4, kernel.SumSquares(c.Out.Data)/1e4
	if math.Abs(mean) > 4*0.5/100 || math.Abs(square-0.25) > 4*0.25*math.Sqrt(2)/100 {
		t.Errorf("mean %.4f and mean square %.4f, want 0 and 0.25", mean, square)
	}
}
