package data

import (
	"math"
	"testing"

	"descent/ml/tensor"
)

// fiveClasses samples have class i mod 5.
type fiveClasses int

func (n fiveClasses) Len() int                   { return int(n) }
func (n fiveClasses) Label(i int) int            { return i % 5 }
func (n fiveClasses) Read(i int, x, y []float32) { x[0], y[0] = float32(i), float32(i%5) }

// As many samples as asked for have another class, every other as often, and
// always the same ones, by reading and by label alike.
func TestLabelNoise(t *testing.T) {
	const n, classes, percent = 20000, 5, 30
	d := LabelNoise(fiveClasses(n), classes, percent, 7)
	again, other := LabelNoise(fiveClasses(n), classes, percent, 7), LabelNoise(fiveClasses(n), classes, percent, 8)
	var x, y [1]float32
	wrong, differ := 0, 0
	by := make([]int, classes)
	for i := range n {
		d.Read(i, x[:], y[:])
		given := int(y[0])
		if x[0] != float32(i) || given != label(d, i) || given != label(again, i) || given < 0 || given >= classes {
			t.Fatalf("sample %d is %v with class %d, by its label %d, again %d", i, x[0], given, label(d, i), label(again, i))
		}
		if given != i%classes {
			wrong++
			by[(given-i%classes+classes)%classes]++
		}
		if given != label(other, i) {
			differ++
		}
	}
	// Binomial counts, within five standard deviations.
	near := func(what string, got int, of, p float64) {
		if math.Abs(float64(got)-of*p) > 5*math.Sqrt(of*p*(1-p)) {
			t.Errorf("%s: %d of %v, want a share of %v", what, got, of, p)
		}
	}
	near("wrong", wrong, n, percent/100.)
	for shift := 1; shift < classes; shift++ {
		near("moved on", by[shift], float64(wrong), 1./(classes-1))
	}
	if differ == 0 {
		t.Error("another seed makes the same samples wrong")
	}
	if LabelNoise(fiveClasses(n), classes, 0, 7) != Dataset(fiveClasses(n)) {
		t.Error("no noise is not the dataset itself")
	}
	// What has no class, -1 or too large, stays.
	if v := LabelNoise(counting(50), classes, 90, 1); label(v, 3) != -1 {
		t.Errorf("a sample without a class got %d", label(v, 3))
	} else if _, y := read(v, 49); y != 49 {
		t.Errorf("class 49 of %d became %v", classes, y)
	}
}

func TestCheckLabelNoise(t *testing.T) {
	two := []string{"a", "b"}
	for _, c := range []struct {
		meta Meta
		fits bool
	}{
		{Meta{Y: tensor.Shape{1}, Classes: two}, true},
		{Meta{Y: tensor.Shape{1}}, false},
		{Meta{Y: tensor.Shape{8}, Classes: two}, false},
	} {
		if err := CheckLabelNoise(c.meta); (err == nil) != c.fits {
			t.Errorf("%+v: %v", c.meta, err)
		}
	}
}
