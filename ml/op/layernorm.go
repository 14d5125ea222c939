package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// LayerNorm brings each row of the last dimension to mean 0 and variance 1 and
// then stretches and moves it as learned (Ba et al., Layer Normalization, 2016):
//
//	h = (x - μ)·r   y = h·g + b   μ = 1/n Σ x   r = 1/√(1/n Σ (x-μ)² + Eps)
//	dh = dy·g   dx = r·(dh - 1/n Σ dh - h·1/n Σ dh·h)   dg = Σ dy·h   db = Σ dy
//
// with x[…, n], g[n] and b[n], which may be left out.
type LayerNorm struct {
	Eps float64
}

// RMSNorm brings each row to a mean square of 1 and then stretches it as
// learned (Zhang and Sennrich, Root Mean Square Layer Normalization, 2019):
//
//	h = x·r   y = h·g   r = 1/√(1/n Σ x² + Eps)
//	dh = dy·g   dx = r·(dh - h·1/n Σ dh·h)   dg = Σ dy·h
type RMSNorm struct {
	Eps float64
}

func (LayerNorm) Name() string { return "layer_norm" }
func (RMSNorm) Name() string   { return "rms_norm" }

func (v LayerNorm) Plan(in []tensor.Shape) (graph.Plan, error) {
	want := 3
	if len(in) == 2 {
		want = 2
	}
	return planRows("layer_norm", in, want)
}

func (v RMSNorm) Plan(in []tensor.Shape) (graph.Plan, error) { return planRows("rms_norm", in, 2) }

func planRows(name string, in []tensor.Shape, want int) (graph.Plan, error) {
	if err := arity(name, in, want); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	for _, s := range in[1:] {
		if len(x) == 0 || !s.Equal(x[len(x)-1:]) {
			return graph.Plan{}, config.Problem("%s wants x[…, n] and parameters of n each, not %v and %v", name, x, s)
		}
	}
	n := x[len(x)-1]
	// Kept are h, and r of each row.
	return graph.Plan{Out: x, Save: x.Len() + x.Len()/max(n, 1), Temp: 2 * n, NeedsIn: 0b10, Cheap: true, FLOPs: 8 * int64(x.Len())}, nil
}

func (v LayerNorm) Forward(c *graph.Call) { forwardRows(c, true, v.Eps) }

func (v RMSNorm) Forward(c *graph.Call) { forwardRows(c, false, v.Eps) }

func forwardRows(c *graph.Call, centred bool, eps float64) {
	m, n := rows(c.Out)
	h, r := c.Save[:m*n], c.Save[m*n:]
	kernel.NormRows(h, r, c.In[0].Data, m, n, centred, float32(eps))
	bias := c.Temp[:n]
	if len(c.In) == 3 {
		bias = c.In[2].Data
	} else {
		clear(bias)
	}
	kernel.ScaleRows(c.Out.Data, h, c.In[1].Data, bias, m, n)
}

func (v LayerNorm) Backward(c *graph.Call) {
	backwardRows(c, true)
	if len(c.DIn) == 3 && c.DIn[2].Data != nil {
		m, n := rows(c.Out)
		kernel.SumRows(c.DIn[2].Data, c.DOut.Data, m, n)
	}
}

func (v RMSNorm) Backward(c *graph.Call) { backwardRows(c, false) }

// backwardRows computes the gradients of x and g.
func backwardRows(c *graph.Call, centred bool) {
	m, n := rows(c.Out)
	h, r := c.Save[:m*n], c.Save[m*n:]
	if d := c.DIn[1].Data; d != nil {
		columnDots(d, c.DOut.Data, h, c.Temp, m)
	}
	if dx := c.DIn[0].Data; dx != nil {
		kernel.NormRowsGrad(dx, c.DOut.Data, h, r, c.In[1].Data, m, n, centred)
	}
}

// columnBlock is how many rows are added up before the sum joins the others,
// so that a long column loses no digits.
const columnBlock = 256

// columnDots sets d to the sums of the products of a's and b's columns, of
// len(d) each, and columnSums to the sums of a's; temp is as long as d.
func columnDots(d, a, b, temp []float32, m int) {
	n := len(d)
	temp = temp[:n]
	clear(d)
	for i := 0; i < m; i += columnBlock {
		clear(temp)
		kernel.DotRows(temp, a[i*n:], b[i*n:], min(columnBlock, m-i), n, n)
		kernel.AddTo(d, temp)
	}
}

func columnSums(d, a, temp []float32, m int) {
	n := len(d)
	temp = temp[:n]
	clear(d)
	for i := 0; i < m; i += columnBlock {
		kernel.SumRows(temp, a[i*n:], min(columnBlock, m-i), n)
		kernel.AddTo(d, temp)
	}
}

func (LayerNorm) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }

func (RMSNorm) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
