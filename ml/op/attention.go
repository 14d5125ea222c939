package op

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Attention lets each query gather the values whose keys fit it (Vaswani et
// al., 2017), for each head on its own part of the channels:
//
//	s[i,j] = q[i]·k[j]/√d   p[i] = softmax(s[i])   y[i] = Σj p[i,j]·v[j]
//
//	dv[j] = Σi p[i,j]·dy[i]   dp[i,j] = dy[i]·v[j]   ds = p·(dp - dy·y)
//	dq[i] = Σj ds[i,j]·k[j]/√d   dk[j] = Σi ds[i,j]·q[i]/√d
//
// q[n, time, heads·d], k and v[n, other time, kv heads·d], y like q. Several
// query heads may share a key head (Ainslie et al., GQA, 2023). A causal query
// sees the keys up to its own step. A fourth input, mask[n, other time], is 1
// where a key may be seen and 0 where it is padding; a query that sees no key
// gets zeros.
//
// With Dropout, training switches probabilities off by chance and raises the
// others, m[i,j] = 0 or 1/(1-Dropout), as Dropout does with values:
//
//	y[i] = Σj m·p·v[j]   dv[j] = Σi m·p·dy[i]   ds = p·(m·dp - dy·y)
//
// The probabilities are never all in memory: they are made a tile at a time,
// the softmax corrected as tiles come (Dao et al., FlashAttention, 2022), and
// made again in Backward from the logarithms of their sums.
type Attention struct {
	Heads, KVHeads int
	Causal         bool
	Dropout        float64
	Stream         tensor.Stream // of the dropout
}

// attentionTile is how many queries meet how many keys at a time: two tiles of
// probabilities and one of each operand stay in a second-level cache.
const attentionTile = 64

func (Attention) Name() string { return "attention" }

func (a Attention) Plan(in []tensor.Shape) (graph.Plan, error) {
	values := in
	if len(in) > 2 {
		values = append(append([]tensor.Shape{}, in[:2]...), in[3:]...)
	}
	s, err := a.sizes(values)
	if err == nil && (len(in) < 3 || !in[2].Equal(in[1])) {
		err = config.Problem("attention wants values that belong to its keys, of the same shape, not %v", in)
	}
	if err != nil {
		return graph.Plan{}, err
	}
	return graph.Plan{
		Out: in[0], Save: s.n * a.Heads * s.queries, Temp: s.scratch(),
		NeedsIn: 1<<len(in) - 1, NeedsOut: true,
		FLOPs: 2 * s.flops(),
	}, nil
}

// spans is the sizes of an attention: of the sequences, the heads and a tile.
type spans struct {
	n, queries, keys int
	heads, group     int // query heads, and how many of them share a key head
	d, qrow, krow    int // channels of a head, and of a step of queries and keys
	causal           bool
	scale            float32
	dropout          float64
	stream           tensor.Stream
}

// sizes checks queries, keys and perhaps a mask.
func (a Attention) sizes(in []tensor.Shape) (s spans, err error) {
	if len(in) != 2 && len(in) != 3 {
		return s, config.Problem("attention takes queries, keys, values and perhaps a mask, not %d inputs", len(in)+1)
	}
	q, k := in[0], in[1]
	if len(q) != 3 || len(k) != 3 || q[0] != k[0] || a.Heads < 1 || a.KVHeads < 1 || q[1] < 1 || k[1] < 1 {
		return s, config.Problem("attention wants queries[n, time, channels] and keys[n, time, channels], not %v and %v", q, k)
	}
	if a.Heads%a.KVHeads != 0 || q[2]%a.Heads != 0 || k[2] != q[2]/a.Heads*a.KVHeads {
		return s, config.Problem("%d query heads and %d key heads cannot share %d and %d channels evenly", a.Heads, a.KVHeads, q[2], k[2])
	}
	if a.Causal && q[1] != k[1] {
		return s, config.Problem("causal attention compares a sequence with itself; the queries have %d steps, and the keys %d", q[1], k[1])
	}
	if len(in) == 3 && !in[2].Equal(k[:2]) {
		return s, config.Problem("the mask of attention wants a number for each key, %v, not %v", k[:2], in[2])
	}
	return a.spans(q, k), nil
}

func (a Attention) spans(q, k tensor.Shape) spans {
	d := q[2] / a.Heads
	return spans{
		n: q[0], queries: q[1], keys: k[1], heads: a.Heads, group: a.Heads / a.KVHeads,
		d: d, qrow: q[2], krow: k[2], causal: a.Causal, scale: float32(1 / math.Sqrt(float64(d))),
		dropout: a.Dropout, stream: a.Stream,
	}
}

func (s spans) flops() int64 {
	f := 2 * int64(s.n) * int64(s.heads) * int64(s.queries) * int64(s.keys) * int64(s.d)
	if s.causal {
		f /= 2
	}
	return f
}

func (s spans) tile() int { return min(attentionTile, max(s.queries, s.keys)) }

// scratch is what Backward wants, which is more than Forward does.
func (s spans) scratch() int {
	t := s.tile()
	return 2*t*t + s.masks() + 2*kernel.PackedLen(s.d, t) + 3*kernel.PackedLen(t, s.d) + s.group*s.queries +
		kernel.MatMulPackedTemp(max(t, s.d))
}

// at is where head h of step t of sample i begins in rows of a length.
func (s spans) at(i, t, h, steps, row int) int { return (i*steps+t)*row + h*s.d }

// seen returns how many of the keys from k on query q sees, at most n.
func (s spans) seen(q, k, n int) int {
	if s.causal {
		return max(0, min(n, q-k+1))
	}
	return n
}

// firstQuery is the first query that sees a tile of keys, at a tile's boundary.
func (s spans) firstQuery(k int) int {
	if s.causal {
		return k
	}
	return 0
}

// hide makes the scores of masked keys -Inf.
func hide(scores, mask []float32) {
	for j := range scores {
		if mask[j] == 0 {
			scores[j] = float32(math.Inf(-1))
		}
	}
}

// maskOf is the mask of the keys from k on of sample i, or nil.
func (s spans) maskOf(c *graph.Call, i, k, n int) []float32 {
	if len(c.In) < 4 {
		return nil
	}
	return c.In[3].Data[i*s.keys+k:][:n]
}

func (a Attention) Forward(c *graph.Call) {
	s := a.spans(c.In[0].Shape, c.In[1].Shape)
	tile, ws := s.tile(), room(c.Temp)
	scores, keep := ws.take(tile*tile), ws.take(s.masks())
	keys, values := ws.take(kernel.PackedLen(s.d, tile)), ws.take(kernel.PackedLen(tile, s.d))
	sums := ws.take(s.group * s.queries)
	dropping := c.Train && s.dropout > 0
	for i := range s.n {
		for g := 0; g < s.heads/s.group; g++ {
			tops := c.Save[(i*s.heads+g*s.group)*s.queries:][:s.group*s.queries]
			kernel.Fill(tops, float32(math.Inf(-1)))
			clear(sums)
			for k := 0; k < s.keys; k += tile {
				n := min(tile, s.keys-k)
				from := s.at(i, k, g, s.keys, s.krow)
				kt := kernel.PackTransposed(keys, c.In[1].Data[from:], s.krow, s.d, n)
				v := kernel.Pack(values, c.In[2].Data[from:], s.krow, n, s.d)
				mask := s.maskOf(c, i, k, n)
				for h := range s.group {
					for q := s.firstQuery(k); q < s.queries; q += tile {
						m, row := min(tile, s.queries-q), s.at(i, q, g*s.group+h, s.queries, s.qrow)
						left := kernel.Left{Row: s.qrow, Col: 1}
						kernel.MatMulPacked(scores, n, false, c.In[0].Data[row:], left, kt, m, ws)
						y := c.Out.Data[row:]
						s.soften(scores, y, tops[h*s.queries+q:][:m], sums[h*s.queries+q:][:m], mask, q, k, n)
						if dropping {
							s.drop(keep, c, i, g*s.group+h, q, k, m, n)
							kernel.Mul(scores[:m*n], scores[:m*n], keep[:m*n])
						}
						kernel.MatMulPacked(y, s.qrow, k > 0, scores, kernel.Left{Row: n, Col: 1}, v, m, ws)
					}
				}
			}
			for r := range tops {
				row := s.at(i, r%s.queries, g*s.group+r/s.queries, s.queries, s.qrow)
				y := c.Out.Data[row:][:s.d]
				if sums[r] == 0 { // every key is masked
					tops[r] = float32(math.Inf(1))
					continue
				}
				kernel.Scale(y, y, 1/sums[r])
				tops[r] += float32(math.Log(float64(sums[r])))
			}
		}
	}
}

// soften turns a tile of scores into e^(score-top), where top is the largest
// score of the query so far, and scales down what the query gathered before, if
// top has grown.
func (s spans) soften(scores, y, tops, sums, mask []float32, q, k, n int) {
	for r := range tops {
		row := scores[r*n : r*n+n]
		seen := s.seen(q+r, k, n)
		clear(row[seen:])
		if mask != nil {
			hide(row[:seen], mask)
		}
		top := kernel.RowMax(row[:seen]) * s.scale
		if top <= tops[r] {
			top = tops[r]
		}
		if math.IsInf(float64(top), -1) { // nothing is seen yet, and e^-Inf is 0; what is NaN stays it
			sums[r] += kernel.ExpSum(row[:seen], row[:seen], s.scale, 0)
			continue
		}
		if k > 0 && top != tops[r] {
			fade := float32(math.Exp(float64(tops[r] - top)))
			sums[r] *= fade
			kernel.Scale(y[r*s.qrow:][:s.d], y[r*s.qrow:][:s.d], fade)
		}
		tops[r] = top
		sums[r] += kernel.ExpSum(row[:seen], row[:seen], s.scale, top)
	}
}

func (a Attention) Backward(c *graph.Call) {
	s := a.spans(c.In[0].Shape, c.In[1].Shape)
	tile, ws := s.tile(), room(c.Temp)
	p, ds, keep := ws.take(tile*tile), ws.take(tile*tile), ws.take(s.masks())
	across, along := kernel.PackedLen(s.d, tile), kernel.PackedLen(tile, s.d)
	keysT, valuesT, keys := ws.take(across), ws.take(across), ws.take(along)
	queries, ups := ws.take(along), ws.take(along)
	means := ws.take(s.group * s.queries)
	dropping := c.Train && s.dropout > 0
	dq, dk, dv := c.DIn[0].Data, c.DIn[1].Data, c.DIn[2].Data
	left := kernel.Left{Row: s.qrow, Col: 1}
	for i := range s.n {
		for g := 0; g < s.heads/s.group; g++ {
			sums := c.Save[(i*s.heads+g*s.group)*s.queries:][:s.group*s.queries]
			for r := range means {
				row := s.at(i, r%s.queries, g*s.group+r/s.queries, s.queries, s.qrow)
				means[r] = kernel.Dot(c.DOut.Data[row:][:s.d], c.Out.Data[row:][:s.d])
			}
			for k := 0; k < s.keys; k += tile {
				n := min(tile, s.keys-k)
				from := s.at(i, k, g, s.keys, s.krow)
				kt := kernel.PackTransposed(keysT, c.In[1].Data[from:], s.krow, s.d, n)
				vt := kernel.PackTransposed(valuesT, c.In[2].Data[from:], s.krow, s.d, n)
				kp := kernel.Pack(keys, c.In[1].Data[from:], s.krow, n, s.d)
				mask, add := s.maskOf(c, i, k, n), false
				for h := range s.group {
					for q := s.firstQuery(k); q < s.queries; q += tile {
						m, row := min(tile, s.queries-q), s.at(i, q, g*s.group+h, s.queries, s.qrow)
						kernel.MatMulPacked(p, n, false, c.In[0].Data[row:], left, kt, m, ws)
						s.again(p, sums[h*s.queries+q:][:m], mask, q, k, n)
						kept := p
						if dropping {
							s.drop(keep, c, i, g*s.group+h, q, k, m, n)
							kernel.Mul(ds[:m*n], p[:m*n], keep[:m*n])
							kept = ds
						}
						down := kernel.Left{Row: 1, Col: n}
						if dv != nil {
							up := kernel.Pack(ups, c.DOut.Data[row:], s.qrow, m, s.d)
							kernel.MatMulPacked(dv[from:], s.krow, add, kept, down, up, n, ws)
						}
						if dq != nil || dk != nil {
							kernel.MatMulPacked(ds, n, false, c.DOut.Data[row:], left, vt, m, ws)
							if dropping {
								kernel.Mul(ds[:m*n], ds[:m*n], keep[:m*n])
							}
							for r := range m {
								d := ds[r*n : r*n+n]
								kernel.AttentionGrad(d, d, p[r*n:r*n+n], means[h*s.queries+q+r], s.scale)
							}
						}
						if dk != nil {
							up := kernel.Pack(queries, c.In[0].Data[row:], s.qrow, m, s.d)
							kernel.MatMulPacked(dk[from:], s.krow, add, ds, down, up, n, ws)
						}
						if dq != nil {
							kernel.MatMulPacked(dq[row:], s.qrow, k > 0, ds, kernel.Left{Row: n, Col: 1}, kp, m, ws)
						}
						add = true
					}
				}
			}
		}
	}
}

// again turns a tile of scores into the probabilities, whose sums are known.
func (s spans) again(scores, sums, mask []float32, q, k, n int) {
	for r, sum := range sums {
		row := scores[r*n : r*n+n]
		seen := s.seen(q+r, k, n)
		clear(row[seen:])
		if mask != nil {
			hide(row[:seen], mask)
		}
		kernel.ExpSum(row[:seen], row[:seen], s.scale, sum)
	}
}
