//go:build goexperiment.simd

package kernel

import "simd"

func init() {
	if simd.Emulated() {
		return
	}
	neon := vectorised("neon")
	register(&neon)
}
