package op

import (
	"fmt"

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

func (v MSE) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("mse", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, t := in[0], in[1]
	if len(x) < 2 || !v.OneHot && !t.Equal(x) || v.OneHot && !t.Equal(tensor.Shape{x[0], 1}) {
		return graph.Plan{}, fmt.Errorf("mse compares like with like, not predictions %v with targets %v", x[1:], t[1:])
	}
	return graph.Plan{Out: tensor.Shape{x[0]}, NeedsIn: 0b11, FLOPs: 3 * int64(x.Len())}, nil
}

func (v MSE) target(c *graph.Call, i, j, d int) float32 {
	if !v.OneHot {
		return c.In[1].Data[i*d+j]
	}
	if int(c.In[1].Data[i]) == j {
		return 1
	}
	return 0
}

func (v MSE) Forward(c *graph.Call) {
	n := len(c.Out.Data)
	d := len(c.In[0].Data) / max(n, 1)
	for i := range c.Out.Data {
		sum := float32(0)
		for j := 0; j < d; j++ {
			e := c.In[0].Data[i*d+j] - v.target(c, i, j, d)
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
			dx[i*d+j] = g * (c.In[0].Data[i*d+j] - v.target(c, i, j, d))
		}
	}
}
