//go:build goexperiment.simd && !amd64

package kernel

// leaveVectors ends the vector part of a kernel, see upper_amd64.go.
func leaveVectors() {}
