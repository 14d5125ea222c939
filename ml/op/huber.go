package op

import (
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Huber is squared error up to Delta and grows like a line beyond it, so that
// outliers do not pull the model away (Huber 1964), as torch.nn.HuberLoss has
// it. Predictions and targets are as MSE takes them; e = x[i,j] - t[i,j]:
//
//	loss[i] = 1/d Σj  e²/2 where |e| ≤ δ, else δ·(|e| - δ/2)
//	dx[i,j] = 1/d clamp(e, -δ, δ)·dloss[i]
type Huber struct {
	Delta  float32
	OneHot bool
}

func (Huber) Name() string { return "huber" }

func (v Huber) Plan(in []tensor.Shape) (graph.Plan, error) {
	return comparison("huber", in, v.OneHot, 4)
}

func (v Huber) Forward(c *graph.Call) {
	n := len(c.Out.Data)
	d := len(c.In[0].Data) / max(n, 1)
	for i := range c.Out.Data {
		sum := float32(0)
		for j := 0; j < d; j++ {
			e := c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d)
			if e = max(e, -e); e <= v.Delta {
				sum += float32(e * e / 2)
			} else {
				sum += float32(v.Delta * (e - v.Delta/2))
			}
		}
		c.Out.Data[i] = sum / float32(d)
	}
}

func (v Huber) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	n := len(c.Out.Data)
	d := len(dx) / max(n, 1)
	for i := range c.Out.Data {
		g := c.DOut.Data[i] / float32(d)
		for j := 0; j < d; j++ {
			e := c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d)
			dx[i*d+j] = g * min(max(e, -v.Delta), v.Delta)
		}
	}
}
