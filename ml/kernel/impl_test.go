package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// forEachImpl runs a test under every implementation that this machine has.
func forEachImpl(t *testing.T, f func(t *testing.T)) {
	was := active
	defer func() { active = was }()
	for _, x := range impls {
		active = x
		t.Run(x.name, f)
	}
}

// special are the values that implementations like to differ on.
var special = []float32{
	0, float32(math.Copysign(0, -1)), 1, -1, 0.5, -0.5, 88.7, -88.7, 104, -104, 1e-30, -1e-30, 3e38, -3e38,
	float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), 1e-40, -1e-40, 9, -9,
}

// random returns n normal numbers at an odd offset, so that no kernel can rely
// on alignment.
func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n+3)[3:]
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// garbage returns a workspace whose contents would show if they were used.
func garbage(n int) []float32 {
	x := make([]float32, n)
	Fill(x, float32(math.NaN()))
	return x
}

// sprinkle puts special values among x.
func sprinkle(r *rand.Rand, x []float32) {
	for i := range x {
		if r.IntN(3) == 0 {
			x[i] = special[r.IntN(len(special))]
		}
	}
}

// near reports whether got is want to within tol relative to size, with NaN
// and infinities in the same places.
func near(got, want, tol, size float32) bool {
	switch {
	case want != want:
		return got != got
	case math.IsInf(float64(want), 0):
		return got == want
	}
	return math.Abs(float64(got)-float64(want)) <= float64(tol)*math.Max(float64(size), math.Abs(float64(want)))
}

func TestImplementations(t *testing.T) {
	for _, x := range impls {
		t.Log(x.name)
	}
	if Name() != impls[len(impls)-1].name {
		t.Errorf("Name() = %q, want the last of %d implementations", Name(), len(impls))
	}
}

// TestVectorWidths runs the tests again at the narrower widths of portable
// simd, which are chosen when a program starts.
func TestVectorWidths(t *testing.T) {
	if runtime.GOARCH != "amd64" || len(impls) == 1 || os.Getenv("KERNEL_WIDTH") != "" {
		t.Skip("one width only")
	}
	for _, bits := range []string{"0", "128", "256"} {
		cmd := exec.Command(os.Args[0], "-test.short")
		cmd.Env = append(os.Environ(), "GODEBUG=simd="+bits, "KERNEL_WIDTH="+bits)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s bits: %v\n%s", bits, err, out)
		}
	}
}

func TestPanicsNameTheSizes(t *testing.T) {
	defer func() {
		if got, want := recover(), "kernel: MatMul: len(a) = 5, need 6"; got != want {
			t.Errorf("panic %v, want %v", got, want)
		}
	}()
	MatMul(make([]float32, 4), make([]float32, 5), make([]float32, 6), nil, None, 2, 2, 3, nil)
}
