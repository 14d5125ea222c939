package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Repeat makes a sequence of a row, which is the same at every step:
//
//	y[i,t,:] = x[i,:]    dx[i,:] = Σt dy[i,t,:]    x[n, size]
type Repeat struct {
	Times int
}

func (Repeat) Name() string { return "repeat" }

func (r Repeat) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("repeat", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) != 2 || r.Times < 1 {
		return graph.Plan{}, config.Problem("repeat wants x[n, size] and how often, at least once, not %v and %d", x, r.Times)
	}
	return graph.Plan{Out: tensor.Shape{x[0], r.Times, x[1]}}, nil
}

func (r Repeat) Forward(c *graph.Call) {
	n, size := c.In[0].Shape[0], c.In[0].Shape[1]
	for i := range n {
		for t := range r.Times {
			copy(c.Out.Data[(i*r.Times+t)*size:], c.In[0].Data[i*size:(i+1)*size])
		}
	}
}

func (r Repeat) Backward(c *graph.Call) {
	d := c.DIn[0].Data
	if d == nil {
		return
	}
	n, size := c.In[0].Shape[0], c.In[0].Shape[1]
	clear(d)
	for i := range n {
		for t := range r.Times {
			kernel.AddTo(d[i*size:(i+1)*size], c.DOut.Data[(i*r.Times+t)*size:][:size])
		}
	}
}
