package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Dropout sets each value to zero with probability Rate while training, and
// scales the rest so that the expectation stays (inverted dropout; Srivastava
// et al., JMLR 15, 2014):
//
//	y = x·m   dx = dy·m   m = 0 with probability p, else 1/(1-p)
//
// The mask of sample r at step t is drawn from (seed, node, t, r): replaying a
// step, or cutting the batch elsewhere, gives the same mask.
type Dropout struct {
	Rate   float64
	Stream tensor.Stream
}

func (Dropout) Name() string { return "dropout" }

func (Dropout) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("dropout", in, 1); err != nil {
		return graph.Plan{}, err
	}
	n := in[0].Len()
	return graph.Plan{Out: in[0], Save: n, Cheap: true, FLOPs: int64(n)}, nil
}

func (d Dropout) Forward(c *graph.Call) {
	if !c.Train {
		copy(c.Out.Data, c.In[0].Data)
		return
	}
	sample := c.Out.Shape[1:].Len()
	d.Stream.Fork(c.Step).FillUniform(c.Save, uint64(c.Row)*uint64(sample), 0, 1)
	rate, keep := float32(d.Rate), float32(1/(1-d.Rate))
	for i, u := range c.Save {
		m := keep
		if u < rate {
			m = 0
		}
		c.Save[i] = m
	}
	kernel.Mul(c.Out.Data, c.In[0].Data, c.Save)
}

func (d Dropout) Backward(c *graph.Call) {
	if dx := c.DIn[0].Data; dx != nil {
		kernel.Mul(dx, c.DOut.Data, c.Save)
	}
}

func (Dropout) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
