package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// sequence checks that an op's only input is x[n, time, channels].
func sequence(name string, in []tensor.Shape) error {
	if err := arity(name, in, 1); err != nil {
		return err
	}
	if len(in[0]) != 3 {
		return config.Problem("%s wants x[n, time, channels], not %v", name, in[0])
	}
	return nil
}

// Step takes one step out of a sequence, the first or the last:
//
//	y[i,:] = x[i,t,:]    dx[i,t,:] = dy[i,:], and 0 at the other steps
type Step struct {
	First bool
}

func (Step) Name() string { return "step" }

func (Step) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := sequence("step", in); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: tensor.Shape{in[0][0], in[0][2]}}, nil
}

// at is where the step's values of sample i begin.
func (s Step) at(i int, x tensor.Shape) int {
	if s.First {
		return i * x[1] * x[2]
	}
	return ((i+1)*x[1] - 1) * x[2]
}

func (s Step) Forward(c *graph.Call) {
	x := c.In[0]
	for i, size := 0, x.Shape[2]; i < x.Shape[0]; i++ {
		copy(c.Out.Data[i*size:(i+1)*size], x.Data[s.at(i, x.Shape):])
	}
}

func (s Step) Backward(c *graph.Call) {
	d := c.DIn[0].Data
	if d == nil {
		return
	}
	x := c.In[0].Shape
	clear(d)
	for i, size := 0, x[2]; i < x[0]; i++ {
		copy(d[s.at(i, x):][:size], c.DOut.Data[i*size:])
	}
}

// Prepend puts a learned step before each sequence:
//
//	y[i,0,:] = v, y[i,t+1,:] = x[i,t,:]    x[n, time, size] v[size]
//	dv = Σi dy[i,0,:]   dx[i,t,:] = dy[i,t+1,:]
type Prepend struct{}

func (Prepend) Name() string { return "prepend" }

func (Prepend) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("prepend", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, v := in[0], in[1]
	if len(x) != 3 || len(v) != 1 || x[2] != v[0] {
		return graph.Plan{}, config.Problem("prepend wants x[n, time, size] and v[size], not %v and %v", x, v)
	}
	return graph.Plan{Out: tensor.Shape{x[0], x[1] + 1, x[2]}}, nil
}

func (Prepend) Forward(c *graph.Call) {
	size := c.In[1].Shape[0]
	step := c.In[0].Shape[1] * size
	for i := range c.In[0].Shape[0] {
		y := c.Out.Data[i*(step+size):][:step+size]
		copy(y, c.In[1].Data)
		copy(y[size:], c.In[0].Data[i*step:])
	}
}

func (Prepend) Backward(c *graph.Call) {
	size := c.In[1].Shape[0]
	step := c.In[0].Shape[1] * size
	dx, dv := c.DIn[0].Data, c.DIn[1].Data
	if dv != nil {
		clear(dv)
	}
	for i := range c.In[0].Shape[0] {
		dy := c.DOut.Data[i*(step+size):][:step+size]
		if dv != nil {
			kernel.AddTo(dv, dy[:size])
		}
		if dx != nil {
			copy(dx[i*step:(i+1)*step], dy[size:])
		}
	}
}
