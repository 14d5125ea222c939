package op

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Stepwise: over another sequence, which comes whole, each query is on its own;
// over its own, a query looks at the keys so far.
func (a Attention) Stepwise(in []graph.Flow) (graph.Op, error) {
	whole := 0
	for _, f := range in[1:] {
		if !f.Steps {
			whole++
		}
	}
	switch {
	case in[0].Steps && whole == len(in)-1 && !a.Causal:
		return a, nil
	case !in[0].Steps || whole > 0:
		return nil, mixed()
	case !a.Causal:
		return nil, config.Problem("its attention looks ahead, since it is not causal")
	}
	return attentionStep{a, in[1].Shape[1]}, nil
}

// attentionStep is causal Attention for one query, which keeps the keys and the
// values of the steps before it:
//
//	s[j] = q·k[j]/√d   p = softmax(s)   y = Σj p[j]·v[j]   over the steps j so far
//
// q[n, 1, heads·d], k and v[n, 1, kv heads·d], perhaps mask[n, 1]; y like q.
// State of a sample: keys[steps, kv heads·d], values likewise, and mask[steps].
type attentionStep struct {
	Attention
	steps int
}

func (a attentionStep) Plan(in []tensor.Shape) (graph.Plan, error) {
	p, err := a.Attention.Plan(in)
	if err != nil {
		return p, err
	}
	s := a.spans(in[0], in[1])
	s.keys = a.steps
	return graph.Plan{Out: in[0], Temp: a.steps, State: s.n * a.kept(s, len(in) == 4), FLOPs: 2 * s.flops()}, nil
}

// kept is how many numbers of a sample are kept.
func (a attentionStep) kept(s spans, masked bool) int {
	n := 2 * a.steps * s.krow
	if masked {
		n += a.steps
	}
	return n
}

func (a attentionStep) Forward(c *graph.Call) {
	s := a.spans(c.In[0].Shape, c.In[1].Shape)
	now, kept := c.Time, a.kept(s, len(c.In) == 4)
	p := c.Temp[:now+1]
	for i := range s.n {
		state := room(c.State[i*kept : (i+1)*kept])
		keys, values := state.take(a.steps*s.krow), state.take(a.steps*s.krow)
		copy(keys[now*s.krow:(now+1)*s.krow], c.In[1].Data[i*s.krow:])
		copy(values[now*s.krow:(now+1)*s.krow], c.In[2].Data[i*s.krow:])
		var mask []float32
		if len(c.In) == 4 {
			mask = state[:now+1]
			mask[now] = c.In[3].Data[i]
		}
		for h := range s.heads {
			at := h / s.group * s.d
			q, y := c.In[0].Data[i*s.qrow+h*s.d:][:s.d], c.Out.Data[i*s.qrow+h*s.d:][:s.d]
			for j := range p {
				p[j] = kernel.Dot(q, keys[j*s.krow+at:][:s.d])
			}
			if mask != nil {
				hide(p, mask)
			}
			clear(y)
			top := kernel.RowMax(p) * s.scale
			if math.IsInf(float64(top), -1) { // every key is masked
				continue
			}
			sum := kernel.ExpSum(p, p, s.scale, top)
			for j, w := range p {
				kernel.Axpy(y, values[j*s.krow+at:][:s.d], w)
			}
			kernel.Scale(y, y, 1/sum)
		}
	}
}

func (attentionStep) Backward(*graph.Call) { noGradient() }
