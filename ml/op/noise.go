package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Noise adds normal numbers while training:
//
//	y = x + Stddev·z   dx = dy   z from N(0, 1)
//
// The numbers of sample r at step t are drawn from (seed, node, t, r), as
// Dropout's mask.
type Noise struct {
	Stddev float64
	Stream tensor.Stream
}

func (Noise) Name() string { return "gaussian_noise" }

func (Noise) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("gaussian_noise", in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0], Cheap: true, FLOPs: 2 * int64(in[0].Len())}, nil
}

func (v Noise) Forward(c *graph.Call) {
	y, x := c.Out.Data, c.In[0].Data
	if !c.Train {
		copy(y, x)
		return
	}
	v.Stream.Fork(c.Step).FillNormal(y, uint64(c.Row)*uint64(c.Out.Shape[1:].Len()))
	kernel.Scale(y, y, float32(v.Stddev))
	kernel.AddTo(y, x)
}

func (Noise) Backward(c *graph.Call) {
	if dx := c.DIn[0].Data; dx != nil {
		copy(dx, c.DOut.Data)
	}
}

func (Noise) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
