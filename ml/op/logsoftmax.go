package op

import (
	"math"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// LogSoftmax gives the logarithms of Softmax over the last dimension, without
// underflow:
//
//	y[j] = x[j] - log Σk e^x[k]
//	dx[j] = dy[j] - e^y[j]·Σk dy[k]
type LogSoftmax struct{}

func (LogSoftmax) Name() string { return "log_softmax" }

func (LogSoftmax) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("log_softmax", in, 1); err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{Out: in[0], Save: in[0].Len(), FLOPs: 5 * int64(in[0].Len())}, nil
}

func (LogSoftmax) Forward(c *graph.Call) {
	m, n := rows(c.In[0])
	kernel.Softmax(c.Save, c.In[0].Data, m, n)
	for i := 0; i < m; i++ {
		x, y := c.In[0].Data[i*n:(i+1)*n], c.Out.Data[i*n:(i+1)*n]
		norm := logSum(x, c.Save[i*n:(i+1)*n])
		for j, v := range x {
			y[j] = v - norm
		}
	}
}

func (LogSoftmax) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	m, n := rows(c.In[0])
	for i := 0; i < m; i++ {
		dy, p, d := c.DOut.Data[i*n:(i+1)*n], c.Save[i*n:(i+1)*n], dx[i*n:(i+1)*n]
		sum := float32(0)
		for _, g := range dy {
			sum += g
		}
		for j, g := range dy {
			d[j] = g - float32(p[j]*sum)
		}
	}
}

// logSum returns log Σ e^x of a row whose softmax is p. The likeliest entry
// has p ≥ 1/n, so its logarithm loses nothing.
func logSum(x, p []float32) float32 {
	best := 0
	for j, v := range p {
		if v > p[best] {
			best = j
		}
	}
	return x[best] - float32(math.Log(float64(p[best])))
}

func (LogSoftmax) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 3) }
