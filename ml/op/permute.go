package op

import (
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// Permute puts the dimensions in another order: dimension i of the result is
// dimension Axes[i] of the input, the samples' own included.
//
//	y[…, at i, …] = x[…, at Axes[i], …]   dx is dy in the old order
type Permute struct {
	Axes []int
}

func (Permute) Name() string { return "permute" }

func (v Permute) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("permute", in, 1); err != nil {
		return graph.Plan{}, err
	}
	x := in[0]
	out := make(tensor.Shape, len(x))
	fits := len(v.Axes) == len(x) && len(x) > 0 && len(x) <= maxRank
	for i, a := range v.Axes {
		if !fits || a < 0 || a >= len(x) || slices.Contains(v.Axes[:i], a) {
			return graph.Plan{}, config.Problem("permute to the order %v: %v has the dimensions 0 to %d, each to be named once", v.Axes, x, len(x)-1)
		}
		out[i] = x[a]
	}
	return graph.Plan{Out: out}, nil
}

// walk goes through the result, with the place in the input.
func (v Permute) walk(x, y tensor.Shape) walk {
	w := walk{rank: len(y), n: y[len(y)-1]}
	copy(w.dims[:], y)
	for i, a := range v.Axes {
		w.a[i] = x[a+1:].Len()
	}
	return w
}

func (v Permute) Forward(c *graph.Call) {
	w := v.walk(c.In[0].Shape, c.Out.Shape)
	step, _ := w.last()
	x, y := c.In[0].Data, c.Out.Data
	w.each(func(row, at, _ int) {
		if step == 1 {
			copy(y[row:row+w.n], x[at:])
			return
		}
		for k := row; k < row+w.n; k++ {
			y[k] = x[at]
			at += step
		}
	})
}

func (v Permute) Backward(c *graph.Call) {
	dx, dy := c.DIn[0].Data, c.DOut.Data
	if dx == nil {
		return
	}
	w := v.walk(c.In[0].Shape, c.Out.Shape)
	step, _ := w.last()
	w.each(func(row, at, _ int) {
		if step == 1 {
			copy(dx[at:at+w.n], dy[row:])
			return
		}
		for k := row; k < row+w.n; k++ {
			dx[at] = dy[k]
			at += step
		}
	})
}
