package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Concat puts tensors side by side along the last dimension:
//
//	y[…,:] = a[…,:], b[…,:], …
//	da, db, … = their parts of dy
type Concat struct{}

func (Concat) Name() string { return "concat" }

func (Concat) Plan(in []tensor.Shape) (graph.Plan, error) {
	if len(in) == 0 || len(in[0]) == 0 {
		return graph.Plan{}, config.Problem("concat takes at least one input with a dimension")
	}
	last := len(in[0]) - 1
	out := append(tensor.Shape{}, in[0]...)
	for _, s := range in[1:] {
		if len(s) != len(out) || !s[:last].Equal(out[:last]) {
			return graph.Plan{}, config.Problem("concat wants shapes that differ in the last dimension only, not %v and %v", in[0], s)
		}
		out[last] += s[last]
	}
	return graph.Plan{Out: out}, nil
}

func (Concat) Forward(c *graph.Call) {
	m, wide := rows(c.Out)
	at := 0
	for _, x := range c.In {
		_, n := rows(x)
		for i := range m {
			copy(c.Out.Data[i*wide+at:][:n], x.Data[i*n:])
		}
		at += n
	}
}

func (Concat) Backward(c *graph.Call) {
	m, wide := rows(c.Out)
	at := 0
	for j, d := range c.DIn {
		_, n := rows(c.In[j])
		for i := 0; i < m && d.Data != nil; i++ {
			copy(d.Data[i*n:(i+1)*n], c.DOut.Data[i*wide+at:])
		}
		at += n
	}
}

func (Concat) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
