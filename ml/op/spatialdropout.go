package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// SpatialDropout is Dropout of whole channels: neighbouring cells are so alike
// that dropping some tells the rest (Tompson et al., CVPR 2015).
//
//	y[b,…,c] = x[b,…,c]·m[b,c]   dx = dy·m   m = 0 with probability p, else 1/(1-p)
//
// x is [n, …, channels]. The mask of sample r at step t is drawn from (seed,
// node, t, r), as Dropout's.
type SpatialDropout struct {
	Rate   float64
	Stream tensor.Stream
}

func (SpatialDropout) Name() string { return "spatial_dropout" }

func (SpatialDropout) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("spatial_dropout", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) < 3 {
		return graph.Plan{}, config.Problem("spatial_dropout wants x[n, …, c] with at least one dimension between, not %v", x)
	}
	channels := x[len(x)-1]
	return graph.Plan{Out: x, Save: x[0] * channels, Temp: channels, Cheap: true, FLOPs: int64(x.Len())}, nil
}

func (d SpatialDropout) Forward(c *graph.Call) {
	if !c.Train {
		copy(c.Out.Data, c.In[0].Data)
		return
	}
	channels := len(c.Temp)
	d.Stream.Fork(c.Step).FillUniform(c.Save, uint64(c.Row)*uint64(channels), 0, 1)
	rate, keep := float32(d.Rate), float32(1/(1-d.Rate))
	for i, u := range c.Save {
		c.Save[i] = keep
		if u < rate {
			c.Save[i] = 0
		}
	}
	d.apply(c.Out.Data, c.In[0].Data, c)
}

func (d SpatialDropout) Backward(c *graph.Call) {
	if dx := c.DIn[0].Data; dx != nil {
		d.apply(dx, c.DOut.Data, c)
	}
}

func (SpatialDropout) apply(y, x []float32, c *graph.Call) {
	channels, size := len(c.Temp), c.Out.Shape[1:].Len()
	clear(c.Temp)
	for i := range c.Out.Shape[0] {
		kernel.ScaleRows(y[i*size:], x[i*size:], c.Save[i*channels:], c.Temp, size/channels, channels)
	}
}

func (SpatialDropout) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
