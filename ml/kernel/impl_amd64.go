//go:build goexperiment.simd

package kernel

import (
	"simd"
	"simd/archsimd"
)

func init() {
	if simd.Emulated() || !archsimd.X86.AVX2() || !archsimd.X86.FMA() {
		return
	}
	portable := vectorised("portable simd")
	portable.transpose = transpose4
	register(&portable)

	avx2 := vectorised("avx2")
	avx2.transpose = transpose4
	avx2.panel, avx2.width = panel256, 16
	avx2.narrow, avx2.narrowWidth = panel256Narrow, 8
	register(&avx2)

	if archsimd.X86.AVX512() {
		avx512 := vectorised("avx512")
		avx512.transpose = transpose4
		avx512.panel, avx512.width = panel512, 32
		avx512.narrow, avx512.narrowWidth = panel512Narrow, 16
		register(&avx512)
	}
}
