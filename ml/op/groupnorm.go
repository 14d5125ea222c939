package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// GroupNorm brings, in each sample, each group of neighbouring channels to mean
// 0 and variance 1 over all its cells, and then stretches and moves each channel
// as learned (Wu and He, Group Normalization, 2018); see standard for the
// formulas. x is [n, …, channels], g and b are [channels].
type GroupNorm struct {
	Groups int
	Eps    float64
}

func (GroupNorm) Name() string { return "group_norm" }

func (v GroupNorm) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("group_norm", in, 3); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) < 2 || !in[1].Equal(x[len(x)-1:]) || !in[2].Equal(in[1]) {
		return graph.Plan{}, config.Problem("group_norm wants x[n, …, c], g[c] and b[c], not %v, %v and %v", x, in[1], in[2])
	}
	channels := x[len(x)-1]
	if v.Groups < 1 || channels%v.Groups != 0 {
		return graph.Plan{}, config.Problem("%d channels cannot be parted into %d groups of the same size", channels, v.Groups)
	}
	// Kept are x-μ, and r of each sample's channels.
	return graph.Plan{Out: x, Save: x.Len() + x[0]*channels, Temp: scratch * channels, NeedsIn: 0b10, Cheap: true, FLOPs: 8 * int64(x.Len())}, nil
}

// each calls f for every sample with its part of the values and of r.
func (v GroupNorm) each(c *graph.Call, f func(s standard, x, r span)) {
	x := c.In[0].Shape
	samples, channels := x[0], x[len(x)-1]
	size := x.Len() / max(samples, 1)
	s := standard{rows: size / channels, channels: channels, groups: v.Groups, eps: v.Eps}
	for i := range samples {
		f(s, span{i * size, size}, span{x.Len() + i*channels, channels})
	}
}

func (v GroupNorm) Forward(c *graph.Call) {
	v.each(c, func(s standard, x, r span) {
		mean, temp := c.Temp[:s.channels], c.Temp[s.channels:]
		s.forward(x.of(c.Out.Data), x.of(c.In[0].Data), c.In[1].Data, c.In[2].Data, x.of(c.Save), mean, r.of(c.Save), temp)
	})
}

func (v GroupNorm) Backward(c *graph.Call) {
	dgain, dbias := gradients(c)
	v.each(c, func(s standard, x, r span) {
		var dx []float32
		if d := c.DIn[0].Data; d != nil {
			dx = x.of(d)
		}
		s.backward(dx, dgain, dbias, x.of(c.DOut.Data), c.In[1].Data, x.of(c.Save), r.of(c.Save), c.Temp)
	})
}
