package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Linear is a fully connected map of the last dimension:
//
//	y[i,j] = act(Σk x[i,k]·w[k,j] + b[j])      x[..., in] w[in, out] b[out]
//	dx = dz·wᵀ   dw = xᵀ·dz   db = Σi dz[i]    dz = dy·act'(y)
//
// The bias may be left out. Transposed, it reads the weight as w[out, in], as
// a head does that shares the table of an embedding. It takes over the
// activation that reads it.
type Linear struct {
	Act        kernel.Act
	Transposed bool
}

func (Linear) Name() string { return "linear" }

func (l Linear) Plan(in []tensor.Shape) (graph.Plan, error) {
	if len(in) != 2 {
		if err := arity("linear", in, 3); err != nil {
			return graph.Plan{}, err
		}
	}
	x, w := in[0], in[1]
	if len(x) < 2 || len(w) != 2 {
		return graph.Plan{}, config.Problem("linear wants x[…, in] and w[in, out], not %v and %v", x, w)
	}
	k, n := l.sizes(w)
	if x[len(x)-1] != k || len(in) == 3 && !in[2].Equal(tensor.Shape{n}) {
		return graph.Plan{}, config.Problem("linear wants x[…, %d] and b[%d] for its weight %v, not %v", k, n, w, in)
	}
	out := append(append(tensor.Shape{}, x[:len(x)-1]...), n)
	m := x.Len() / k
	temp := max(kernel.MatMulTemp(m, n, k), kernel.MatMulTemp(k, n, m), kernel.MatMulTemp(n, k, m), kernel.MatMulTemp(m, k, n))
	return graph.Plan{
		Out: out, Temp: temp + scratchFor(l.Act, m*n),
		NeedsIn: 0b011, NeedsOut: l.Act != kernel.None,
		FLOPs: 2 * int64(m) * int64(n) * int64(k),
	}, nil
}

// sizes returns the number of inputs and of outputs of a weight.
func (l Linear) sizes(w tensor.Shape) (k, n int) {
	if l.Transposed {
		return w[1], w[0]
	}
	return w[0], w[1]
}

func (l Linear) Forward(c *graph.Call) {
	k, n := l.sizes(c.In[1].Shape)
	m := len(c.Out.Data) / n
	var bias []float32
	if len(c.In) == 3 {
		bias = c.In[2].Data
	}
	if !l.Transposed {
		kernel.MatMul(c.Out.Data, c.In[0].Data, c.In[1].Data, bias, l.Act, m, n, k, c.Temp)
		return
	}
	kernel.MatMulTB(c.Out.Data, c.In[0].Data, c.In[1].Data, m, n, k, c.Temp)
	if bias != nil {
		for i := range m {
			kernel.AddTo(c.Out.Data[i*n:(i+1)*n], bias)
		}
	}
	if l.Act != kernel.None {
		kernel.Activate(c.Out.Data, c.Out.Data, l.Act)
	}
}

func (l Linear) Backward(c *graph.Call) {
	k, n := l.sizes(c.In[1].Shape)
	m := len(c.Out.Data) / n
	dz := pointwise(l.Act, c.Temp, c.DOut.Data, c.Out.Data)
	temp := c.Temp[scratchFor(l.Act, m*n):]
	switch d := c.DIn[1].Data; {
	case d == nil:
	case l.Transposed:
		kernel.MatMulTA(d, dz, c.In[0].Data, n, k, m, temp)
	default:
		kernel.MatMulTA(d, c.In[0].Data, dz, k, n, m, temp)
	}
	if len(c.In) == 3 && c.DIn[2].Data != nil {
		kernel.SumRows(c.DIn[2].Data, dz, m, n)
	}
	switch d := c.DIn[0].Data; {
	case d == nil:
	case l.Transposed:
		kernel.MatMul(d, dz, c.In[1].Data, nil, kernel.None, m, k, n, temp)
	default:
		kernel.MatMulTB(d, dz, c.In[1].Data, m, k, n, temp)
	}
}

func (l Linear) Fuse(reader graph.Op) (graph.Op, bool) {
	a, ok := reader.(Activation)
	if !ok || l.Act != kernel.None {
		return nil, false
	}
	l.Act = a.Act
	return l, true
}

func (Linear) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
