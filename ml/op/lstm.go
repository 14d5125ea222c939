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
	return r.lstmPlan(), nil
}

func (o LSTM) Forward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, cell := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	r.lstm(c, z, cell, c.Out.Data, ws)
}

func (o LSTM) Backward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, cell := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	r.lstmBack(c, z, cell, c.Out.Data, c.DOut.Data, nil, ws)
}

// LSTMCells is what the memory cells of an LSTM hold after each step, c[t], to
// be looked at: it runs only in programs that observe it, and its arithmetic is
// not counted. Inputs and gradients are those of LSTM, with dc[t] as well and
// without dy.
type LSTMCells LSTM

func (LSTMCells) Name() string { return "lstm_cells" }

func (o LSTMCells) Plan(in []tensor.Shape) (graph.Plan, error) {
	r, err := recurrent(o.Name(), in, 4, o.Reverse, 4)
	if err != nil {
		return graph.Plan{}, err
	}
	p := r.lstmPlan()
	p.FLOPs = 0
	return p, nil
}

func (o LSTMCells) Forward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, h := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	r.lstm(c, z, c.Out.Data, h, ws)
}

func (o LSTMCells) Backward(c *graph.Call) {
	r, ws, save := recurrenceOf(c, 4, o.Reverse), room(c.Temp), room(c.Save)
	z, h := save.take(r.rows()*r.row()), save.take(r.rows()*r.units)
	r.lstmBack(c, z, c.Out.Data, h, nil, c.DOut.Data, ws)
}

// lstmPlan keeps the gates, and of cells and outputs those that are not Out.
func (r recurrence) lstmPlan() graph.Plan {
	return r.plan(r.rows()*(r.row()+r.units), r.rows()*(r.row()+r.units)+r.n*r.units)
}

// lstm fills in the gates, the cells and the outputs of all steps.
func (r recurrence) lstm(c *graph.Call, z, cell, h []float32, ws room) {
	u := kernel.Pack(ws.take(kernel.PackedLen(r.units, r.row())), c.In[2].Data, r.row(), r.units, r.row())
	zero := ws.take(r.units)
	clear(zero)
	r.project(z, c, ws)
	for s := range r.time {
		t, before := r.at(s)
		if s > 0 {
			r.step(z, t, r.row(), h, before, r.units, u, ws)
		}
		for i := range r.n {
			last := zero
			if s > 0 {
				last = r.of(cell, i, before, r.units)
			}
			kernel.LSTMCell(r.of(h, i, t, r.units), r.of(cell, i, t, r.units), r.of(z, i, t, r.row()), last)
		}
	}
}

// lstmBack takes the gradients of the outputs and of the cells back, of which
// either may be nil.
func (r recurrence) lstmBack(c *graph.Call, z, cell, h, dy, dcell []float32, ws room) {
	dz, dh, dc := ws.take(r.rows()*r.row()), ws.take(r.rows()*r.units), ws.take(r.n*r.units)
	ut := kernel.PackTransposed(ws.take(kernel.PackedLen(r.row(), r.units)), c.In[2].Data, r.row(), r.row(), r.units)
	zero := ws.take(r.units)
	clear(zero)
	clear(dh[copy(dh, dy):])
	clear(dc)
	for s := r.time - 1; s >= 0; s-- {
		t, before := r.at(s)
		for i := range r.n {
			last, carry := zero, dc[i*r.units:(i+1)*r.units]
			if s > 0 {
				last = r.of(cell, i, before, r.units)
			}
			if dcell != nil {
				kernel.AddTo(carry, r.of(dcell, i, t, r.units))
			}
			kernel.LSTMCellGrad(r.of(dz, i, t, r.row()), carry, r.of(dh, i, t, r.units),
				r.of(z, i, t, r.row()), r.of(cell, i, t, r.units), last)
		}
		if s > 0 {
			r.step(dh, before, r.units, dz, t, r.row(), ut, ws)
		}
	}
	r.finish(c, dz, ws)
	r.finishState(c, h, dz, ws)
}
