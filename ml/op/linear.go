package op

import (
	"fmt"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Linear is a fully connected map of the last dimension:
//
//	y[i,j] = act(Σk x[i,k]·w[k,j] + b[j])      x[..., in] w[in, out] b[out]
//	dx = dz·wᵀ   dw = xᵀ·dz   db = Σi dz[i]    dz = dy·act'(y)
//
// It takes over the activation that reads it.
type Linear struct {
	Act kernel.Act
}

func (Linear) Name() string { return "linear" }

func (l Linear) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("linear", in, 3); err != nil {
		return graph.Plan{}, err
	}
	x, w, b := in[0], in[1], in[2]
	if len(x) < 2 || len(w) != 2 || len(b) != 1 || x[len(x)-1] != w[0] || w[1] != b[0] {
		return graph.Plan{}, fmt.Errorf("linear wants x[…, in], w[in, out] and b[out], not %v, %v and %v", x, w, b)
	}
	out := append(append(tensor.Shape{}, x[:len(x)-1]...), w[1])
	m, k, n := x.Len()/w[0], w[0], w[1]
	temp := max(kernel.MatMulTemp(m, n, k), kernel.MatMulTemp(k, n, m), kernel.MatMulTemp(m, k, n))
	return graph.Plan{
		Out: out, Temp: temp + scratchFor(l.Act, m*n),
		NeedsIn: 0b011, NeedsOut: l.Act != kernel.None,
		FLOPs: 2 * int64(m) * int64(n) * int64(k),
	}, nil
}

func (l Linear) Forward(c *graph.Call) {
	k, n := c.In[1].Shape[0], c.In[1].Shape[1]
	kernel.MatMul(c.Out.Data, c.In[0].Data, c.In[1].Data, c.In[2].Data, l.Act, len(c.Out.Data)/n, n, k, c.Temp)
}

func (l Linear) Backward(c *graph.Call) {
	k, n := c.In[1].Shape[0], c.In[1].Shape[1]
	m := len(c.Out.Data) / n
	dz := pointwise(l.Act, c.Temp, c.DOut.Data, c.Out.Data)
	temp := c.Temp[scratchFor(l.Act, m*n):]
	if d := c.DIn[1].Data; d != nil {
		kernel.MatMulTA(d, c.In[0].Data, dz, k, n, m, temp)
	}
	if d := c.DIn[2].Data; d != nil {
		kernel.SumRows(d, dz, m, n)
	}
	if d := c.DIn[0].Data; d != nil {
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
