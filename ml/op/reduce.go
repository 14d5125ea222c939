package op

import (
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// Reduction is what a Reduce does with the values it takes together.
type Reduction uint8

const (
	Sum Reduction = iota
	Mean
	Max
)

// Reduce takes the values along some axes together, which are then gone:
//
//	sum    y = Σ x           dx = dy
//	mean   y = 1/n Σ x       dx = dy/n
//	max    y = the largest   dx = dy for the first of the largest, else 0
type Reduce struct {
	Do   Reduction
	Axes []int
}

func (r Reduce) Name() string { return [...]string{Sum: "sum", Mean: "mean", Max: "max"}[r.Do] }

func (r Reduce) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity(r.Name(), in, 1); err != nil {
		return graph.Plan{}, err
	}
	x, out := in[0], tensor.Shape{}
	for i, d := range x {
		if !slices.Contains(r.Axes, i) {
			out = append(out, d)
		}
	}
	for i, a := range r.Axes {
		if a < 0 || a >= len(x) || slices.Contains(r.Axes[:i], a) {
			return graph.Plan{}, config.Problem("%s over the axes %v: %v has the axes 0 to %d, each to be named once", r.Name(), r.Axes, x, len(x)-1)
		}
	}
	if len(x) > maxRank {
		return graph.Plan{}, config.Problem("%s takes at most %d dimensions, not %d", r.Name(), maxRank, len(x))
	}
	p := graph.Plan{Out: out, FLOPs: int64(x.Len())}
	if r.Do == Max {
		p.NeedsIn, p.NeedsOut, p.Temp = 1, true, out.Len()
	}
	return p, nil
}

// walk goes through x and the result stretched to it.
func (r Reduce) walk(x tensor.Shape) walk {
	w := walk{rank: len(x), n: x[len(x)-1]}
	copy(w.dims[:], x)
	step := 1
	for i := len(x) - 1; i >= 0; i-- {
		if !slices.Contains(r.Axes, i) {
			w.a[i] = step
			step *= x[i]
		}
	}
	return w
}

// count returns how many values become one.
func (r Reduce) count(x tensor.Shape) int {
	n := 1
	for _, a := range r.Axes {
		n *= x[a]
	}
	return n
}

func (r Reduce) Forward(c *graph.Call) {
	x, y := c.In[0].Data, c.Out.Data
	w := r.walk(c.In[0].Shape)
	step, _ := w.last()
	if r.Do == Max {
		w.each(func(row, at, _ int) { // any value that counts is a start
			for k := range w.n {
				y[at+k*step] = x[row+k]
			}
		})
	} else {
		clear(y)
	}
	w.each(func(row, at, _ int) {
		if r.Do != Max && step == 1 {
			kernel.AddTo(y[at:at+w.n], x[row:row+w.n])
			return
		}
		for _, v := range x[row : row+w.n] {
			if r.Do != Max {
				y[at] += v
			} else if v > y[at] || v != v {
				y[at] = v
			}
			at += step
		}
	})
	if r.Do == Mean {
		n := float32(r.count(c.In[0].Shape))
		for i := range y {
			y[i] /= n
		}
	}
}

func (r Reduce) Backward(c *graph.Call) {
	d := c.DIn[0].Data
	if d == nil {
		return
	}
	x, y, dy, given := c.In[0].Data, c.Out.Data, c.DOut.Data, c.Temp
	clear(given)
	w := r.walk(c.In[0].Shape)
	step, _ := w.last()
	n := float32(r.count(c.In[0].Shape))
	w.each(func(row, at, _ int) {
		if r.Do == Mean && step == 1 {
			kernel.Scale(d[row:row+w.n], dy[at:at+w.n], 1/n)
			return
		}
		for k := row; k < row+w.n; k++ {
			switch {
			case r.Do == Sum:
				d[k] = dy[at]
			case r.Do == Mean:
				d[k] = dy[at] / n
			case x[k] == y[at] && given[at] == 0:
				d[k], given[at] = dy[at], 1
			default:
				d[k] = 0
			}
			at += step
		}
	})
}
