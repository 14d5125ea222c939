package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Concat joins tensors along a dimension, the last one where Axis is 0; samples
// are not joined.
//
//	y[…, :, …] = a[…, :, …], then b[…, :, …], …
//	da, db, … = their parts of dy
type Concat struct {
	Axis int
}

func (Concat) Name() string { return "concat" }

// axis returns the dimension that grows, of so many.
func (o Concat) axis(dimensions int) int {
	if o.Axis == 0 {
		return dimensions - 1
	}
	return o.Axis
}

func (o Concat) Plan(in []tensor.Shape) (graph.Plan, error) {
	if len(in) == 0 || len(in[0]) == 0 || o.Axis < 0 || o.Axis >= len(in[0]) {
		return graph.Plan{}, config.Problem("concat takes at least one input with a dimension, and an axis that it has")
	}
	at := o.axis(len(in[0]))
	out := append(tensor.Shape{}, in[0]...)
	for _, s := range in[1:] {
		if len(s) != len(out) || !s[:at].Equal(out[:at]) || !s[at+1:].Equal(out[at+1:]) {
			return graph.Plan{}, config.Problem("concat wants shapes that differ in dimension %d only, not %v and %v", at, in[0], s)
		}
		out[at] += s[at]
	}
	return graph.Plan{Out: out}, nil
}

// runs says how a tensor lies in memory when all from the axis on is one run of
// values: so many runs, each so long.
func (o Concat) runs(t tensor.Tensor) (m, n int) {
	n = t.Shape[o.axis(len(t.Shape)):].Len()
	if n == 0 {
		return 0, 0
	}
	return len(t.Data) / n, n
}

func (o Concat) Forward(c *graph.Call) {
	m, wide := o.runs(c.Out)
	at := 0
	for _, x := range c.In {
		_, n := o.runs(x)
		for i := range m {
			copy(c.Out.Data[i*wide+at:][:n], x.Data[i*n:])
		}
		at += n
	}
}

func (o Concat) Backward(c *graph.Call) {
	m, wide := o.runs(c.Out)
	at := 0
	for j, d := range c.DIn {
		_, n := o.runs(c.In[j])
		for i := 0; i < m && d.Data != nil; i++ {
			copy(d.Data[i*n:(i+1)*n], c.DOut.Data[i*wide+at:])
		}
		at += n
	}
}

func (Concat) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
