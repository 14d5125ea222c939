package op

import (
	"math"
	"sync"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Position adds a learned vector to each step, the same in every sample:
//
//	y[i,t,:] = x[i,t,:] + p[t,:]      x[n, time, size] p[at least time, size]
//	dx = dy   dp[t,:] = Σi dy[i,t,:], and 0 for the steps that x does not reach
//
// Where a sequence comes in pieces, t counts from the call's Time.
type Position struct{}

func (Position) Name() string { return "position" }

func (Position) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("position", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, p := in[0], in[1]
	if len(x) != 3 || len(p) != 2 || x[2] != p[1] {
		return graph.Plan{}, config.Problem("position wants x[n, time, size] and p[positions, size], not %v and %v", x, p)
	}
	if x[1] > p[0] {
		return graph.Plan{}, config.Problem("there are %d positions, and the sequence has %d steps; make them as many", p[0], x[1])
	}
	return graph.Plan{Out: x, FLOPs: int64(x.Len())}, nil
}

func (Position) Forward(c *graph.Call) {
	addSample(c.Out.Data, c.In[0].Data, c.In[1].Data, c)
}

func (o Position) Stepwise(in []graph.Flow) (graph.Op, error) { return placed(o, in) }

// placed is the Stepwise of an op that goes by the call's Time.
func placed(o graph.Op, in []graph.Flow) (graph.Op, error) {
	for i, f := range in {
		if f.Steps != (i == 0) {
			return nil, mixed()
		}
	}
	return o, nil
}

func (Position) Backward(c *graph.Call) {
	if d := c.DIn[0].Data; d != nil {
		copy(d, c.DOut.Data)
	}
	if d := c.DIn[1].Data; d != nil {
		sample := c.In[0].Shape[1:].Len()
		kernel.SumRows(d[:sample], c.DOut.Data, c.In[0].Shape[0], sample)
		clear(d[sample:])
	}
}

// addSample adds the call's steps of a table to each sample of x.
func addSample(y, x, table []float32, c *graph.Call) {
	steps, size := c.In[0].Shape[1], c.In[0].Shape[2]
	p := table[c.Time*size : (c.Time+steps)*size]
	for i := 0; i < len(x); i += len(p) {
		kernel.Add(y[i:i+len(p)], x[i:i+len(p)], p)
	}
}

// Sinusoid adds waves of lengths from 2π to 20000π steps, by which a model can
// tell where and how far apart steps are (Vaswani et al., Attention Is All You
// Need, 2017):
//
//	y[i,t,2k] = x[i,t,2k] + sin(t/10000^(2k/size))   dx = dy
//	y[i,t,2k+1] = x[i,t,2k+1] + cos(t/10000^(2k/size))
type Sinusoid struct {
	values int              // of a sequence at most
	table  func() []float32 // [time, size], computed when it is first read: most graphs are only measured
}

// NewSinusoid returns the op for sequences of this length and width.
func NewSinusoid(time, size int) Sinusoid {
	return Sinusoid{time * size, sync.OnceValue(func() []float32 {
		table, turn := make([]float32, time*size), turns(size)
		for i := range table {
			t, k := i/size, i%size
			sin, cos := math.Sincos(float64(t) * turn[k/2])
			table[i] = float32(sin)
			if k%2 == 1 {
				table[i] = float32(cos)
			}
		}
		return table
	})}
}

// turns is how far each of the waves of a vector turns from step to step.
func turns(size int) []float64 {
	out := make([]float64, (size+1)/2)
	for k := range out {
		out[k] = math.Pow(10000, -float64(2*k)/float64(size))
	}
	return out
}

func (Sinusoid) Name() string { return "sinusoid" }

func (s Sinusoid) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("sinusoid", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if len(x) != 3 || x[1:].Len() > s.values {
		return graph.Plan{}, config.Problem("sinusoid was made for sequences of %d values at most, and what arrives is %v", s.values, x)
	}
	return graph.Plan{Out: x, FLOPs: int64(x.Len())}, nil
}

func (s Sinusoid) Forward(c *graph.Call) { addSample(c.Out.Data, c.In[0].Data, s.table(), c) }

func (s Sinusoid) Stepwise(in []graph.Flow) (graph.Op, error) { return placed(s, in) }

func (s Sinusoid) Backward(c *graph.Call) {
	if d := c.DIn[0].Data; d != nil {
		copy(d, c.DOut.Data)
	}
}

// Rotary turns each pair of a head's values by an angle that grows with the
// step, so that the product of a query and a key depends on how far apart they
// are (Su et al., RoFormer, 2021). Value k of a head's size s is paired with
// value k+s/2:
//
//	y[k]     = x[k]·cos a - x[k+s/2]·sin a     a = t/10000^(2k/s)
//	y[k+s/2] = x[k]·sin a + x[k+s/2]·cos a     dx is dy turned back
type Rotary struct {
	time, size int                         // of a sequence at most, and of a head
	angles     func() (cos, sin []float32) // [time, size/2], computed when they are first read
}

// NewRotary returns the op for sequences of this length, with heads of this size.
func NewRotary(time, size int) Rotary {
	return Rotary{time, size, sync.OnceValues(func() (cos, sin []float32) {
		half, turn := size/2, turns(size)
		cos, sin = make([]float32, time*half), make([]float32, time*half)
		for i := range cos {
			s, c := math.Sincos(float64(i/half) * turn[i%half])
			cos[i], sin[i] = float32(c), float32(s)
		}
		return cos, sin
	})}
}

func (Rotary) Name() string { return "rotary" }

func (r Rotary) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("rotary", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	if r.size < 2 || r.size%2 != 0 {
		return graph.Plan{}, config.Problem("rotary positions turn pairs of values, and a head has %d; make it an even number", r.size)
	}
	if len(x) != 3 || x[2]%r.size != 0 || x[1] > r.time {
		return graph.Plan{}, config.Problem("rotary was made for at most %d steps in heads of %d, and what arrives is %v", r.time, r.size, x)
	}
	return graph.Plan{Out: x, FLOPs: 3 * int64(x.Len())}, nil
}

func (r Rotary) Forward(c *graph.Call) { r.turn(c.Out, c.In[0].Data, c.Time, 1) }

func (r Rotary) Stepwise(in []graph.Flow) (graph.Op, error) { return placed(r, in) }

func (r Rotary) Backward(c *graph.Call) {
	if c.DIn[0].Data != nil {
		r.turn(c.DIn[0], c.DOut.Data, 0, -1)
	}
}

func (r Rotary) turn(y tensor.Tensor, x []float32, from int, direction float32) {
	time, half := y.Shape[1], r.size/2
	allCos, allSin := r.angles()
	for i := 0; i < len(x); i += r.size {
		t := from + i/y.Shape[2]%time
		cos, sin := allCos[t*half:(t+1)*half], allSin[t*half:(t+1)*half]
		x0, x1 := x[i:][:half], x[i+half:][:half]
		y0, y1 := y.Data[i:][:half], y.Data[i+half:][:half]
		for k, c := range cos {
			a, b, s := x0[k], x1[k], direction*sin[k]
			y0[k], y1[k] = a*c-b*s, a*s+b*c
		}
	}
}
