package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// LSTM is the long short-term memory (Hochreiter and Schmidhuber, 1997), with
// the forget gate of Gers et al., 2000:
//
//	z[t] = x[t]·w + h[t-1]·u + b            h[-1] = c[-1] = 0
//	i, f, g, o = σ(z₀), σ(z₁), tanh(z₂), σ(z₃)
//	c[t] = f·c[t-1] + i·g   h[t] = o·tanh(c[t])
//
//	dh = dy[t] + dz[t+1]·uᵀ   dc = dc[t+1]·f[t+1] + dh·o·(1-tanh²c)
//	dz = (dc·g·i·(1-i), dc·c[t-1]·f·(1-f), dc·i·(1-g²), dh·tanh(c)·o·(1-o))
//	dx = dz·wᵀ   dw = xᵀ·dz   du = Σt h[t-1]ᵀ·dz[t]   db = Σ dz
//
// x[n, time, in] w[in, 4·units] u[units, 4·units] b[4·units], the gates in the
// order input, forget, cell, output, as PyTorch has them (whose two biases act
// as their sum); y[n, time, units] is h.
type LSTM struct {
	Reverse bool // run from the last step to the first
}

func (LSTM) Name() string { return "lstm" }

func (o LSTM) Plan(in []tensor.Shape) (graph.Plan, error) {
	r, err := recurrent(o.Name(), in, 4, o.Reverse, 4)
	if err != nil {
		return graph.Plan{}, err
	}
	return r.plan(r.rows()*(r.row()+r.units), r.rows()*(r.row()+r.units)+r.n*r.units), nil
}

func (o LSTM) Forward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, cell := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	u := kernel.Pack(ws.take(kernel.PackedLen(r.units, r.row())), c.In[2].Data, r.row(), r.units, r.row())
	zero := ws.take(r.units)
	clear(zero)
	r.project(z, c, ws)
	for s := range r.time {
		t, before := r.at(s)
		if s > 0 {
			r.step(z, t, r.row(), c.Out.Data, before, r.units, u, ws)
		}
		for i := range r.n {
			last := zero
			if s > 0 {
				last = r.of(cell, i, before, r.units)
			}
			kernel.LSTMCell(r.of(c.Out.Data, i, t, r.units), r.of(cell, i, t, r.units), r.of(z, i, t, r.row()), last)
		}
	}
}

func (o LSTM) Backward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, cell := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	dz, dh, dc := ws.take(r.rows()*r.row()), ws.take(r.rows()*r.units), ws.take(r.n*r.units)
	ut := kernel.PackTransposed(ws.take(kernel.PackedLen(r.row(), r.units)), c.In[2].Data, r.row(), r.row(), r.units)
	zero := ws.take(r.units)
	clear(zero)
	copy(dh, c.DOut.Data)
	clear(dc)
	for s := r.time - 1; s >= 0; s-- {
		t, before := r.at(s)
		for i := range r.n {
			last := zero
			if s > 0 {
				last = r.of(cell, i, before, r.units)
			}
			kernel.LSTMCellGrad(r.of(dz, i, t, r.row()), dc[i*r.units:(i+1)*r.units], r.of(dh, i, t, r.units),
				r.of(z, i, t, r.row()), r.of(cell, i, t, r.units), last)
		}
		if s > 0 {
			r.step(dh, before, r.units, dz, t, r.row(), ut, ws)
		}
	}
	r.finish(c, dz, ws)
	r.finishState(c, dz, ws)
}
