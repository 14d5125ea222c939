package op

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Arithmetic is what a Binary does.
type Arithmetic uint8

const (
	Add Arithmetic = iota
	Mul
	Div
)

// Binary combines two tensors value by value:
//
//	add   y = a + b   da = dy      db = dy
//	mul   y = a·b     da = dy·b    db = dy·a
//	div   y = a/b     da = dy/b    db = -dy·a/b²
//
// Where a dimension of one is 1 or missing in front, its values count for the
// whole dimension of the other, and their gradients are summed over it.
type Binary struct {
	Do Arithmetic
}

func (v Binary) Name() string { return [...]string{Add: "add", Mul: "mul", Div: "div"}[v.Do] }

func (v Binary) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(v.Name(), in, 2); err != nil {
		return graph.Plan{}, err
	}
	out, ok := broadcast(in[0], in[1])
	if !ok {
		return graph.Plan{}, config.Problem("%s goes value by value, and the shapes %v and %v do not fit: "+
			"each dimension must be the same in both, or 1 in one of them", v.Name(), in[0], in[1])
	}
	p := graph.Plan{Out: out, FLOPs: int64(out.Len())}
	if v.Do != Add {
		p.NeedsIn, p.Cheap = 0b11, true // sums are the trunk of residual networks: to make one again takes all of it
	}
	return p, nil
}

func (v Binary) Forward(c *graph.Call) {
	y, a, b := c.Out.Data, c.In[0].Data, c.In[1].Data
	if len(a) == len(y) && len(b) == len(y) && v.Do != Div {
		if v.Do == Add {
			kernel.Add(y, a, b)
		} else {
			kernel.Mul(y, a, b)
		}
		return
	}
	w := newWalk(c.Out.Shape, c.In[0].Shape, c.In[1].Shape)
	sa, sb := w.last()
	plain := sa == 1 && sb == 1
	w.each(func(row, i, j int) {
		y := y[row : row+w.n]
		switch {
		case plain && v.Do == Add:
			kernel.Add(y, a[i:i+w.n], b[j:j+w.n])
		case plain && v.Do == Mul:
			kernel.Mul(y, a[i:i+w.n], b[j:j+w.n])
		case v.Do == Add:
			for k := range y {
				y[k] = a[i] + b[j]
				i, j = i+sa, j+sb
			}
		case v.Do == Mul:
			for k := range y {
				y[k] = a[i] * b[j]
				i, j = i+sa, j+sb
			}
		default:
			for k := range y {
				y[k] = a[i] / b[j]
				i, j = i+sa, j+sb
			}
		}
	})
}

func (v Binary) Backward(c *graph.Call) {
	a, b := c.In[0].Data, c.In[1].Data
	if da := c.DIn[0].Data; da != nil {
		v.gradient(da, b, nil, c, 0)
	}
	if db := c.DIn[1].Data; db != nil {
		v.gradient(db, a, b, c, 1)
	}
}

// gradient computes that of input i. The other input is a, or, for the divisor,
// the dividend, with the divisor itself.
func (v Binary) gradient(d, other, divisor []float32, c *graph.Call, i int) {
	dy := c.DOut.Data
	if len(d) == len(dy) && v.Do == Add {
		copy(d, dy)
		return
	}
	if len(d) == len(dy) && len(other) == len(dy) && v.Do == Mul {
		kernel.Mul(d, dy, other)
		return
	}
	clear(d)
	w := newWalk(c.Out.Shape, c.In[i].Shape, c.In[1-i].Shape)
	sd, so := w.last()
	w.each(func(row, at, o int) {
		dy := dy[row : row+w.n]
		switch {
		case v.Do == Add && sd == 1:
			kernel.AddTo(d[at:at+w.n], dy)
			return
		case v.Do == Mul && sd == 1 && so == 1:
			kernel.AddRows(d[at:], dy, other[o:o+w.n], 1, 0, 0)
			return
		}
		for _, g := range dy {
			switch {
			case v.Do == Mul:
				g = float32(g * other[o])
			case v.Do == Div && divisor == nil:
				g = g / other[o]
			case v.Do == Div:
				g = float32(-g * other[o] / (divisor[at] * divisor[at]))
			}
			d[at] += g
			at, o = at+sd, o+so
		}
	})
}

func (Binary) Stepwise(in []graph.Flow) (graph.Op, error) { return eachStep(in, 2) }
