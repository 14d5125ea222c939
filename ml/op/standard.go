package op

import (
	"math"

	"descent/ml/graph"
	"descent/ml/kernel"
)

// A standard is values [rows, channels] of which each group of neighbouring
// channels is brought to mean 0 and variance 1 and then stretched and moved
// as learned:
//
//	h = (x - μ)·r   y = h·g + b   r = 1/√(σ² + eps)
//	dh = dy·g   dx = r·(dh - mean dh - h·mean dh·h)
//
// with μ, σ² and the means over all rows and the group's channels. Batch and
// group normalisation are this, over all samples or over one.
type standard struct {
	rows, channels, groups int
	eps                    float64
}

// scratch is how many rows of one number a channel forward and backward use.
const scratch = 5

// share turns the channels' sums into the mean over the group, in place.
func (s standard) share(sums []float32) {
	n := s.channels / s.groups
	for g := range s.groups {
		of := sums[g*n : (g+1)*n]
		mean := float32(kernel.Sum(of) / float64(n*s.rows))
		kernel.Fill(of, mean)
	}
}

// forward sets y, and keeps x-μ in centred, and μ and r in mean and r.
func (s standard) forward(y, x, gain, bias, centred, mean, r, temp []float32) {
	n := s.channels
	a, b := temp[:n], temp[n:2*n]
	columnSums(mean, x, a, s.rows)
	s.share(mean)
	kernel.Fill(a, 1)
	kernel.Scale(b, mean, -1)
	kernel.ScaleRows(centred, x, a, b, s.rows, n)
	columnDots(r, centred, centred, a, s.rows)
	s.share(r)
	for j, v := range r {
		r[j] = float32(1 / math.Sqrt(float64(v)+s.eps))
	}
	kernel.Mul(a, r, gain)
	kernel.ScaleRows(y, centred, a, bias, s.rows, n)
}

// backward sets dx and adds to dgain and dbias; each may be nil.
func (s standard) backward(dx, dgain, dbias, dy, gain, centred, r, temp []float32) {
	n := s.channels
	sum, dot, a, b, c := temp[:n], temp[n:2*n], temp[2*n:3*n], temp[3*n:4*n], temp[4*n:5*n]
	columnSums(sum, dy, a, s.rows)
	columnDots(dot, dy, centred, a, s.rows)
	kernel.Mul(dot, dot, r)
	if dgain != nil {
		kernel.AddTo(dgain, dot)
	}
	if dbias != nil {
		kernel.AddTo(dbias, sum)
	}
	if dx == nil {
		return
	}
	// dx = dy·a + centred·b + c
	kernel.Mul(sum, sum, gain)
	kernel.Mul(dot, dot, gain)
	s.share(sum)
	s.share(dot)
	for j, q := range r {
		a[j], b[j], c[j] = q*gain[j], -q*q*dot[j], -q*sum[j]
	}
	kernel.ScaleRows(dx, dy, a, c, s.rows, n)
	kernel.AddRows(dx, centred, b, s.rows, n, n)
}

// gradients clears the gradients of g and b, the inputs 1 and 2, for sums over
// samples.
func gradients(c *graph.Call) (dgain, dbias []float32) {
	dgain, dbias = c.DIn[1].Data, c.DIn[2].Data
	clear(dgain)
	clear(dbias)
	return dgain, dbias
}
