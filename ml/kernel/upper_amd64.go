//go:build goexperiment.simd

package kernel

import "simd/archsimd"

// leaveVectors ends the vector part of a kernel. While the upper halves of the
// vector registers are dirty, ordinary float instructions, here and in all
// code that runs later, wait for them and run several times slower.
func leaveVectors() { archsimd.ClearAVXUpperBits() }
