package op

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// BatchNorm brings each channel to mean 0 and variance 1 over all samples and
// cells of the batch, and then stretches and moves it as learned (Ioffe and
// Szegedy, Batch Normalization, 2015); see standard for the formulas. Outside
// training, and when frozen, it uses the running mean and variance instead:
//
//	y = (x - mean)·r·g + b   r = 1/√(var + Eps)   dx = dy·r·g
//
// x is [n, …, channels], all else [channels]: g, b, mean, var. In place of a
// gradient, the statistics of the batch go where mean and var have theirs, times
// the number of samples; the variance there is the unbiased one, Σ(x-μ)²/(m-1),
// as PyTorch has it, while h is made with Σ(x-μ)²/m.
type BatchNorm struct {
	Eps    float64
	Frozen bool
}

func (BatchNorm) Name() string { return "batch_norm" }

func (v BatchNorm) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("batch_norm", in, 5); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	for _, s := range in[1:] {
		if len(x) < 2 || !s.Equal(x[len(x)-1:]) {
			return graph.Plan{}, config.Problem("batch_norm wants x[n, …, c] and parameters of c each, not %v and %v", x, s)
		}
	}
	channels := x[len(x)-1]
	// Kept are x-μ, and μ and r of each channel.
	return graph.Plan{Out: x, Save: x.Len() + 2*channels, Temp: scratch * channels, NeedsIn: 0b10, Cheap: true, FLOPs: 8 * int64(x.Len())}, nil
}

func (v BatchNorm) parts(c *graph.Call) (s standard, centred, mean, r []float32) {
	m, n := rows(c.Out)
	rest := c.Save[m*n:]
	return standard{rows: m, channels: n, groups: n, eps: v.Eps}, c.Save[:m*n], rest[:n], rest[n : 2*n]
}

func (v BatchNorm) Forward(c *graph.Call) {
	s, centred, mean, r := v.parts(c)
	gain, bias := c.In[1].Data, c.In[2].Data
	if c.Train && !v.Frozen {
		s.forward(c.Out.Data, c.In[0].Data, gain, bias, centred, mean, r, c.Temp)
		return
	}
	a, b := c.Temp[:s.channels], c.Temp[s.channels:2*s.channels]
	for j, variance := range c.In[4].Data {
		r[j] = float32(1 / math.Sqrt(float64(variance)+v.Eps))
	}
	kernel.Fill(a, 1)
	kernel.Scale(b, c.In[3].Data, -1)
	kernel.ScaleRows(centred, c.In[0].Data, a, b, s.rows, s.channels)
	kernel.Mul(a, r, gain)
	kernel.ScaleRows(c.Out.Data, centred, a, bias, s.rows, s.channels)
}

func (v BatchNorm) Backward(c *graph.Call) {
	s, centred, mean, r := v.parts(c)
	gain, n := c.In[1].Data, s.channels
	dgain, dbias := gradients(c)
	dx := c.DIn[0].Data
	if v.Frozen {
		s.backward(nil, dgain, dbias, c.DOut.Data, gain, centred, r, c.Temp)
		if dx != nil {
			a, zero := c.Temp[:n], c.Temp[n:2*n]
			clear(zero)
			kernel.Mul(a, r, gain)
			kernel.ScaleRows(dx, c.DOut.Data, a, zero, s.rows, n)
		}
		clear(c.DIn[3].Data)
		clear(c.DIn[4].Data)
		return
	}
	s.backward(dx, dgain, dbias, c.DOut.Data, gain, centred, r, c.Temp)
	samples := float32(c.In[0].Shape[0])
	if d := c.DIn[3].Data; d != nil {
		kernel.Scale(d, mean, samples)
	}
	if d := c.DIn[4].Data; d != nil {
		unbiased := float64(s.rows) / float64(max(s.rows-1, 1))
		for j, q := range r {
			d[j] = samples * float32(max(0, 1/(float64(q)*float64(q))-v.Eps)*unbiased)
		}
	}
}

func (BatchNorm) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
