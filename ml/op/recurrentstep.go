package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

func (o SimpleRNN) Stepwise(in []graph.Flow) (graph.Op, error) {
	return recurrentStepwise(o, 1, o.Reverse, in)
}
func (o LSTM) Stepwise(in []graph.Flow) (graph.Op, error) {
	return recurrentStepwise(o, 4, o.Reverse, in)
}
func (o GRU) Stepwise(in []graph.Flow) (graph.Op, error) {
	return recurrentStepwise(o, 3, o.Reverse, in)
}

func recurrentStepwise(o graph.Op, gates int, reverse bool, in []graph.Flow) (graph.Op, error) {
	if reverse {
		return nil, config.Problem("it also reads from the end to the start")
	}
	if _, err := placed(o, in); err != nil {
		return nil, err
	}
	return recurrentStep{o, gates}, nil
}

// recurrentStep is one step of a recurrent op, by the formulas of that op. State
// of a sample: h[units], and of an LSTM c[units] after it.
type recurrentStep struct {
	graph.Op
	gates int // which tell the ops apart
}

// cells is how many rows of units are kept of a sample.
func (o recurrentStep) cells() int {
	if o.gates == 4 {
		return 2
	}
	return 1
}

func (o recurrentStep) Plan(in []tensor.Shape) (graph.Plan, error) {
	p, err := o.Op.Plan(in)
	if err != nil {
		return p, err
	}
	n, k, units, row := in[0][0], in[0][2], in[2][0], in[2][1]
	return graph.Plan{
		Out: p.Out, FLOPs: p.FLOPs, State: n * o.cells() * units,
		Temp: n*row + row + units + max(kernel.MatMulTemp(n, row, k), kernel.MatMulTemp(1, row, units)),
	}, nil
}

func (o recurrentStep) Forward(c *graph.Call) {
	n, k := c.In[0].Shape[0], c.In[0].Shape[2]
	units, row := c.In[2].Shape[0], c.In[2].Shape[1]
	ws := room(c.Temp)
	all, sums, next := ws.take(n*row), ws.take(row), ws.take(units)
	kernel.MatMul(all, c.In[0].Data, c.In[1].Data, c.In[3].Data, kernel.None, n, row, k, ws)
	for i := range n {
		state := room(c.State[i*o.cells()*units:])
		h, z, y := state.take(units), all[i*row:(i+1)*row], c.Out.Data[i*units:(i+1)*units]
		kernel.MatMul(sums, h, c.In[2].Data, nil, kernel.None, 1, row, units, ws)
		switch o.gates {
		case 1:
			kernel.Add(y, z, sums)
			kernel.Activate(y, y, kernel.Tanh)
		case 3:
			kernel.AddTo(z[:2*units], sums[:2*units])
			candidate := sums[2*units:]
			kernel.AddTo(candidate, c.In[4].Data)
			kernel.GRUCell(y, z, candidate, h)
		case 4:
			kernel.AddTo(z, sums)
			cell := state.take(units)
			kernel.LSTMCell(y, next, z, cell)
			copy(cell, next)
		}
		copy(h, y)
	}
}

func (recurrentStep) Backward(*graph.Call) { noGradient() }
