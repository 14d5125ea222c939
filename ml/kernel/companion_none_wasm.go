//go:build goexperiment.simd && !companion

package kernel

// registerCompanion does nothing in a build without the companion.
func registerCompanion(impl) {}
