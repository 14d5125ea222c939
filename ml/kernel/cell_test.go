package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestCells compares the recurrent cells, and the rows of attention, with their
// scalar twins.
func TestCells(t *testing.T) {
	cells := []struct {
		name string
		lens []int // of each argument, in units
		run  func(x *impl, v [][]float32)
	}{
		{"lstm", []int{1, 1, 4, 1}, func(x *impl, v [][]float32) { x.lstm(v[0], v[1], v[2], v[3]) }},
		{"lstmGrad", []int{4, 1, 1, 4, 1, 1}, func(x *impl, v [][]float32) { x.lstmGrad(v[0], v[1], v[2], v[3], v[4], v[5]) }},
		{"gru", []int{1, 3, 1, 1}, func(x *impl, v [][]float32) { x.gru(v[0], v[1], v[2], v[3]) }},
		{"gruGrad", []int{3, 1, 1, 3, 1, 1}, func(x *impl, v [][]float32) { x.gruGrad(v[0], v[1], v[2], v[3], v[4], v[5]) }},
		{"expSum", []int{1, 1, 1}, func(x *impl, v [][]float32) {
			if n := len(v[0]); n > 0 {
				v[2][0] = x.expSum(v[0], v[1], 0.7, 1.5) / float32(n)
			}
		}},
		{"attendGrad", []int{1, 1, 1}, func(x *impl, v [][]float32) { x.attendGrad(v[0], v[1], v[2], 0.7, 1.5) }},
		{"attendGrad in place", []int{1, 1}, func(x *impl, v [][]float32) { x.attendGrad(v[0], v[0], v[1], 0.7, 1.5) }},
	}
	forEachImpl(t, func(t *testing.T) {
		for _, c := range cells {
			for n := range 40 {
				r := rand.New(rand.NewPCG(9, uint64(n)))
				got, want := make([][]float32, len(c.lens)), make([][]float32, len(c.lens))
				for i, k := range c.lens {
					got[i] = random(r, k*n)
					want[i] = append([]float32{}, got[i]...)
				}
				c.run(active, got)
				c.run(&scalar, want)
				for i := range got {
					for j := range got[i] {
						if !near(got[i][j], want[i][j], 4e-6, 1) {
							t.Fatalf("%s: %d units: argument %d[%d] = %v, want %v", c.name, n, i, j, got[i][j], want[i][j])
						}
					}
				}
			}
		}
	})
}
