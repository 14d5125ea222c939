//go:build goexperiment.simd

package kernel

import "simd/archsimd"

// transpose4 is transposeLoop by squares of 4 x 4.
func transpose4(dst []float32, ldd int, src []float32, lds, rows, cols int) {
	i := 0
	for ; i+4 <= rows; i += 4 {
		s0, s1, s2, s3 := src[i*lds:][:cols], src[(i+1)*lds:][:cols], src[(i+2)*lds:][:cols], src[(i+3)*lds:][:cols]
		o, j := i, 0
		for ; j+4 <= cols; j += 4 {
			a, b := archsimd.LoadFloat32x4(s0[j:j+4]), archsimd.LoadFloat32x4(s1[j:j+4])
			c, d := archsimd.LoadFloat32x4(s2[j:j+4]), archsimd.LoadFloat32x4(s3[j:j+4])
			ab, cd := a.ConcatPermuteScalars(0, 1, 4, 5, b), c.ConcatPermuteScalars(0, 1, 4, 5, d)
			ef, gh := a.ConcatPermuteScalars(2, 3, 6, 7, b), c.ConcatPermuteScalars(2, 3, 6, 7, d)
			ab.ConcatPermuteScalars(0, 2, 4, 6, cd).Store(dst[o : o+4])
			o += ldd
			ab.ConcatPermuteScalars(1, 3, 5, 7, cd).Store(dst[o : o+4])
			o += ldd
			ef.ConcatPermuteScalars(0, 2, 4, 6, gh).Store(dst[o : o+4])
			o += ldd
			ef.ConcatPermuteScalars(1, 3, 5, 7, gh).Store(dst[o : o+4])
			o += ldd
		}
		for ; j < cols; j++ {
			d := dst[o : o+4]
			d[0], d[1], d[2], d[3] = s0[j], s1[j], s2[j], s3[j]
			o += ldd
		}
	}
	leaveVectors()
	if i < rows {
		transposeLoop(dst[i:], ldd, src[i*lds:], lds, rows-i, cols)
	}
}
