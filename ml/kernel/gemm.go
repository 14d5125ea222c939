package kernel

import (
	"math"
	"unsafe"
)

const (
	blockRows  = 64  // rows of the left matrix per pass over the panels
	blockDepth = 320 // products per pass, so that a panel stays in the first-level cache
	blockCols  = 512 // columns of the right matrix packed at a time
)

// A workspace hands out pieces of the caller's temp.
type workspace []float32

func (w *workspace) floats(n int) []float32 {
	s := (*w)[:n:n]
	*w = (*w)[n:]
	return s
}

func (w *workspace) ints(n int) []int32 {
	s := w.floats(n)
	return unsafe.Slice((*int32)(unsafe.Pointer(unsafe.SliceData(s))), n)
}

// depths returns the size of the equal blocks into which k products are split.
func depths(k int) int {
	n := max(1, (k+blockDepth-1)/blockDepth)
	return (k + n - 1) / n
}

// farthest is how far apart the rows of a block may lie: panels find them by
// offsets of 32 bits. It is a variable for the tests.
var farthest = math.MaxInt32

// rowsAtOnce returns how many rows a block has when they are step apart.
func rowsAtOnce(step int) int {
	n := blockRows
	for n > tileRows && (n-1)*step > farthest {
		n /= 2
	}
	return n
}

// roundUp returns n rounded up to whole tiles of rows.
func roundUp(n int) int { return (n + tileRows - 1) &^ (tileRows - 1) }

// An origin says what the sums of a product start from.
type origin uint8

const (
	fromZero origin = iota
	fromBias
	fromC
)

var zeros [64]float32

// edgeTemp is the length of the scratch that multiply needs.
func edgeTemp() int { return (blockRows + 1) * active.width }

// multiply adds the product of the left matrix, read through rows and off as
// panelFunc says, and b to bias or c, and applies ReLU if relu is set. It takes
// m rows; rows is padded to whole tiles with rows that may be read.
func multiply(c []float32, ldc, m int, from origin, bias []float32, a []float32, rows, off []int32, b *right, relu bool, scratch []float32) {
	done := 0 // the columns whose whole tiles of rows are computed
	if active.panels != nil {
		done = b.n - b.n%active.width
		multiplyWhole(c, ldc, m&^(tileRows-1), from, bias, a, rows, off, b, relu)
		if m%tileRows == 0 && done == b.n {
			return
		}
	}
	for j := 0; j < b.n; {
		w, f := width(b.n - j)
		data, ldb := b.at(j, w)
		init, ldi := zeros[:w], 0
		full := m &^ (tileRows - 1)
		if j+w > b.n {
			full = 0
		}
		if full > 0 && j >= done {
			switch from {
			case fromBias:
				init = bias[j : j+w]
			case fromC:
				init, ldi = c[j:], ldc
			}
			f(c[j:], ldc, init, ldi, a, rows[:full], off, data, ldb, relu)
		}
		v := min(w, b.n-j)
		init, ldi = zeros[:w], 0
		if from == fromBias && full < m {
			init = scratch[:w]
			copy(init, bias[j:j+v])
			clear(init[v:])
		}
		for i := full; i < m; i += blockRows {
			t, k := scratch[active.width:], min(m-i, blockRows)
			f(t, w, init, 0, a, rows[i:i+roundUp(k)], off, data, ldb, relu && from != fromC)
			for r := range k {
				s, d := t[r*w:r*w+v], c[(i+r)*ldc+j:][:v]
				if from == fromC {
					for x, y := range s {
						d[x] += y
					}
					if relu {
						reluLoop(d, d)
					}
				} else {
					copy(d, s)
				}
			}
		}
		j += w
	}
}

// multiplyWhole is multiply for whole panels and tiles of rows, in one call.
func multiplyWhole(c []float32, ldc, m int, from origin, bias []float32, a []float32, rows, off []int32, b *right, relu bool) {
	w := active.width
	count := b.n / w
	if count == 0 || m == 0 {
		return
	}
	data, ldb := b.at(0, w)
	bStep := w
	if b.packed != nil {
		bStep = w * b.k
	}
	init, ldi, initStep := zeros[:w], 0, 0
	switch from {
	case fromBias:
		init, initStep = bias, w
	case fromC:
		init, ldi, initStep = c, ldc, w
	}
	active.panels(count, initStep, bStep, c, ldc, init, ldi, a, rows[:m], off, data, ldb, relu)
}
