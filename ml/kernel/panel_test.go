package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestPanels runs the panels of every implementation against their loop: every
// number of rows of a block, any depth, sums that start from zeros, one row or
// what is there, with and without ReLU, among them NaN, infinities and -0.
func TestPanels(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		for _, p := range []struct {
			name  string
			width int
			f     panelFunc
		}{{"wide", active.width, active.panel}, {"narrow", active.narrowWidth, active.narrow}} {
			t.Run(p.name, func(t *testing.T) {
				for m := 0; m <= blockRows; m += tileRows {
					for _, k := range []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 33} {
						for start := range 3 {
							testPanel(t, p.f, p.width, m, k, start, k%2 == 0, m%8 == 0)
							testPanel(t, p.f, p.width, m, k, start, k%2 == 1, m%8 == 0)
						}
					}
				}
			})
		}
	})
}

func testPanel(t *testing.T, f panelFunc, width, m, k, start int, relu, odd bool) {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(m), uint64(k)))
	ldc, ldb := width+3, width+1
	a, b := random(r, 8*(m+k)+1), random(r, k*ldb+width)
	got := random(r, m*ldc+width)
	if odd {
		for _, x := range [][]float32{a, b, got} {
			for i := range x {
				switch r.IntN(60) {
				case 0:
					x[i] = float32(math.NaN())
				case 1:
					x[i] = float32(math.Inf(1 - i&2))
				case 2, 3, 4, 5, 6, 7, 8, 9:
					x[i] = float32(math.Copysign(0, float64(i&2)-1))
				}
			}
		}
	}
	rows, off := make([]int32, m), make([]int32, k)
	for i := range rows {
		rows[i] = int32(r.IntN(8 * m))
	}
	for p := range off {
		off[p] = int32(r.IntN(8 * k))
	}
	init, ldi := make([]float32, width), 0
	switch start {
	case 1:
		copy(init, random(r, width))
	case 2:
		init, ldi = got, ldc
	}
	want := append([]float32{}, got...)
	for i := range m {
		for j := range width {
			s := init[i*ldi+j]
			for p, o := range off {
				s += a[rows[i]+o] * b[p*ldb+j]
			}
			if relu {
				s = positive(s)
			}
			want[i*ldc+j] = s
		}
	}
	f(got, ldc, init, ldi, a, rows, off, b, ldb, relu)
	for i := range want {
		if !near(got[i], want[i], 1e-5, 1) || want[i] == 0 && math.Signbit(float64(got[i])) != math.Signbit(float64(want[i])) {
			t.Fatalf("%d rows, depth %d, start %d, relu %v: element %d = %v, want %v", m, k, start, relu, i, got[i], want[i])
		}
	}
}
