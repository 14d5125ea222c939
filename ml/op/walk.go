package op

import "descent/ml/tensor"

// maxRank is how many dimensions a walk can go through.
const maxRank = 8

// A walk goes through a shape row by row and tells where each row lies in two
// tensors that are stretched to the shape: a dimension of 1, or one that is
// missing in front, is read over and over (NumPy's broadcasting).
type walk struct {
	rank, n int // n is the length of a row
	dims    [maxRank]int
	a, b    [maxRank]int // how far a step in a dimension goes; 0 where stretched
}

func newWalk(shape, a, b tensor.Shape) walk {
	w := walk{rank: len(shape), n: 1}
	copy(w.dims[:], shape)
	if w.rank > 0 {
		w.n = shape[w.rank-1]
	}
	w.strides(&w.a, a)
	w.strides(&w.b, b)
	return w
}

func (w *walk) strides(s *[maxRank]int, shape tensor.Shape) {
	step := 1
	for i := len(shape) - 1; i >= 0; i-- {
		if d := w.rank - len(shape) + i; shape[i] > 1 {
			s[d] = step
		}
		step *= shape[i]
	}
}

// last returns the steps within a row.
func (w *walk) last() (a, b int) {
	if w.rank == 0 {
		return 0, 0
	}
	return w.a[w.rank-1], w.b[w.rank-1]
}

// each visits the rows in order with the places at which they begin.
func (w *walk) each(visit func(row, a, b int)) {
	rows := 1
	for _, d := range w.dims[:max(w.rank-1, 0)] {
		rows *= d
	}
	var at [maxRank]int
	a, b := 0, 0
	for i := range rows {
		visit(i*w.n, a, b)
		for d := w.rank - 2; d >= 0; d-- {
			at[d]++
			a, b = a+w.a[d], b+w.b[d]
			if at[d] < w.dims[d] {
				break
			}
			a, b = a-at[d]*w.a[d], b-at[d]*w.b[d]
			at[d] = 0
		}
	}
}

// broadcast returns the shape to which both are stretched, or false.
func broadcast(a, b tensor.Shape) (tensor.Shape, bool) {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) > maxRank {
		return nil, false
	}
	out := append(tensor.Shape{}, a...)
	for i, d := range b {
		o := &out[len(a)-len(b)+i]
		switch {
		case *o == 1:
			*o = d
		case d != 1 && d != *o:
			return nil, false
		}
	}
	return out, true
}
