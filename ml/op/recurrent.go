package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// recurrence is what the recurrent ops share: sizes, the order of the steps,
// and the products with whole sequences. All of a sequence's inputs are
// projected in one product; only the products with the state go step by step,
// with a recurrent weight that is packed once.
type recurrence struct {
	n, time, in, units, gates int
	reverse                   bool // the last step runs first
}

// recurrent checks the inputs x[n, time, in], w[in, gates·units],
// u[units, gates·units], b[gates·units], and whatever bias follows.
func recurrent(name string, in []tensor.Shape, gates int, reverse bool, biases ...int) (r recurrence, err error) {
	if err := arity(name, in, 3+len(biases)); err != nil {
		return r, err
	}
	x, u := in[0], in[2]
	if len(x) != 3 || len(u) != 2 {
		return r, config.Problem("%s wants x[n, time, in] and u[units, %d·units], not %v and %v", name, gates, x, u)
	}
	r = recurrence{n: x[0], time: x[1], in: x[2], units: u[0], gates: gates, reverse: reverse}
	ok := u[1] == r.row() && in[1].Equal(tensor.Shape{r.in, r.row()}) && r.time > 0
	for i, k := range biases {
		ok = ok && in[3+i].Equal(tensor.Shape{k * r.units})
	}
	if !ok {
		return r, config.Problem("%s of %d units wants x[n, time, %d], w[%d, %d], u[%d, %d] and its biases, not %v",
			name, r.units, r.in, r.in, r.row(), r.units, r.row(), in)
	}
	return r, nil
}

// recurrenceOf reads the sizes of a call whose plan was accepted.
func recurrenceOf(c *graph.Call, gates int, reverse bool) recurrence {
	x := c.In[0].Shape
	return recurrence{n: x[0], time: x[1], in: x[2], units: c.In[2].Shape[0], gates: gates, reverse: reverse}
}

func (r recurrence) row() int  { return r.gates * r.units } // the sums of one step of one sample
func (r recurrence) rows() int { return r.n * r.time }

// at returns which step runs s-th, and which ran before it.
func (r recurrence) at(s int) (t, before int) {
	if r.reverse {
		return r.time - 1 - s, r.time - s
	}
	return s, s - 1
}

// of returns the values of step t of sample i in a matrix of a row a step.
func (r recurrence) of(x []float32, i, t, width int) []float32 {
	k := (i*r.time + t) * width
	return x[k : k+width : k+width]
}

// plan is the plan of an op that keeps save float32s and wants extra scratch,
// beyond that of project, begin, back and finish.
func (r recurrence) plan(save, extra int) graph.Plan {
	m, k, n := r.rows(), r.in, r.row()
	return graph.Plan{
		Out: tensor.Shape{r.n, r.time, r.units}, Save: save,
		Temp: extra + r.units + max(kernel.PackedLen(r.units, n), kernel.PackedLen(n, r.units)) + kernel.MatMulPackedTemp(n) +
			max(kernel.MatMulTemp(m, n, k), kernel.MatMulTemp(k, n, m), kernel.MatMulTemp(m, k, n), kernel.MatMulTemp(r.units, n, m)),
		NeedsIn: 0b111, NeedsOut: true,
		FLOPs: 2 * int64(m) * int64(n) * int64(k+r.units),
	}
}

// project computes all steps' sums of the inputs: z = x·w + b.
func (r recurrence) project(z []float32, c *graph.Call, temp []float32) {
	kernel.MatMul(z, c.In[0].Data, c.In[1].Data, c.In[3].Data, kernel.None, r.rows(), r.row(), r.in, temp)
}

// step adds the product of a state of all samples at one step, [n, width] in
// a matrix of a row a step, and a packed weight to another step's row of z.
func (r recurrence) step(z []float32, to, ldz int, h []float32, from, ldh int, u kernel.Packed, temp []float32) {
	kernel.MatMulPacked(z[to*ldz:], r.time*ldz, true, h[from*ldh:], kernel.Left{Row: r.time * ldh, Col: 1}, u, r.n, temp)
}

// finish computes the gradients that need no order of steps from those of all
// sums: dx = dz·wᵀ, dw = xᵀ·dz, db = Σ dz.
func (r recurrence) finish(c *graph.Call, dz, temp []float32) {
	if d := c.DIn[0].Data; d != nil {
		kernel.MatMulTB(d, dz, c.In[1].Data, r.rows(), r.in, r.row(), temp)
	}
	if d := c.DIn[1].Data; d != nil {
		kernel.MatMulTA(d, c.In[0].Data, dz, r.in, r.row(), r.rows(), temp)
	}
	if d := c.DIn[3].Data; d != nil {
		kernel.SumRows(d, dz, r.rows(), r.row())
	}
}

// finishState computes du = Σ h[before]ᵀ·dz. It spoils dz: the rows of the steps
// that nothing came before are cleared, and the products shifted by one row.
func (r recurrence) finishState(c *graph.Call, h, dz, temp []float32) {
	d := c.DIn[2].Data
	if d == nil {
		return
	}
	first, _ := r.at(0)
	for i := range r.n {
		clear(r.of(dz, i, first, r.row()))
	}
	if r.reverse {
		h = h[r.units:]
	} else {
		dz = dz[r.row():]
	}
	kernel.MatMulTA(d, h, dz, r.units, r.row(), r.rows()-1, temp)
}
