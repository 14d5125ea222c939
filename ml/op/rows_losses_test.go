package op

import (
	"math"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/tensor"
)

func init() {
	// Targets that are probabilities: of several rows, and of yes and no.
	probabilities := func(j int, x tensor.Tensor) bool {
		if j != 1 {
			return false
		}
		m, n := rows(x)
		s := tensor.NewStream(4, "targets")
		for i := range m {
			sum := float32(0)
			for k := range n {
				x.Data[i*n+k] = s.Uniform(uint64(i*n + k))
				sum += x.Data[i*n+k]
			}
			for k := range n {
				x.Data[i*n+k] /= sum
			}
		}
		return true
	}
	some := func(labels ...float32) func(int, tensor.Tensor) bool {
		return func(j int, x tensor.Tensor) bool {
			if j == 1 {
				for i := range x.Data {
					x.Data[i] = labels[i%len(labels)]
				}
			}
			return j == 1
		}
	}
	// Labels, and with them others and the share of the first.
	mix := func(labels int, own ...float32) func(int, tensor.Tensor) bool {
		return func(j int, x tensor.Tensor) bool {
			s := tensor.NewStream(5, "mix")
			for i := range x.Data {
				switch {
				case j == 1:
					x.Data[i] = own[i%len(own)]
				case j == 2 && i%(labels+1) == labels:
					x.Data[i] = s.Uniform(uint64(i))
				case j == 2:
					x.Data[i] = float32(s.Intn(uint64(i), 5))
				}
			}
			return j > 0
		}
	}
	weights := []float32{0.5, 2, 1, 0, 3}
	ops = append(ops,
		row{op: CrossEntropy{}, in: []tensor.Shape{{3, 4, 5}, {3, 4}}, labels: 5},
		row{op: CrossEntropy{Smoothing: 0.2}, in: []tensor.Shape{{6, 5}, {6, 1}}, labels: 5},
		row{op: CrossEntropy{Weights: weights}, in: []tensor.Shape{{6, 5}, {6, 1}}, labels: 5},
		row{op: CrossEntropy{Smoothing: 0.1, Weights: weights}, in: []tensor.Shape{{2, 3, 5}, {2, 3}}, labels: 5},
		row{op: CrossEntropy{Ignore: []int{2}}, in: []tensor.Shape{{3, 4, 5}, {3, 4}}, fixed: []int{1}, fill: some(0, 2, 4, 1, 3)},
		row{op: CrossEntropy{Smoothing: 0.1}, in: []tensor.Shape{{5, 5}, {5, 1}}, fixed: []int{1}, fill: some(0, Ignored, 4)},
		row{op: CrossEntropy{}, in: []tensor.Shape{{5, 5}, {5, 1}}, fixed: []int{1}, fill: some(0, Ignored, 4)},
		row{op: CrossEntropy{}, in: []tensor.Shape{{6, 5}, {6, 1}, {6, 2}}, fixed: []int{1, 2}, fill: mix(1, 0, 2, 4)},
		row{op: CrossEntropy{Smoothing: 0.1, Weights: weights, Ignore: []int{2}}, in: []tensor.Shape{{3, 4, 5}, {3, 4}, {3, 5}}, fixed: []int{1, 2}, fill: mix(4, 0, 2, 4, 1, 3)},
		row{op: DenseCrossEntropy{}, in: []tensor.Shape{{6, 5}, {6, 5}}, fixed: []int{1}, fill: probabilities},
		row{op: DenseCrossEntropy{Divergence: true}, in: []tensor.Shape{{2, 3, 5}, {2, 3, 5}}, fixed: []int{1}, fill: probabilities},
		row{op: DenseCrossEntropy{}, in: []tensor.Shape{{6, 5}, {6, 5}}, fixed: []int{1}, // that do not add up to 1
			fill: func(j int, x tensor.Tensor) bool { return j == 1 && positive(j, x) }},
		row{op: DenseCrossEntropy{OneHot: true}, in: []tensor.Shape{{6, 5}, {6, 1}}, labels: 5},
		row{op: BinaryCrossEntropy{}, in: []tensor.Shape{{6, 3}, {6, 3}}, fixed: []int{1}, fill: probabilities},
		row{op: BinaryCrossEntropy{OneHot: true}, in: []tensor.Shape{{6, 3}, {6, 1}}, labels: 3},
		row{op: MAE{}, in: []tensor.Shape{{6, 3}, {6, 3}}, fixed: []int{1}, kinked: true, fill: some(0)},
		row{op: MAE{OneHot: true}, in: []tensor.Shape{{6, 3}, {6, 1}}, labels: 3, kinked: true},
		row{op: Huber{Delta: 1}, in: []tensor.Shape{{6, 3}, {6, 3}}, fixed: []int{1}},
		row{op: Huber{Delta: 0.3, OneHot: true}, in: []tensor.Shape{{6, 3}, {6, 1}}, labels: 3},
		row{op: LogSoftmax{}, in: []tensor.Shape{{2, 3, 5}}},
	)
}

// loss runs a loss on values written out and returns each sample's.
func lossOf(t *testing.T, o graph.Op, x, y tensor.Tensor) []float32 {
	t.Helper()
	c := newCall(t, o, []tensor.Tensor{x, y})
	o.Forward(c)
	return c.Out.Data
}

func filled(shape tensor.Shape, data ...float32) tensor.Tensor {
	return tensor.Tensor{Shape: shape, Data: data}
}

// What does not count changes neither the loss nor the gradient, and a label
// that is no class is not passed over in silence.
func TestCrossEntropyRows(t *testing.T) {
	x := filled(tensor.Shape{2, 3, 2}, 1, 2, 3, 1, 0, 5, 2, 2, 1, 0, 4, 3)
	all := lossOf(t, CrossEntropy{}, x, filled(tensor.Shape{2, 3}, 0, 1, 1, 0, 0, 1))
	nll := func(row int, label int) float64 {
		a, b := float64(x.Data[2*row]), float64(x.Data[2*row+1])
		return math.Log(math.Exp(a)+math.Exp(b)) - float64(x.Data[2*row+label])
	}
	if want := nll(0, 0) + nll(1, 1) + nll(2, 1); math.Abs(float64(all[0])-want) > 1e-6 {
		t.Errorf("three time steps give %v, want their sum %v", all[0], want)
	}
	for _, o := range []CrossEntropy{{}, {Weights: []float32{1, 1}}, {Ignore: []int{7}}} {
		some := lossOf(t, o, x, filled(tensor.Shape{2, 3}, 0, Ignored, 1, Ignored, Ignored, Ignored))
		if want := nll(0, 0) + nll(2, 1); math.Abs(float64(some[0])-want) > 1e-6 || some[1] != 0 {
			t.Errorf("%+v: with steps that do not count %v, want %v and 0", o, some, want)
		}
		if one := lossOf(t, o, filled(tensor.Shape{2, 2}, 1, 2, 3, 1), filled(tensor.Shape{2, 1}, Ignored, 1)); one[0] != 0 || one[1] == 0 {
			t.Errorf("%+v: samples with one label of which the first does not count have the losses %v", o, one)
		}
	}
	for _, o := range []CrossEntropy{{}, {Smoothing: 0.1}, {Ignore: []int{0}}} {
		for _, label := range []float32{-1, 2, 7} {
			if bad := lossOf(t, o, filled(tensor.Shape{1, 2}, 1, 2), filled(tensor.Shape{1, 1}, label)); bad[0] == bad[0] {
				t.Errorf("%+v: label %v of 2 classes gives %v, want NaN", o, label, bad[0])
			}
		}
	}
}

// A mixed loss is the weighted sum of two plain ones, and so is its gradient.
func TestCrossEntropyMixes(t *testing.T) {
	const n, time, classes = 4, 3, 5
	stream := tensor.NewStream(6, "mixed")
	label := func(from uint64) tensor.Tensor {
		x := tensor.New(n, time)
		for i := range x.Data {
			x.Data[i] = float32(stream.Intn(from+uint64(i), classes))
		}
		return x
	}
	x, own, other, mix := tensor.New(n, time, classes), label(0), label(100), tensor.New(n, time+1)
	stream.FillNormal(x.Data, 200)
	shares := []float32{1, 0.25, 0.6, 0}
	for i, share := range shares {
		copy(mix.Data[i*(time+1):], other.Data[i*time:(i+1)*time])
		mix.Data[i*(time+1)+time] = share
	}
	for _, o := range []CrossEntropy{{}, {Smoothing: 0.1}, {Ignore: []int{1}, Weights: []float32{1, 2, 3, 4, 0.5}}} {
		run := func(in ...tensor.Tensor) (loss, dx []float32) {
			c := newCall(t, o, append([]tensor.Tensor{x}, in...))
			o.Forward(c)
			for i := range c.DOut.Data {
				c.DOut.Data[i] = float32(i) + 0.5
			}
			o.Backward(c)
			return c.Out.Data, c.DIn[0].Data
		}
		mixed, dx := run(own, mix)
		first, dfirst := run(own)
		second, dsecond := run(other)
		for i, share := range shares {
			if want := share*first[i] + (1-share)*second[i]; math.Abs(float64(mixed[i]-want)) > 1e-6 {
				t.Errorf("%+v: %v and %v mix to %v, want %v", o, first[i], second[i], mixed[i], want)
			}
			for j := i * time * classes; j < (i+1)*time*classes; j++ {
				if want := share*dfirst[j] + (1-share)*dsecond[j]; math.Abs(float64(dx[j]-want)) > 1e-6 {
					t.Errorf("%+v: gradients %v and %v mix to %v, want %v", o, dfirst[j], dsecond[j], dx[j], want)
				}
			}
		}
	}
}

// The divergence of a distribution from itself is nothing.
func TestDivergence(t *testing.T) {
	x := filled(tensor.Shape{1, 3}, float32(math.Log(0.2)), float32(math.Log(0.5)), float32(math.Log(0.3)))
	y := filled(tensor.Shape{1, 3}, 0.2, 0.5, 0.3)
	if kl := lossOf(t, DenseCrossEntropy{Divergence: true}, x, y)[0]; math.Abs(float64(kl)) > 1e-6 {
		t.Errorf("KL of equals is %v", kl)
	}
	entropy := -(0.2*math.Log(0.2) + 0.5*math.Log(0.5) + 0.3*math.Log(0.3))
	if ce := lossOf(t, DenseCrossEntropy{}, x, y)[0]; math.Abs(float64(ce)-entropy) > 1e-6 {
		t.Errorf("cross entropy with itself is %v, want the entropy %v", ce, entropy)
	}
}

// Logits far out give losses that are still numbers.
func TestLossesDoNotOverflow(t *testing.T) {
	x := filled(tensor.Shape{1, 2}, 1e4, -1e4)
	for _, o := range []graph.Op{CrossEntropy{Smoothing: 0.1}, DenseCrossEntropy{OneHot: true}, BinaryCrossEntropy{OneHot: true}} {
		for _, label := range []float32{0, 1} {
			if l := lossOf(t, o, x, filled(tensor.Shape{1, 1}, label))[0]; l-l != 0 || l < 0 {
				t.Errorf("%s: logits of ±10,000 and label %v give %v", o.Name(), label, l)
			}
		}
	}
}

func TestLossShapes(t *testing.T) {
	for _, c := range []struct {
		op   graph.Op
		in   []tensor.Shape
		want string
	}{
		{CrossEntropy{}, []tensor.Shape{{2, 4, 3}, {2, 3}}, "a label for each time step"},
		{CrossEntropy{Weights: []float32{1}}, []tensor.Shape{{2, 3}, {2, 1}}, "1 class weights for 3 classes"},
		{CrossEntropy{}, []tensor.Shape{{2, 3}, {2, 1}, {2, 3}}, "mixes samples by mix"},
		{DenseCrossEntropy{}, []tensor.Shape{{2, 3}, {2, 4}}, "dense_cross_entropy wants"},
		{BinaryCrossEntropy{}, []tensor.Shape{{2, 3}, {2, 4}}, "binary_cross_entropy compares"},
		{Huber{Delta: 1}, []tensor.Shape{{2, 3}}, "takes 2 inputs"},
	} {
		if _, err := c.op.Plan(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s%v: %v, want %q", c.op.Name(), c.in, err, c.want)
		}
	}
}
