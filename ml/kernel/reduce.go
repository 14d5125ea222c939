package kernel

import "math"

// Sum adds the elements of x in double precision.
//
//	for i := range x {
//		s += float64(x[i])
//	}
func Sum(x []float32) float64 { return active.sum(x) }

func sumLoop(x []float32) (s float64) {
	for _, v := range x {
		s += float64(v)
	}
	return s
}

// SumSquares adds the squares of x in double precision.
//
//	for i := range x {
//		s += float64(x[i]) * float64(x[i])
//	}
func SumSquares(x []float32) float64 { return active.sumSq(x) }

func sumSquaresLoop(x []float32) (s float64) {
	for _, v := range x {
		s += float64(v) * float64(v)
	}
	return s
}

// SumAbs adds the magnitudes of x in double precision.
//
//	for i := range x {
//		s += math.Abs(float64(x[i]))
//	}
func SumAbs(x []float32) float64 { return active.sumAbs(x) }

func sumAbsLoop(x []float32) (s float64) {
	for _, v := range x {
		s += math.Abs(float64(v))
	}
	return s
}

// Finite reports whether x holds neither NaN nor an infinity.
//
//	for i := range x {
//		if x[i]-x[i] != 0 {
//			return false
//		}
//	}
//	return true
func Finite(x []float32) bool {
	for _, v := range x {
		if math.Float32bits(v)&0x7f800000 == 0x7f800000 {
			return false
		}
	}
	return true
}

// SumRows adds the rows of x[m,n] in the order of i, as bias gradients need.
//
//	for i := range m {
//		for j := range n {
//			dst[j] += x[i*n+j] // dst starts at zero
//		}
//	}
func SumRows(dst, x []float32, m, n int) {
	atLeast("SumRows", "dst", len(dst), n)
	atLeast("SumRows", "x", len(x), m*n)
	dst = dst[:n]
	clear(dst)
	for i := range m {
		active.addTo(dst, x[i*n:i*n+n])
	}
}
