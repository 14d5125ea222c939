package op

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// plainAttention is attention with all probabilities in memory, in float64:
// what the tiles have to agree with. It returns the result, the probabilities
// and the gradients of queries, keys and values. The factors of the dropout are
// looked up one by one.
func plainAttention(a Attention, c *graph.Call) (y, p, dq, dk, dv []float64) {
	s := a.spans(c.In[0].Shape, c.In[1].Shape)
	y, dq = make([]float64, len(c.Out.Data)), make([]float64, len(c.Out.Data))
	dk, dv = make([]float64, len(c.In[1].Data)), make([]float64, len(c.In[1].Data))
	p = make([]float64, s.n*s.heads*s.queries*s.keys)
	for i := range s.n {
		for h := range s.heads {
			for q := range s.queries {
				at := s.at(i, q, h, s.queries, s.qrow)
				row := p[((i*s.heads+h)*s.queries+q)*s.keys:][:s.keys]
				sum, dot := 0.0, 0.0
				for k := range row {
					from := s.at(i, k, h/s.group, s.keys, s.krow)
					if a.Causal && k > q || len(c.In) == 4 && c.In[3].Data[i*s.keys+k] == 0 {
						continue
					}
					score := 0.0
					for e := range s.d {
						score += float64(c.In[0].Data[at+e]) * float64(c.In[1].Data[from+e])
					}
					row[k] = math.Exp(score * float64(s.scale))
					sum += row[k]
				}
				up := make([]float64, s.keys)
				for k := range row {
					if sum > 0 {
						row[k] /= sum
					}
					factor := 1.0
					if a.Dropout > 0 {
						factor /= 1 - a.Dropout
						place := (((c.Row+i)*s.heads+h)*s.queries+q)*s.keys + k
						if a.Stream.Fork(c.Step).Uniform(uint64(place)) < float32(a.Dropout) {
							factor = 0
						}
					}
					from := s.at(i, k, h/s.group, s.keys, s.krow)
					for e := range s.d {
						y[at+e] += factor * row[k] * float64(c.In[2].Data[from+e])
						dv[from+e] += factor * row[k] * float64(c.DOut.Data[at+e])
						up[k] += factor * float64(c.DOut.Data[at+e]) * float64(c.In[2].Data[from+e])
					}
					dot += row[k] * up[k]
				}
				for k := range row {
					from, ds := s.at(i, k, h/s.group, s.keys, s.krow), row[k]*(up[k]-dot)*float64(s.scale)
					for e := range s.d {
						dq[at+e] += ds * float64(c.In[1].Data[from+e])
						dk[from+e] += ds * float64(c.In[0].Data[at+e])
					}
				}
			}
		}
	}
	return y, p, dq, dk, dv
}

// TestAttentionTiles compares the tiles with the plain computation, for
// sequences below, at and above the tiles' size, with scores large enough that
// the largest of a row moves from tile to tile.
func TestAttentionTiles(t *testing.T) {
	for i, c := range []struct {
		op                     Attention
		n, queries, keys, size int
		masked                 bool
	}{
		{Attention{Heads: 2, KVHeads: 2}, 2, 64, 64, 8, false},
		{Attention{Heads: 2, KVHeads: 2, Causal: true}, 2, 64, 64, 8, false},
		{Attention{Heads: 4, KVHeads: 2, Causal: true}, 1, 129, 129, 5, true},
		{Attention{Heads: 6, KVHeads: 1}, 2, 31, 200, 3, true},
		{Attention{Heads: 3, KVHeads: 3}, 1, 200, 31, 16, false},
		{Attention{Heads: 1, KVHeads: 1, Causal: true}, 2, 257, 257, 32, true},
		{Attention{Heads: 2, KVHeads: 1}, 1, 1, 90, 33, false},
		{Attention{Heads: 2, KVHeads: 2, Causal: true, Dropout: 0.5, Stream: tensor.NewStream(1, "a")}, 2, 150, 150, 8, false},
		{Attention{Heads: 4, KVHeads: 2, Dropout: 0.2, Stream: tensor.NewStream(2, "a")}, 2, 67, 131, 5, true},
	} {
		in := []tensor.Tensor{
			tensor.New(c.n, c.queries, c.op.Heads*c.size), tensor.New(c.n, c.keys, c.op.KVHeads*c.size), tensor.New(c.n, c.keys, c.op.KVHeads*c.size)}
		for j := range in {
			s := tensor.NewStream(uint64(i), fmt.Sprint("attention", j))
			for k := range in[j].Data {
				in[j].Data[k] = float32(2 * s.Normal(uint64(k)))
			}
		}
		if c.masked {
			m, s := tensor.New(c.n, c.keys), tensor.NewStream(uint64(i), "mask")
			for k := range m.Data {
				m.Data[k] = float32(s.Intn(uint64(k), 2))
			}
			clear(m.Data[:min(70, c.keys)]) // nothing is seen in the first tile
			in = append(in, m)
		}
		call := newCall(t, c.op, in)
		for k := range call.DOut.Data {
			call.DOut.Data[k] = float32(tensor.NewStream(3, "up").Normal(uint64(k)))
		}
		call.Step, call.Row = 7, 3
		c.op.Forward(call)
		c.op.Backward(call)
		y, p, dq, dk, dv := plainAttention(c.op, call)
		closeTo(t, fmt.Sprint(c, " y"), call.Out.Data, y)
		closeTo(t, fmt.Sprint(c, " dq"), call.DIn[0].Data, dq)
		closeTo(t, fmt.Sprint(c, " dk"), call.DIn[1].Data, dk)
		closeTo(t, fmt.Sprint(c, " dv"), call.DIn[2].Data, dv)
		weights := newCall(t, AttentionWeights(c.op), append(append([]tensor.Tensor{}, in[:2]...), in[3:]...))
		AttentionWeights(c.op).Forward(weights)
		closeTo(t, fmt.Sprint(c, " weights"), weights.Out.Data, p)
	}
}

// Only the differences of scores matter, however small all of them are: also
// where a whole tile is hidden before the first that is not.
func TestAttentionOfSmallScores(t *testing.T) {
	const keys, size = 100, 4
	in := []tensor.Tensor{tensor.New(1, 3, size), tensor.New(1, keys, size), tensor.New(1, keys, size), tensor.New(1, keys)}
	for i := range in[0].Data {
		in[0].Data[i] = 8
	}
	for i := range in[1].Data {
		// Scores about -112, without rounding errors.
		in[1].Data[i] = -7 + float32(math.Round(16*tensor.NewStream(1, "k").Normal(uint64(i))))/64
		in[2].Data[i] = float32(tensor.NewStream(1, "v").Normal(uint64(i)))
	}
	for i := attentionTile + 3; i < keys; i++ {
		in[3].Data[i] = 1
	}
	op := Attention{Heads: 1, KVHeads: 1}
	call := newCall(t, op, in)
	for i := range call.DOut.Data {
		call.DOut.Data[i] = float32(i%5) - 2
	}
	op.Forward(call)
	op.Backward(call)
	y, _, dq, dk, dv := plainAttention(op, call)
	closeTo(t, "y", call.Out.Data, y)
	closeTo(t, "dq", call.DIn[0].Data, dq)
	closeTo(t, "dk", call.DIn[1].Data, dk)
	closeTo(t, "dv", call.DIn[2].Data, dv)
}

func closeTo(t *testing.T, what string, got []float32, want []float64) {
	t.Helper()
	scale := 1e-3
	for _, w := range want {
		scale = math.Max(scale, math.Abs(w))
	}
	for i, w := range want {
		if d := math.Abs(float64(got[i]) - w); !(d <= 1e-5*scale) {
			t.Fatalf("%s: value %d is %v, want %v", what, i, got[i], w)
		}
	}
}

// What attention keeps and needs grows with the sequence, not with its square.
func TestAttentionMemory(t *testing.T) {
	need := func(time int) int {
		x := tensor.Shape{1, time, 64}
		p, err := Attention{Heads: 4, KVHeads: 4}.Plan([]tensor.Shape{x, x, x})
		if err != nil {
			t.Fatal(err)
		}
		return p.Save + p.Temp
	}
	if a, b, c := need(1000), need(2000), need(3000); c-b != b-a || b-a > 1000*8 {
		t.Errorf("%d, %d and %d float32s for 1000, 2000 and 3000 steps", a, b, c)
	}
}

func TestSequenceErrors(t *testing.T) {
	x := tensor.Shape{2, 5, 12}
	for _, c := range []struct {
		op   graph.Op
		in   []tensor.Shape
		want string
	}{
		{Attention{Heads: 5, KVHeads: 5}, []tensor.Shape{x, x, x}, "5 query heads and 5 key heads cannot share 12 and 12 channels evenly"},
		{Attention{Heads: 2, KVHeads: 2, Causal: true}, []tensor.Shape{x, {2, 4, 12}, {2, 4, 12}}, "the queries have 5 steps, and the keys 4"},
		{Attention{Heads: 2, KVHeads: 2}, []tensor.Shape{x, x, x, {2, 4}}, "wants a number for each key, 2×5, not 2×4"},
		{Attention{Heads: 2, KVHeads: 2}, []tensor.Shape{x, x}, "wants values"},
		{LSTM{}, []tensor.Shape{x, {12, 16}, {4, 16}, {12}}, "lstm of 4 units wants"},
		{GRU{}, []tensor.Shape{x, {12, 12}, {4, 12}, {12}}, "gru takes 5 inputs, not 4"},
		{Position{}, []tensor.Shape{x, {4, 12}}, "there are 4 positions, and the sequence has 5 steps"},
		{NewRotary(5, 3), []tensor.Shape{x}, "a head has 3; make it an even number"},
		{Step{}, []tensor.Shape{{2, 3}}, "step wants x[n, time, channels], not 2×3"},
		{Linear{Transposed: true}, []tensor.Shape{x, {7, 11}}, "linear wants"},
	} {
		if _, err := c.op.Plan(c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s%v: %v, want %q", c.op.Name(), c.in, err, c.want)
		}
	}
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "the id 7 has no row in a table of 7") {
			t.Errorf("an id beyond the table: %s", got)
		}
	}()
	ids, table := tensor.New(1, 1), tensor.New(7, 2)
	ids.Data[0] = 7
	Embedding{}.Forward(newCall(t, Embedding{}, []tensor.Tensor{ids, table}))
}

// The product of a turned query and key depends only on how far apart they are.
func TestRotaryIsRelative(t *testing.T) {
	const time, d = 9, 6
	r := NewRotary(time, d)
	same := func(seed string) []float32 { // the same vector at every step, turned
		x, s := tensor.New(1, time, d), tensor.NewStream(1, seed)
		for i := range x.Data {
			x.Data[i] = float32(s.Normal(uint64(i % d)))
		}
		c := newCall(t, r, []tensor.Tensor{x})
		r.Forward(c)
		return c.Out.Data
	}
	q, k := same("q"), same("k")
	for apart := range time {
		first := kernel.Dot(q[apart*d:(apart+1)*d], k[:d])
		for at := range time - apart {
			if dot := kernel.Dot(q[(at+apart)*d:][:d], k[at*d:][:d]); math.Abs(float64(dot-first)) > 1e-5 {
				t.Errorf("%d and %d apart: %v and %v", at, apart, dot, first)
			}
		}
	}
}
