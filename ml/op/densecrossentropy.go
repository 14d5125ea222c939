package op

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// DenseCrossEntropy compares a distribution with one that is known, one number
// in nats per sample, from the logits x[n, ..., classes] and the probabilities
// t of the same shape, or class indices t[n, 1] that stand for one-hot rows. A
// sample's loss is the mean over its rows:
//
//	cross entropy         Σj -t[j]·log softmax(x)[j]
//	divergence, KL(t‖x)   the same + Σj t[j]·log t[j], which no x can change
//	dx = (softmax(x)·Σ t - t)·dloss
type DenseCrossEntropy struct {
	OneHot     bool
	Divergence bool // subtract the entropy of the targets, so that 0 is perfect
}

func (v DenseCrossEntropy) Name() string {
	if v.Divergence {
		return "kl_divergence"
	}
	return "dense_cross_entropy"
}

func (v DenseCrossEntropy) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(v.Name(), in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, t := in[0], in[1]
	if len(x) < 2 || !v.OneHot && !t.Equal(x) || v.OneHot && (len(x) != 2 || !t.Equal(tensor.Shape{x[0], 1})) {
		return graph.Plan{}, config.Problem("%s wants a probability for each of the %v outputs, not targets of %v", v.Name(), x[1:], t[1:])
	}
	return graph.Plan{Out: tensor.Shape{x[0]}, Save: x.Len(), NeedsIn: 0b10, FLOPs: 6 * int64(x.Len())}, nil
}

func (v DenseCrossEntropy) Forward(c *graph.Call) {
	m, n := rows(c.In[0])
	kernel.Softmax(c.Save, c.In[0].Data, m, n)
	steps := m / max(1, len(c.Out.Data))
	for s := range c.Out.Data {
		sum := float32(0)
		for i := s * steps; i < (s+1)*steps; i++ {
			x := c.In[0].Data[i*n : (i+1)*n]
			norm := logSum(x, c.Save[i*n:(i+1)*n])
			for j, l := range x {
				t := wanted(c.In[1], v.OneHot, i, j, n)
				if t == 0 {
					continue // 0·log 0 is 0
				}
				sum += float32(t * (norm - l))
				if v.Divergence {
					sum += float32(t * float32(math.Log(float64(t))))
				}
			}
		}
		c.Out.Data[s] = sum / float32(steps)
	}
}

func (v DenseCrossEntropy) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	m, n := rows(c.In[0])
	steps := m / max(1, len(c.Out.Data))
	for i := 0; i < m; i++ {
		g := c.DOut.Data[i/steps] / float32(steps)
		total := float32(1)
		if !v.OneHot {
			total = 0
			for _, t := range c.In[1].Data[i*n : (i+1)*n] {
				total += t
			}
		}
		for j, p := range c.Save[i*n : (i+1)*n] {
			dx[i*n+j] = g * (p*total - wanted(c.In[1], v.OneHot, i, j, n))
		}
	}
}
