package pca

import (
	"math"
	"testing"

	"descent/ml/tensor"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// cloud is vectors that spread differently along each dimension.
func cloud(rows, size int) []float32 {
	s := tensor.NewStream(3, "cloud")
	x := make([]float32, rows*size)
	for i := range x {
		x[i] = float32(s.Normal(uint64(i)) * float64(1+(i%size)*(i%size)))
		if i%size > 0 {
			x[i] += x[i-1] / 2
		}
	}
	return x
}

// Gonum's own principal components, by another way, say the same.
func TestAgainstStat(t *testing.T) {
	for _, size := range []struct{ rows, size int }{{30, 5}, {7, 7}, {4, 9}, {200, 3}, {20, 4}, {150, 128}} {
		x := cloud(size.rows, size.size)
		const k = 3
		p := Project(x, size.rows, size.size, k, nil)
		wide := make([]float64, len(x))
		for i, v := range x {
			wide[i] = float64(v)
		}
		a := mat.NewDense(size.rows, size.size, wide)
		var pc stat.PC
		if !pc.PrincipalComponents(a, nil) {
			t.Fatal("gonum finds none")
		}
		variances := pc.VarsTo(nil)
		var vectors mat.Dense
		pc.VectorsTo(&vectors)
		sum := 0.0
		for _, v := range variances {
			sum += v
		}
		var want mat.Dense
		want.Mul(mat.NewDense(size.rows, size.size, centre(x, size.rows, size.size)), &vectors)
		for c := range k {
			if d := math.Abs(p.Explained[c] - variances[c]/sum); d > 1e-9 {
				t.Errorf("%v: component %d explains %v, want %v", size, c, p.Explained[c], variances[c]/sum)
			}
			if c >= size.rows-1 {
				continue // so few vectors have no more components
			}
			turn := 1.0
			if p.Places[c]*want.At(0, c) < 0 {
				turn = -1
			}
			for i := range size.rows {
				if d := math.Abs(p.Places[i*k+c] - turn*want.At(i, c)); d > 1e-6 {
					t.Fatalf("%v: vector %d lies at %v along component %d, want %v", size, i, p.Places[i*k+c], c, want.At(i, c))
				}
			}
		}
	}
}

// A component keeps its sign from one projection to the next, and vectors that
// are alike are all in the middle.
func TestSigns(t *testing.T) {
	const rows, size, k = 20, 4, 3
	x := cloud(rows, size)
	a := Project(x, rows, size, k, nil)
	turned := Projection{Places: make([]float64, len(a.Places))}
	for i, v := range a.Places {
		turned.Places[i] = -v
	}
	b := Project(x, rows, size, k, &turned)
	for c := range k {
		largest := 0.0
		for i := range rows {
			if v := a.Places[i*k+c]; math.Abs(v) > math.Abs(largest) {
				largest = v
			}
			if a.Places[i*k+c] != -b.Places[i*k+c] {
				t.Fatalf("vector %d lies at %v, and with everything turned at %v", i, a.Places[i*k+c], b.Places[i*k+c])
			}
		}
		if largest <= 0 {
			t.Errorf("the largest number along component %d is %v", c, largest)
		}
	}
	for i, v := range Project(make([]float32, rows*2), rows, 2, k, nil).Places {
		if v != 0 {
			t.Errorf("place %d of vectors that are all alike is %v", i, v)
		}
	}
	if p := Project([]float32{1, 2, 3}, 3, 1, k, nil); math.Abs(p.Explained[0]-1) > 1e-12 || p.Explained[1] != 0 || p.Places[2] != 0 {
		t.Errorf("of one dimension: %+v", p)
	}
}
