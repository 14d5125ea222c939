package bench

import (
	"fmt"
	"math"

	"descent/ml/tensor"
)

// A Growth is one workload at several sizes: how the time of a step grows with
// one of them, all others as they are.
type Growth struct {
	Name   string // what grows: "width"
	Of     string // of what
	Sizes  []int
	At     func(size int) Workload
	Shared bool // the size is a number of threads
}

// Growths lists them; cores is how many this machine has.
func Growths(cores int) []Growth {
	chars := func(layers, width, context int) Workload {
		return Workload{Name: "char-gpt", Batch: 12, nodes: gpt(layers, width), optimizer: adam,
			x: tensor.Shape{context}, y: tensor.Shape{context}, classes: 65, tokens: 65}
	}
	pictures := func(side, batch int) Workload {
		return Workload{Name: "mnist-cnn", Batch: batch, nodes: cnn, optimizer: adam, x: tensor.Shape{side, side, 1}, y: tensor.Shape{1}, classes: 10}
	}
	threads := []int{1}
	for n := 2; n <= cores; n *= 2 {
		threads = append(threads, n)
	}
	return []Growth{
		{Name: "width", Of: "char-gpt", Sizes: []int{32, 64, 128, 256, 512}, At: func(n int) Workload { return chars(4, n, 64) }},
		{Name: "depth", Of: "char-gpt", Sizes: []int{1, 2, 4, 8}, At: func(n int) Workload { return chars(n, 128, 64) }},
		{Name: "context", Of: "char-gpt", Sizes: []int{16, 32, 64, 128, 256, 512}, At: func(n int) Workload { return chars(4, 128, n) }},
		{Name: "batch", Of: "mnist-cnn", Sizes: []int{8, 16, 32, 64, 128, 256}, At: func(n int) Workload { return pictures(28, n) }},
		{Name: "image side", Of: "mnist-cnn, batch 16", Sizes: []int{14, 28, 56, 112}, At: func(n int) Workload { return pictures(n, 16) }},
		{Name: "cores", Of: "char-gpt", Sizes: threads, At: func(int) Workload { return chars(4, 128, 64) }, Shared: true},
	}
}

// A Grown is one point of a growth.
type Grown struct {
	Size       int
	Step       float64 // seconds
	Operations float64 // of a step, forward and backward
}

// Measure measures each size, one after the other.
func (g Growth) Measure(p Protocol) ([]Grown, error) {
	var out []Grown
	for _, size := range g.Sizes {
		threads := 1
		if g.Shared {
			threads = size
		}
		r, err := p.Train(g.At(size), threads)
		if err != nil {
			return nil, fmt.Errorf("%s %d: %w", g.Name, size, err)
		}
		out = append(out, Grown{size, 1 / r.Best, r.GFLOPS * 1e9 / r.Steps})
	}
	return out, nil
}

// Exponent returns the slope of log y over log size by least squares: y grows
// with the size to this power.
func Exponent(points []Grown, y func(Grown) float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range points {
		x, v := math.Log(float64(p.Size)), math.Log(y(p))
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+v, sxx+x*x, sxy+x*v
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}
