package slim

// Flags are what the go command is told for the trainer. A function inlined at ten places is fetched ten times, so only
// the packages whose loops a training step spends its time in are compiled with inlining, and the runtime.
func Flags() []string {
	flags := []string{"-gcflags=all=-l"}
	for _, pkg := range []string{
		"descent/ml/kernel", "descent/ml/op", "descent/ml/graph", "descent/ml/optim", "descent/ml/tensor",
		"internal/abi", "internal/bytealg", "internal/cpu", "internal/runtime/...", "math", "math/...", "runtime", "runtime/...",
		"simd", "simd/...", "sync", "sync/...", "syscall/js", "unsafe",
	} {
		flags = append(flags, "-gcflags="+pkg+"=")
	}
	return flags
}
