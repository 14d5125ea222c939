package op

import (
	"math"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// AttentionWeights is the probabilities of Attention, to be looked at: how much
// each query of each head takes from each key.
//
//	p[h,i] = softmax over j of q[i]·k[j]/√d      p[n, heads, time, other time]
//	ds = p·(dp - Σj dp·p)   dq[i] = Σj ds[i,j]·k[j]/√d   dk[j] = Σi ds[i,j]·q[i]/√d
//
// Its inputs are queries, keys and perhaps a mask. Its arithmetic is not
// counted: it runs only in programs that observe it.
type AttentionWeights Attention

func (AttentionWeights) Name() string { return "attention_weights" }

func (a AttentionWeights) Plan(in []tensor.Shape) (graph.Plan, error) {
	s, err := Attention(a).sizes(in)
	if err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{
		Out:     tensor.Shape{s.n, s.heads, s.queries, s.keys},
		Temp:    s.queries*s.keys + kernel.PackedLen(s.d, s.keys) + kernel.PackedLen(s.keys, s.d) + kernel.PackedLen(s.queries, s.d) + kernel.MatMulPackedTemp(max(s.d, s.keys, s.queries)),
		NeedsIn: 0b11, NeedsOut: true,
	}, nil
}

func (a AttentionWeights) Forward(c *graph.Call) {
	s, ws := Attention(a).spans(c.In[0].Shape, c.In[1].Shape), room(c.Temp)
	keys := ws.take(kernel.PackedLen(s.d, s.keys))
	for ih := range s.n * s.heads {
		i, h := ih/s.heads, ih%s.heads
		p := c.Out.Data[ih*s.queries*s.keys:][:s.queries*s.keys]
		kt := kernel.PackTransposed(keys, c.In[1].Data[s.at(i, 0, h/s.group, s.keys, s.krow):], s.krow, s.d, s.keys)
		kernel.MatMulPacked(p, s.keys, false, c.In[0].Data[s.at(i, 0, h, s.queries, s.qrow):], kernel.Left{Row: s.qrow, Col: 1}, kt, s.queries, ws)
		for q := range s.queries {
			row := p[q*s.keys : (q+1)*s.keys]
			seen := s.seen(q, 0, s.keys)
			clear(row[seen:])
			row = row[:seen]
			if len(c.In) > 2 {
				hide(row, c.In[2].Data[i*s.keys:])
			}
			top := kernel.RowMax(row) * s.scale
			if math.IsInf(float64(top), -1) {
				clear(row)
				continue
			}
			sum := kernel.ExpSum(row, row, s.scale, top)
			kernel.Scale(row, row, 1/sum)
		}
	}
}

func (a AttentionWeights) Backward(c *graph.Call) {
	s, ws := Attention(a).spans(c.In[0].Shape, c.In[1].Shape), room(c.Temp)
	ds := ws.take(s.queries * s.keys)
	keys, queries := ws.take(kernel.PackedLen(s.keys, s.d)), ws.take(kernel.PackedLen(s.queries, s.d))
	for ih := range s.n * s.heads {
		i, h := ih/s.heads, ih%s.heads
		p, dp := c.Out.Data[ih*len(ds):][:len(ds)], c.DOut.Data[ih*len(ds):][:len(ds)]
		for q := 0; q < len(ds); q += s.keys {
			row := p[q : q+s.keys]
			kernel.AttentionGrad(ds[q:q+s.keys], dp[q:q+s.keys], row, kernel.Dot(row, dp[q:q+s.keys]), s.scale)
		}
		from, to := s.at(i, 0, h, s.queries, s.qrow), s.at(i, 0, h/s.group, s.keys, s.krow)
		if d := c.DIn[0].Data; d != nil {
			k := kernel.Pack(keys, c.In[1].Data[to:], s.krow, s.keys, s.d)
			kernel.MatMulPacked(d[from:], s.qrow, false, ds, kernel.Left{Row: s.keys, Col: 1}, k, s.queries, ws)
		}
		if d := c.DIn[1].Data; d != nil {
			q := kernel.Pack(queries, c.In[0].Data[from:], s.qrow, s.queries, s.d)
			kernel.MatMulPacked(d[to:], s.krow, h%s.group > 0, ds, kernel.Left{Row: 1, Col: s.keys}, q, s.keys, ws)
		}
	}
}
