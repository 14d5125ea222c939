package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// MatMul multiplies matrices, or lists of as many matrices, pair by pair:
//
//	y[…,i,j] = Σk a[…,i,k]·b[…,k,j]
//	da = dy·bᵀ   db = aᵀ·dy
type MatMul struct{}

func (MatMul) Name() string { return "matmul" }

func (MatMul) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("matmul", in, 2); err != nil {
		return graph.Plan{}, err
	}
	a, b := in[0], in[1]
	last := len(a) - 1
	if len(a) < 2 || len(a) != len(b) || !a[:last-1].Equal(b[:last-1]) || a[last] != b[last-1] {
		return graph.Plan{}, config.Problem("matmul wants a[…,m,k] and b[…,k,n], not %v and %v", a, b)
	}
	m, k, n := a[last-1], a[last], b[last]
	out := append(append(tensor.Shape{}, a[:last]...), n)
	return graph.Plan{
		Out: out, NeedsIn: 0b11, FLOPs: 2 * int64(out.Len()) * int64(k),
		Temp: max(kernel.MatMulTemp(m, n, k), kernel.MatMulTemp(m, k, n), kernel.MatMulTemp(k, n, m)),
	}, nil
}

// each calls f with the elements of each pair of matrices and of their product.
func (MatMul) each(c *graph.Call, f func(a, b, y span, m, n, k int)) {
	last := len(c.Out.Shape) - 1
	m, n, k := c.Out.Shape[last-1], c.Out.Shape[last], c.In[0].Shape[last]
	for i := range c.Out.Shape[:last-1].Len() {
		f(span{i * m * k, m * k}, span{i * k * n, k * n}, span{i * m * n, m * n}, m, n, k)
	}
}

// A span is a part of a slice: where it begins and how long it is.
type span struct{ at, n int }

func (s span) of(x []float32) []float32 { return x[s.at : s.at+s.n] }

func (v MatMul) Forward(c *graph.Call) {
	v.each(c, func(a, b, y span, m, n, k int) {
		kernel.MatMul(y.of(c.Out.Data), a.of(c.In[0].Data), b.of(c.In[1].Data), nil, kernel.None, m, n, k, c.Temp)
	})
}

func (v MatMul) Backward(c *graph.Call) {
	v.each(c, func(a, b, y span, m, n, k int) {
		if d := c.DIn[0].Data; d != nil {
			kernel.MatMulTB(a.of(d), y.of(c.DOut.Data), b.of(c.In[1].Data), m, k, n, c.Temp)
		}
		if d := c.DIn[1].Data; d != nil {
			kernel.MatMulTA(b.of(d), a.of(c.In[0].Data), y.of(c.DOut.Data), k, n, m, c.Temp)
		}
	})
}
