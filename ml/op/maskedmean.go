package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// MaskedMean averages the steps of a sequence that count:
//
//	y[i,:] = Σt m[i,t]·x[i,t,:] / Σt m[i,t]    x[n, time, size] m[n, time]
//	dx[i,t,:] = m[i,t]·dy[i,:] / Σt m[i,t]
//
// The mask is 1 or 0 and has no gradient; where nothing counts, y and dx are 0.
type MaskedMean struct{}

func (MaskedMean) Name() string { return "masked_mean" }

func (MaskedMean) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("masked_mean", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, m := in[0], in[1]
	if len(x) != 3 || !m.Equal(x[:2]) {
		return graph.Plan{}, config.Problem("masked_mean wants x[n, time, channels] and a mask[n, time], not %v and %v", x, m)
	}
	return graph.Plan{Out: tensor.Shape{x[0], x[2]}, NeedsIn: 0b10, FLOPs: 2 * int64(x.Len())}, nil
}

// share returns what a step that counts weighs.
func (MaskedMean) share(mask []float32) float32 {
	count := float32(0)
	for _, m := range mask {
		count += m
	}
	if count == 0 {
		return 0
	}
	return 1 / count
}

func (o MaskedMean) Forward(c *graph.Call) {
	time, size := c.In[0].Shape[1], c.In[0].Shape[2]
	clear(c.Out.Data)
	for i := range c.In[0].Shape[0] {
		mask, y := c.In[1].Data[i*time:(i+1)*time], c.Out.Data[i*size:(i+1)*size]
		for t, m := range mask {
			if m != 0 {
				kernel.AddTo(y, c.In[0].Data[(i*time+t)*size:][:size])
			}
		}
		kernel.Scale(y, y, o.share(mask))
	}
}

func (o MaskedMean) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	time, size := c.In[0].Shape[1], c.In[0].Shape[2]
	clear(dx)
	for i := range c.In[0].Shape[0] {
		mask := c.In[1].Data[i*time : (i+1)*time]
		share := o.share(mask)
		for t, m := range mask {
			if m != 0 {
				kernel.Scale(dx[(i*time+t)*size:][:size], c.DOut.Data[i*size:(i+1)*size], share)
			}
		}
	}
}
