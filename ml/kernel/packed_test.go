package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestMatMulPacked compares products of random geometries with the loop.
func TestMatMulPacked(t *testing.T) {
	forEachImpl(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(8, 1))
		for try := range 300 {
			m, n, k := r.IntN(70), r.IntN(70), r.IntN(70)
			if try%20 == 0 {
				k += 320
			}
			ldb, ldc, lda := max(n, k)+r.IntN(9), n+r.IntN(9), max(m, k)+r.IntN(9)
			transposed, add, turned := try%2 == 0, try%3 == 0, try%5 == 0
			a, b := random(r, (max(m, k)+1)*lda), random(r, (max(n, k)+1)*ldb)
			left := Left{lda, 1}
			if turned {
				left = Left{1, lda}
			}
			c := random(r, (m+1)*ldc)
			want := append([]float32{}, c...)
			size := float32(1)
			for i := range m {
				for j := range n {
					s := float64(0)
					if add {
						s = float64(c[i*ldc+j])
					}
					for p := range k {
						y := b[p*ldb+j]
						if transposed {
							y = b[j*ldb+p]
						}
						s += float64(a[i*left.Row+p*left.Col]) * float64(y)
					}
					want[i*ldc+j] = float32(s)
					size = max(size, float32(s), -float32(s))
				}
			}
			to := garbage(PackedLen(k, n))
			packed := Packed{}
			if transposed {
				packed = PackTransposed(to, b, ldb, k, n)
			} else {
				packed = Pack(to, b, ldb, k, n)
			}
			MatMulPacked(c, ldc, add, a, left, packed, m, garbage(MatMulPackedTemp(k)))
			for i := range want {
				if !near(c[i], want[i], 1e-5, size) {
					t.Fatalf("%dx%dx%d transposed %v add %v turned %v: element %d = %v, want %v", m, n, k, transposed, add, turned, i, c[i], want[i])
				}
			}
		}
	})
}
