package data

import (
	"math"
	"testing"

	"descent/ml/tensor"
)

// sample returns a sample of a set.
func sample(t *testing.T, d Dataset, i, xs, ys int) (x, y []float32) {
	t.Helper()
	x, y = make([]float32, xs), make([]float32, ys)
	d.Read(i, x, y)
	return x, y
}

// Whatever is drawn keeps what its Meta promises, and is the same again.
func TestMadeSources(t *testing.T) {
	for _, info := range Sources() {
		if !info.Made {
			continue
		}
		t.Run(info.Type, func(t *testing.T) {
			source := info.New()
			for _, f := range source.Fields() {
				if f.Name == "noise" && f.Max < 20 || f.Doc == "" {
					t.Errorf("field %s: %+v", f.Name, f)
				}
			}
			a, err := source.Open(7, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			b, err := info.New().Open(7, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			m := source.Meta()
			if a.Train.Len() != m.Train || a.Test.Len() != m.Test || !a.Meta.X.Equal(m.X) {
				t.Errorf("%d and %d samples of %v, promised %d and %d of %v", a.Train.Len(), a.Test.Len(), a.Meta.X, m.Train, m.Test, m.X)
			}
			for i := range a.Train.Len() {
				x, y := sample(t, a.Train, i, m.X.Len(), m.Y.Len())
				again, target := sample(t, b.Train, i, m.X.Len(), m.Y.Len())
				for j, v := range x {
					if v != again[j] || v-v != 0 || float64(v) < 1.5*m.Range[0]-1 || float64(v) > 1.5*m.Range[1]+1 {
						t.Fatalf("sample %d has %v at %d, then %v; the range is %v", i, v, j, again[j], m.Range)
					}
				}
				if y[0] != target[0] || m.Classes != nil && (y[0] != float32(int(y[0])) || int(y[0]) >= len(m.Classes)) {
					t.Fatalf("sample %d has the target %v, then %v, of %d classes", i, y[0], target[0], len(m.Classes))
				}
			}
		})
	}
}

// Without noise, moons lie on their half circles: scikit-learn's make_moons
// begins at (1, 0) and (0, 0.5) and ends at (-1, 0) and (2, 0.5).
func TestMoons(t *testing.T) {
	p := make([]point, 10)
	moons(p, 0, tensor.NewStream(1, "moons"))
	want := map[int]point{0: {1, 0, -1}, 4: {-1, 0, -1}, 5: {0, 0.5, 1}, 7: {1, -0.5, 1}, 9: {2, 0.5, 1}}
	for i, w := range want {
		got := point{p[i].x/3.3 + 0.5, p[i].y/3.3 + 0.25, p[i].label}
		if math.Abs(got.x-w.x) > 1e-12 || math.Abs(got.y-w.y) > 1e-12 || got.label != w.label {
			t.Errorf("point %d is %v, want %v", i, got, w)
		}
	}
}

// Every blob has its share of the samples, their mean and their deviation.
func TestBlobs(t *testing.T) {
	b := &blobs{samples: 4000, centers: 4, deviation: 0.5, percent: 90}
	set, err := b.Open(3, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	places := b.places(tensor.NewStream(3, "blobs.centers"))
	var count [4]int
	var sum, square [4]float64
	for _, d := range []Dataset{set.Train, set.Test} {
		for i := range d.Len() {
			x, y := sample(t, d, i, 2, 1)
			c := int(y[0])
			count[c]++
			sum[c] += float64(x[0]) - places[c].x
			square[c] += math.Pow(float64(x[0])-places[c].x, 2)
		}
	}
	for c, n := range count {
		mean, deviation := sum[c]/float64(n), math.Sqrt(square[c]/float64(n))
		if n != 1000 || math.Abs(mean) > 0.06 || math.Abs(deviation-0.5) > 0.04 {
			t.Errorf("blob %d has %d samples, %.3f off its centre, deviation %.3f", c, n, mean, deviation)
		}
	}
}

// A window is followed by its target, and the test comes after all training.
func TestSine(t *testing.T) {
	s := &sine{samples: 50, window: 5, period: 20, percent: 80}
	set, err := s.Open(1, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if set.Train.Len() != 40 || set.Test.Len() != 10 {
		t.Fatalf("%d and %d samples", set.Train.Len(), set.Test.Len())
	}
	for i := range set.Train.Len() - 1 {
		_, y := sample(t, set.Train, i, 5, 1)
		next, _ := sample(t, set.Train, i+1, 5, 1)
		if next[4] != y[0] {
			t.Fatalf("window %d is followed by %v, its target is %v", i, next[4], y[0])
		}
	}
	_, last := sample(t, set.Train, 39, 5, 1)
	first, _ := sample(t, set.Test, 0, 5, 1)
	if first[4] != last[0] {
		t.Errorf("the test begins with %v, training ends with %v", first, last)
	}
}
