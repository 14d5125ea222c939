package op

import (
	"descent/ml/graph"
	"descent/ml/tensor"
)

// MSE is the mean squared error of each sample, from predictions x[n, d] and
// targets t[n, d], or t[n, 1] class indices that stand for one-hot rows:
//
//	loss[i] = 1/d Σj (x[i,j] - t[i,j])²
//	dx[i,j] = 2/d (x[i,j] - t[i,j])·dloss[i]
type MSE struct {
	OneHot bool
}

func (MSE) Name() string { return "mse" }

func (v MSE) Plan(in []tensor.Shape) (graph.Plan, error) { return comparison("mse", in, v.OneHot, 3) }

func (v MSE) Forward(c *graph.Call) {
	n := len(c.Out.Data)
	d := len(c.In[0].Data) / max(n, 1)
	for i := range c.Out.Data {
		sum := float32(0)
		for j := 0; j < d; j++ {
			e := c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d)
			sum += float32(e * e)
		}
		c.Out.Data[i] = sum / float32(d)
	}
}

func (v MSE) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	n := len(c.Out.Data)
	d := len(dx) / max(n, 1)
	for i := range c.Out.Data {
		g := 2 / float32(d) * c.DOut.Data[i]
		for j := 0; j < d; j++ {
			dx[i*d+j] = g * (c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d))
		}
	}
}
