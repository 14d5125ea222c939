// Package kernel holds the numeric loops of the trainer: matrix products,
// convolutions, pooling, activations, softmax, reductions and optimizer steps
// over slices of float32.
//
// Kernels know no tensor type. They run on the calling goroutine, never
// allocate (a kernel that needs working memory takes it as temp, at least as
// long as the matching ...Temp function says) and panic only when the lengths
// passed are impossible. Matrices are row-major, images are NHWC.
//
// The doc comment of a kernel is its scalar loop. What runs may be a SIMD
// implementation chosen once at start-up, see [Name]; it differs from the loop
// in the order of additions and by a few units in the last place. The order is
// fixed for given sizes, so results repeat exactly on the same kind of machine.
// Every implementation propagates NaN, where a comment does not say otherwise.
package kernel

import (
	"fmt"
	"slices"
)

// Name returns the implementation in force, such as "avx512" or "scalar".
func Name() string { return active.name }

// same panics unless every length equals n.
func same(name string, n int, lens ...int) {
	for _, l := range lens {
		if l != n {
			all := slices.Clone(lens) // or lens would be allocated by every caller
			panic(fmt.Sprintf("kernel: %s: lengths %d and %v differ", name, n, all))
		}
	}
}

// atLeast panics if the slice called what is shorter than the sizes demand.
func atLeast(name, what string, have, want int) {
	if have < want {
		panic(fmt.Sprintf("kernel: %s: len(%s) = %d, need %d", name, what, have, want))
	}
}
