package op

import (
	"math"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// An op that took an activation over gives what both give one after the other,
// forward and backward.
func TestFusedEqualsBoth(t *testing.T) {
	fused := 0
	for i, row := range ops {
		f, ok := row.op.(graph.Fuser)
		if !ok {
			continue
		}
		for _, act := range []kernel.Act{kernel.ReLU, kernel.Tanh, kernel.Sigmoid} {
			o, ok := f.Fuse(Activation{act})
			if !ok {
				continue // it has one already
			}
			fused++
			t.Run(title(i)+"+"+Activation{act}.Name(), func(t *testing.T) {
				in := inputs(i)
				one, first := newCall(t, o, in), newCall(t, row.op, in)
				second := newCall(t, Activation{act}, []tensor.Tensor{first.Out})
				up := tensor.NewStream(3, "up")
				for k := range one.DOut.Data {
					one.DOut.Data[k] = float32(up.Normal(uint64(k)))
				}
				o.Forward(one)
				o.Backward(one)
				row.op.Forward(first)
				Activation{act}.Forward(second)
				copy(second.DOut.Data, one.DOut.Data)
				Activation{act}.Backward(second)
				copy(first.DOut.Data, second.DIn[0].Data)
				row.op.Backward(first)
				pairs := [][2][]float32{{one.Out.Data, second.Out.Data}}
				for j := range in {
					pairs = append(pairs, [2][]float32{one.DIn[j].Data, first.DIn[j].Data})
				}
				for j, p := range pairs {
					for k := range p[0] {
						if math.Abs(float64(p[0][k]-p[1][k])) > 1e-5 {
							t.Fatalf("result %d: %v at %d, want %v", j, p[0][k], k, p[1][k])
						}
					}
				}
			})
		}
		if _, ok := f.Fuse(Softmax{}); ok {
			t.Errorf("%s takes over a softmax", title(i))
		}
	}
	if fused < 9 {
		t.Errorf("only %d ops took an activation over", fused)
	}
}
