package op

import (
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// GRU is the gated recurrent unit (Cho et al., 2014), its reset gate behind the
// recurrent product, as PyTorch and cuDNN have it:
//
//	z[t] = x[t]·w + b     s[t] = h[t-1]·u           h[-1] = 0
//	r, q = σ(z₀+s₀), σ(z₁+s₁)   g = tanh(z₂ + r·(s₂+v))
//	h[t] = (1-q)·g + q·h[t-1]
//
//	dh = dy[t] + dh[t+1]·q[t+1] + ds[t+1]·uᵀ
//	dg = dh·(1-q)·(1-g²)   dz = (dg·(s₂+v)·r·(1-r), dh·(h[t-1]-g)·q·(1-q), dg)
//	ds = (dz₀, dz₁, dg·r)
//	dx = dz·wᵀ   dw = xᵀ·dz   db = Σ dz   du = Σt h[t-1]ᵀ·ds[t]   dv = Σ dg·r
//
// x[n, time, in] w[in, 3·units] u[units, 3·units] b[3·units] v[units], the
// gates in the order reset, update, candidate. PyTorch has a second bias for
// each gate; that of the candidate is v, and the other two act as sums.
type GRU struct {
	Reverse bool // run from the last step to the first
}

func (GRU) Name() string { return "gru" }

func (o GRU) Plan(in []tensor.Shape) (graph.Plan, error) {
	r, err := recurrent(o.Name(), in, 3, o.Reverse, 3, 1)
	if err != nil {
		return graph.Plan{}, err
	}
	return r.plan(r.rows()*(r.row()+r.units), r.rows()*(r.row()+2*r.units)+kernel.PackedLen(r.units, r.row())), nil
}

func (o GRU) Forward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 3, o.Reverse), room(c.Temp), room(c.Save)
	z, state := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	gates := kernel.Pack(ws.take(kernel.PackedLen(r.units, 2*r.units)), c.In[2].Data, r.row(), r.units, 2*r.units)
	candidate := kernel.Pack(ws.take(kernel.PackedLen(r.units, r.units)), c.In[2].Data[2*r.units:], r.row(), r.units, r.units)
	zero := ws.take(r.units)
	clear(zero)
	r.project(z, c, ws)
	for k := 0; k < len(state); k += r.units {
		copy(state[k:], c.In[4].Data)
	}
	h := c.Out.Data
	for s := range r.time {
		t, before := r.at(s)
		if s > 0 {
			r.step(z, t, r.row(), h, before, r.units, gates, ws)
			r.step(state, t, r.units, h, before, r.units, candidate, ws)
		}
		for i := range r.n {
			last := zero
			if s > 0 {
				last = r.of(h, i, before, r.units)
			}
			kernel.GRUCell(r.of(h, i, t, r.units), r.of(z, i, t, r.row()), r.of(state, i, t, r.units), last)
		}
	}
}

func (o GRU) Backward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 3, o.Reverse), room(c.Temp), room(c.Save)
	z, state := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	dz, dh, ds := ws.take(r.rows()*r.row()), ws.take(r.rows()*r.units), ws.take(r.rows()*r.units)
	gates := kernel.PackTransposed(ws.take(kernel.PackedLen(2*r.units, r.units)), c.In[2].Data, r.row(), 2*r.units, r.units)
	candidate := kernel.PackTransposed(ws.take(kernel.PackedLen(r.units, r.units)), c.In[2].Data[2*r.units:], r.row(), r.units, r.units)
	zero := ws.take(r.units)
	clear(zero)
	copy(dh, c.DOut.Data)
	for s := r.time - 1; s >= 0; s-- {
		t, before := r.at(s)
		for i := range r.n {
			last, d := zero, r.of(dh, i, t, r.units)
			if s > 0 {
				last = r.of(c.Out.Data, i, before, r.units)
			}
			kernel.GRUCellGrad(r.of(dz, i, t, r.row()), r.of(ds, i, t, r.units), d, r.of(z, i, t, r.row()), r.of(state, i, t, r.units), last)
			if s > 0 {
				kernel.AddTo(r.of(dh, i, before, r.units), d)
			}
		}
		if s > 0 {
			r.step(dh, before, r.units, dz, t, r.row(), gates, ws)
			r.step(dh, before, r.units, ds, t, r.units, candidate, ws)
		}
	}
	r.finish(c, dz, ws)
	if d := c.DIn[4].Data; d != nil {
		kernel.SumRows(d, ds, r.rows(), r.units)
	}
	for k := range r.rows() { // the candidate's sum of the state has a gradient of its own
		copy(dz[k*r.row()+2*r.units:][:r.units], ds[k*r.units:])
	}
	r.finishState(c, c.Out.Data, dz, ws)
}
