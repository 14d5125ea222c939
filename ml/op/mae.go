package op

import (
	"descent/ml/graph"
	"descent/ml/tensor"
)

// MAE is the mean absolute error of each sample, which PyTorch calls l1, from
// predictions and targets as MSE takes them:
//
//	loss[i] = 1/d Σj |x[i,j] - t[i,j]|
//	dx[i,j] = 1/d sign(x[i,j] - t[i,j])·dloss[i], and 0 where they are equal
type MAE struct {
	OneHot bool
}

func (MAE) Name() string { return "mae" }

func (v MAE) Plan(in []tensor.Shape) (graph.Plan, error) { return comparison("mae", in, v.OneHot, 2) }

func (v MAE) Forward(c *graph.Call) {
	n := len(c.Out.Data)
	d := len(c.In[0].Data) / max(n, 1)
	for i := range c.Out.Data {
		sum := float32(0)
		for j := 0; j < d; j++ {
			e := c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d)
			sum += max(e, -e)
		}
		c.Out.Data[i] = sum / float32(d)
	}
}

func (v MAE) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	n := len(c.Out.Data)
	d := len(dx) / max(n, 1)
	for i := range c.Out.Data {
		g := c.DOut.Data[i] / float32(d)
		for j := 0; j < d; j++ {
			switch e := c.In[0].Data[i*d+j] - wanted(c.In[1], v.OneHot, i, j, d); {
			case e > 0:
				dx[i*d+j] = g
			case e < 0:
				dx[i*d+j] = -g
			default:
				dx[i*d+j] = 0 * e // keeps NaN
			}
		}
	}
}
