package op

import (
	"math"
	"testing"

	"descent/ml/tensor"
)

// The statistics that leave in place of the state's gradients are those of the
// batch, times its samples; outside training and when frozen the running ones
// are used and nothing leaves.
func TestBatchNormStatistics(t *testing.T) {
	x := tensor.New(4, 3, 2)
	s := tensor.NewStream(3, "x")
	for i := range x.Data {
		x.Data[i] = float32(5 + 2*s.Normal(uint64(i)))
	}
	ones, zeros := tensor.Tensor{Shape: tensor.Shape{2}, Data: []float32{1, 1}}, tensor.New(2)
	running, variance := tensor.Tensor{Shape: tensor.Shape{2}, Data: []float32{4, 6}}, tensor.Tensor{Shape: tensor.Shape{2}, Data: []float32{2, 3}}
	for _, frozen := range []bool{false, true} {
		o := BatchNorm{Eps: 1e-5, Frozen: frozen}
		c := newCall(t, o, []tensor.Tensor{x, ones, zeros, running, variance})
		o.Forward(c)
		o.Backward(c)
		for j := range 2 {
			mean, square := 0.0, 0.0
			for i := range 12 {
				v := float64(x.Data[2*i+j])
				mean += v / 12
				square += v * v
			}
			wantMean, wantVar := 4*mean, 4*(square-12*mean*mean)/11
			if frozen {
				wantMean, wantVar = 0, 0
			}
			if got := float64(c.DIn[3].Data[j]); math.Abs(got-wantMean) > 1e-5*20 {
				t.Errorf("frozen %v: the mean times 4 leaves as %v, want %v", frozen, got, wantMean)
			}
			if got := float64(c.DIn[4].Data[j]); math.Abs(got-wantVar) > 1e-4*4 {
				t.Errorf("frozen %v: the variance times 4 leaves as %v, want %v", frozen, got, wantVar)
			}
		}
		c.Train = frozen
		o.Forward(c)
		for i, v := range x.Data {
			want := (float64(v) - float64(running.Data[i%2])) / math.Sqrt(float64(variance.Data[i%2])+1e-5)
			if math.Abs(float64(c.Out.Data[i])-want) > 1e-5 {
				t.Fatalf("frozen %v: value %d is %v, want %v", frozen, i, c.Out.Data[i], want)
			}
		}
	}
}

// A batch that lies far from zero keeps its digits.
func TestNormFarFromZero(t *testing.T) {
	x := tensor.New(5000, 1)
	for i := range x.Data {
		x.Data[i] = 1000 + float32(i%2) // mean 1000.5, deviation 0.5
	}
	one, zero := tensor.Tensor{Shape: tensor.Shape{1}, Data: []float32{1}}, tensor.New(1)
	c := newCall(t, BatchNorm{}, []tensor.Tensor{x, one, zero, zero, one})
	BatchNorm{}.Forward(c)
	for i, y := range c.Out.Data {
		if want := float64(i%2*2 - 1); math.Abs(float64(y)-want) > 1e-3 {
			t.Fatalf("value %d is %v, want %v", i, y, want)
		}
	}
}
