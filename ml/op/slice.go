package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Slice takes some steps out of a sequence x[n, time, ...]:
//
//	y[i,t] = x[i,start+t]    dx[i,start+t] = dy[i,t], and 0 at the other steps
type Slice struct {
	Start, Length int
}

func (Slice) Name() string { return "slice" }

func (s Slice) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("slice", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) < 2 || s.Start < 0 || s.Length < 1 || s.Start+s.Length > x[1] {
		return graph.Plan{}, config.Problem("slice takes %d steps from step %d of a sequence, and %v has not so many", s.Length, s.Start, x)
	}
	return graph.Plan{Out: append(tensor.Shape{x[0], s.Length}, x[2:]...)}, nil
}

// sizes returns how many values a sample has, where those begin that are taken,
// and how many they are.
func (s Slice) sizes(x tensor.Shape) (all, from, n int) {
	step := x[2:].Len()
	return x[1] * step, s.Start * step, s.Length * step
}

func (s Slice) Forward(c *graph.Call) {
	x := c.In[0]
	all, from, n := s.sizes(x.Shape)
	for i := range x.Shape[0] {
		copy(c.Out.Data[i*n:(i+1)*n], x.Data[i*all+from:])
	}
}

func (s Slice) Backward(c *graph.Call) {
	d := c.DIn[0].Data
	if d == nil {
		return
	}
	x := c.In[0].Shape
	all, from, n := s.sizes(x)
	clear(d)
	for i := range x[0] {
		copy(d[i*all+from:][:n], c.DOut.Data[i*n:])
	}
}

// Kept returns which steps are taken.
func (s Slice) Kept() (start, length int) { return s.Start, s.Length }
