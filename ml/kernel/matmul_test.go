package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// matmulNaive computes c[m,n] from elements and the sum of magnitudes that
// bounds the rounding error.
func matmulNaive(m, n, k int, a, b func(i, p int) float32) (c, size []float64) {
	c, size = make([]float64, m*n), make([]float64, m*n)
	for i := range m {
		for j := range n {
			for p := range k {
				v := float64(a(i, p)) * float64(b(p, j))
				c[i*n+j] += v
				size[i*n+j] += math.Abs(v)
			}
		}
	}
	return c, size
}

func checkProduct(t *testing.T, name string, got []float32, want, size []float64, k int) {
	t.Helper()
	const eps = 1.0 / (1 << 24)
	for i, w := range want {
		bound := float64(k+2) * eps * (size[i] + 1)
		if d := math.Abs(float64(got[i]) - w); !(d <= bound) && !(w != w && got[i] != got[i]) {
			t.Fatalf("%s: element %d = %v, want %v within %v", name, i, got[i], w, bound)
		}
	}
}

var productSizes = [][3]int{
	{0, 3, 2}, {3, 0, 2}, {2, 3, 0}, {1, 1, 1}, {10, 8, 2}, {7, 1, 300}, {1, 40, 100}, {2, 33, 64}, {3, 10, 128},
	{4, 32, 64}, {5, 31, 65}, {9, 32, 100}, {64, 10, 128}, {65, 67, 63}, {130, 50, 321}, {67, 65, 700}, {20, 530, 40},
	{128, 128, 100}, {40, 1, 9}, {2, 2, 2}, {6, 8, 4}, {33, 48, 17}, {12, 16, 640}, {70, 8, 9},
}

func TestMatMul(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, s := range productSizes {
			m, n, k := s[0], s[1], s[2]
			a, b, bias := random(r, m*k), random(r, k*n), random(r, n)
			temp := garbage(MatMulTemp(m, n, k))
			c := random(r, m*n)

			want, size := matmulNaive(m, n, k, func(i, p int) float32 { return a[i*k+p] }, func(p, j int) float32 { return b[p*n+j] })
			MatMul(c, a, b, nil, None, m, n, k, temp)
			checkProduct(t, fmt.Sprint("MatMul", s), c, want, size, k)
			for i := range want {
				want[i] = max(want[i]+float64(bias[i%n]), 0)
			}
			MatMul(c, a, b, bias, ReLU, m, n, k, temp)
			checkProduct(t, fmt.Sprint("MatMul bias", s), c, want, size, k)

			want, size = matmulNaive(m, n, k, func(i, p int) float32 { return a[p*m+i] }, func(p, j int) float32 { return b[p*n+j] })
			MatMulTA(c, a, b, m, n, k, temp)
			checkProduct(t, fmt.Sprint("MatMulTA", s), c, want, size, k)

			want, size = matmulNaive(m, n, k, func(i, p int) float32 { return a[i*k+p] }, func(p, j int) float32 { return b[j*k+p] })
			MatMulTB(c, a, b, m, n, k, temp)
			checkProduct(t, fmt.Sprint("MatMulTB", s), c, want, size, k)
		}
	})
}

// Rows that lie too far apart for a block of the usual size are taken in smaller
// ones, with the same result.
func TestFarRows(t *testing.T) {
	const m, n, k = 50, 20, 40
	r := rand.New(rand.NewPCG(8, 8))
	a, b := random(r, m*k), random(r, k*n)
	product := func() (plain, packed []float32) {
		plain, packed = make([]float32, m*n), make([]float32, m*n)
		MatMul(plain, a, b, nil, ReLU, m, n, k, garbage(MatMulTemp(m, n, k)))
		MatMulPacked(packed, n, false, a, Left{Row: k, Col: 1}, Pack(make([]float32, PackedLen(k, n)), b, n, k, n), m, garbage(MatMulPackedTemp(k)))
		return plain, packed
	}
	plain, packed := product()
	defer func(was int) { farthest = was }(farthest)
	for _, c := range []struct{ farthest, rows int }{{63 * k, 64}, {63*k - 1, 32}, {300, 8}, {299, 8}, {k, 4}} {
		if farthest = c.farthest; rowsAtOnce(k) != c.rows {
			t.Errorf("%d rows of %d at once within %d, want %d", rowsAtOnce(k), k, c.farthest, c.rows)
		}
		if again, also := product(); !slices.Equal(again, plain) || !slices.Equal(also, packed) {
			t.Errorf("blocks of %d rows change the result", c.rows)
		}
	}
	if farthest = math.MaxInt32; rowsAtOnce(50_000_000) != 32 || rowsAtOnce(1000) != 64 {
		t.Errorf("%d rows of 50 million at once", rowsAtOnce(50_000_000))
	}
}

// A NaN anywhere in a row or column reaches exactly the sums that use it.
func TestMatMulPropagatesNaN(t *testing.T) {
	nan := float32(math.NaN())
	forEachImpl(t, func(t *testing.T) {
		for _, s := range [][3]int{{3, 5, 4}, {9, 40, 33}, {64, 32, 64}} {
			m, n, k := s[0], s[1], s[2]
			a, b, c, temp := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n), make([]float32, MatMulTemp(m, n, k))
			a[(m-1)*k+k-1] = nan
			MatMul(c, a, b, nil, ReLU, m, n, k, temp)
			for i, v := range c {
				if (v != v) != (i/n == m-1) {
					t.Fatalf("%v: element %d is %v", s, i, v)
				}
			}
			a[(m-1)*k+k-1] = 0
			b[n-1] = nan
			MatMul(c, a, b, nil, None, m, n, k, temp)
			for i, v := range c {
				if (v != v) != (i%n == n-1) {
					t.Fatalf("%v: element %d is %v", s, i, v)
				}
			}
		}
	})
}

// Results depend on sizes and values alone, not on alignment or what temp held.
func TestMatMulRepeats(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		const m, n, k = 37, 43, 400
		r := rand.New(rand.NewPCG(10, 10))
		a, b := random(r, m*k), random(r, k*n)
		first := make([]float32, m*n)
		MatMul(first, a, b, nil, Tanh, m, n, k, make([]float32, MatMulTemp(m, n, k)))
		for shift := range 5 {
			a2, b2 := append(make([]float32, shift), a...)[shift:], append(make([]float32, 2*shift), b...)[2*shift:]
			again := random(r, m*n+shift)[shift:]
			MatMul(again, a2, b2, nil, Tanh, m, n, k, garbage(MatMulTemp(m, n, k) + shift)[shift:])
			if !slices.Equal(first, again) {
				t.Fatalf("shift %d changes the result", shift)
			}
		}
	})
}

func TestMatMulDoesNotAllocate(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		const m, n, k = 20, 40, 30
		a, b, c, temp := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n), make([]float32, MatMulTemp(m, n, k))
		if got := testing.AllocsPerRun(5, func() {
			MatMul(c, a, b, nil, Tanh, m, n, k, temp)
			MatMulTB(c, a, b, 1, n, k, temp)
		}); got != 0 {
			t.Errorf("%v allocations", got)
		}
	})
}
