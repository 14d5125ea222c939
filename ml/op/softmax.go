package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Softmax turns the last dimension into probabilities:
//
//	y[j] = e^(x[j]-max x) / Σk e^(x[k]-max x)
//	dx = y·(dy - Σk dy[k]·y[k])
type Softmax struct{}

func (Softmax) Name() string { return "softmax" }

func (Softmax) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("softmax", in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0], NeedsOut: true, FLOPs: 5 * int64(in[0].Len())}, nil
}

func (Softmax) Forward(c *graph.Call) {
	m, n := rows(c.Out)
	kernel.Softmax(c.Out.Data, c.In[0].Data, m, n)
}

func (Softmax) Backward(c *graph.Call) {
	if d := c.DIn[0].Data; d != nil {
		m, n := rows(c.Out)
		kernel.SoftmaxGrad(d, c.DOut.Data, c.Out.Data, m, n)
	}
}

// rows sees a tensor as m rows of its last dimension.
func rows(t tensor.Tensor) (m, n int) {
	n = t.Shape[len(t.Shape)-1]
	if n == 0 {
		return 0, 0
	}
	return len(t.Data) / n, n
}

func (Softmax) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
