package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// SimpleRNN is the plain recurrent network (Elman, 1990):
//
//	h[t] = tanh(x[t]·w + h[t-1]·u + b)    h[-1] = 0
//	dz[t] = (dy[t] + dz[t+1]·uᵀ)·(1-h[t]²)
//	dx = dz·wᵀ   dw = xᵀ·dz   du = Σt h[t-1]ᵀ·dz[t]   db = Σ dz
//
// x[n, time, in] w[in, units] u[units, units] b[units], y[n, time, units].
// PyTorch has two biases, which act as their sum.
type SimpleRNN struct {
	Reverse bool // run from the last step to the first
}

func (SimpleRNN) Name() string { return "simple_rnn" }

func (o SimpleRNN) Plan(in []tensor.Shape) (graph.Plan, error) {
	r, err := recurrent(o.Name(), in, 1, o.Reverse, 1)
	if err != nil {
		return graph.Plan{}, err
	}
	return r.plan(0, r.rows()*r.row()+r.n*r.units), nil
}

func (o SimpleRNN) Forward(c *graph.Call) {
	r, ws := recurrenceOf(c, 1, o.Reverse), room(c.Temp)
	u := kernel.Pack(ws.take(kernel.PackedLen(r.units, r.units)), c.In[2].Data, r.units, r.units, r.units)
	h := c.Out.Data
	r.project(h, c, ws)
	for s := range r.time {
		t, before := r.at(s)
		if s > 0 {
			r.step(h, t, r.units, h, before, r.units, u, ws)
		}
		for i := range r.n {
			y := r.of(h, i, t, r.units)
			kernel.Activate(y, y, kernel.Tanh)
		}
	}
}

func (o SimpleRNN) Backward(c *graph.Call) {
	r, ws := recurrenceOf(c, 1, o.Reverse), room(c.Temp)
	dz := ws.take(r.rows() * r.units)
	ut := kernel.PackTransposed(ws.take(kernel.PackedLen(r.units, r.units)), c.In[2].Data, r.units, r.units, r.units)
	copy(dz, c.DOut.Data)
	for s := r.time - 1; s >= 0; s-- {
		t, before := r.at(s)
		for i := range r.n {
			d := r.of(dz, i, t, r.units)
			kernel.ActivateGrad(d, d, r.of(c.Out.Data, i, t, r.units), kernel.Tanh)
		}
		if s > 0 {
			r.step(dz, before, r.units, dz, t, r.units, ut, ws)
		}
	}
	r.finish(c, dz, ws)
	r.finishState(c, c.Out.Data, dz, ws)
}

// room hands out pieces of a call's scratch.
type room []float32

func (r *room) take(n int) []float32 {
	s := (*r)[:n:n]
	*r = (*r)[n:]
	return s
}
