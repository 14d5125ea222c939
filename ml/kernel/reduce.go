package kernel

import "math"

// Sum adds the elements of x in double precision, as four sums that are added
// at the end.
//
//	for i := range x {
//		s += float64(x[i])
//	}
func Sum(x []float32) float64 {
	var s0, s1, s2, s3 float64
	for len(x) >= 4 {
		s0 += float64(x[0])
		s1 += float64(x[1])
		s2 += float64(x[2])
		s3 += float64(x[3])
		x = x[4:]
	}
	for _, v := range x {
		s0 += float64(v)
	}
	return s0 + s1 + (s2 + s3)
}

// SumSquares adds the squares of x like Sum.
//
//	for i := range x {
//		s += float64(x[i]) * float64(x[i])
//	}
func SumSquares(x []float32) float64 {
	var s0, s1, s2, s3 float64
	for len(x) >= 4 {
		s0 += float64(x[0]) * float64(x[0])
		s1 += float64(x[1]) * float64(x[1])
		s2 += float64(x[2]) * float64(x[2])
		s3 += float64(x[3]) * float64(x[3])
		x = x[4:]
	}
	for _, v := range x {
		s0 += float64(v) * float64(v)
	}
	return s0 + s1 + (s2 + s3)
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
	// Adding one to an exponent of all ones carries into the sign bit.
	const exponent, one = 0x7f800000, 0x00800000
	var top uint32
	for _, v := range x {
		top |= math.Float32bits(v)&exponent + one
	}
	return top>>31 == 0
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
	active.sumRows(dst[:n], x[:m*n], m, n)
}

func sumRowsLoop(dst, x []float32, m, n int) {
	clear(dst)
	for i := range m {
		for j, v := range x[i*n:][:len(dst)] {
			dst[j] += v
		}
	}
}

// dotLoop returns the sum of products of x and y.
func dotLoop(x, y []float32) (s float32) {
	y = y[:len(x)]
	for i, v := range x {
		s += v * y[i]
	}
	return s
}
