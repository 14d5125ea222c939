package op

import (
	"math"

	"descent/ml/graph"
	"descent/ml/tensor"
)

// BinaryCrossEntropy is the loss of yes-or-no answers in nats, one number per
// sample, from logits x and targets t from 0 to 1, as MSE takes them:
//
//	loss[i] = 1/d Σj  max(x, 0) - x·t + log(1 + e^-|x|)
//	        = 1/d Σj  -t·log σ(x) - (1-t)·log(1-σ(x))
//	dx[i,j] = 1/d (σ(x) - t)·dloss[i]
//
// The first form, that of torch.nn.BCEWithLogitsLoss, never overflows.
type BinaryCrossEntropy struct {
	OneHot bool
}

func (BinaryCrossEntropy) Name() string { return "binary_cross_entropy" }

func (v BinaryCrossEntropy) Plan(in []tensor.Shape) (graph.Plan, error) {
	return comparison("binary_cross_entropy", in, v.OneHot, 6)
}

func (v BinaryCrossEntropy) Forward(c *graph.Call) {
	n := len(c.Out.Data)
	d := len(c.In[0].Data) / max(n, 1)
	for i := range c.Out.Data {
		sum := 0.0
		for j := 0; j < d; j++ {
			x, t := float64(c.In[0].Data[i*d+j]), float64(wanted(c.In[1], v.OneHot, i, j, d))
			sum += max(x, 0) - float64(x*t) + math.Log1p(math.Exp(-math.Abs(x)))
		}
		c.Out.Data[i] = float32(sum / float64(d))
	}
}

func (v BinaryCrossEntropy) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	n := len(c.Out.Data)
	d := len(dx) / max(n, 1)
	for i := range c.Out.Data {
		g := float64(c.DOut.Data[i]) / float64(d)
		for j := 0; j < d; j++ {
			p := 1 / (1 + math.Exp(-float64(c.In[0].Data[i*d+j])))
			dx[i*d+j] = float32(g * (p - float64(wanted(c.In[1], v.OneHot, i, j, d))))
		}
	}
}
