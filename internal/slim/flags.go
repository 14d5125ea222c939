package slim

// Flags are what the go command is told for the trainer, so that a browser has
// less to fetch: a function that is inlined at ten places is fetched ten times.
// Only the packages whose loops a training step spends its time in are
// compiled with inlining, and the runtime.
func Flags() []string {
	return inline("descent/ml/kernel", "descent/ml/op", "descent/ml/graph", "descent/ml/optim", "descent/ml/tensor", "simd", "simd/...")
}

// PageFlags is Flags for the page, which draws and keeps a tree of elements.
func PageFlags() []string {
	return inline("descent/app/draw", "github.com/maxence-charriere/go-app/...")
}

func inline(hot ...string) []string {
	flags := []string{"-gcflags=all=-l"}
	for _, pkg := range append(hot, "internal/abi", "internal/bytealg", "internal/cpu", "internal/runtime/...", "math", "math/...",
		"runtime", "runtime/...", "sync", "sync/...", "syscall/js", "unsafe") {
		flags = append(flags, "-gcflags="+pkg+"=")
	}
	return flags
}
