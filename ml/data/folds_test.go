package data

import "testing"

// lopsided samples are of three classes: every tenth of the second, every
// twentieth of the third.
type lopsided int

func (n lopsided) Len() int { return int(n) }

func (n lopsided) Label(i int) int {
	switch {
	case i%20 == 5:
		return 2
	case i%10 == 0:
		return 1
	}
	return 0
}

func (n lopsided) Read(i int, x, y []float32) { x[0], y[0] = float32(i), float32(n.Label(i)) }

// Parts differ by one sample at most, and by one of each class.
func TestFolds(t *testing.T) {
	for _, c := range []struct{ n, k, classes int }{
		{150, 10, 3}, {103, 4, 3}, {7, 7, 3}, {1000, 3, 3}, {50, 4, 0},
	} {
		d := lopsided(c.n)
		part := Folds(d, c.classes, c.k, 3)
		if len(part) != c.n {
			t.Fatalf("%+v: parts of %d samples", c, len(part))
		}
		size, of := make([]int, c.k), make([][3]int, c.k)
		for i, p := range part {
			size[p]++
			of[p][d.Label(i)]++
		}
		for p := range size {
			for q := range size {
				if size[p]-size[q] > 1 {
					t.Errorf("%+v: parts of %d and of %d", c, size[p], size[q])
				}
				for class := 0; class < c.classes; class++ {
					if of[p][class]-of[q][class] > 1 {
						t.Errorf("%+v: %d and %d samples of class %d", c, of[p][class], of[q][class], class)
					}
				}
			}
		}
		same, other := Folds(d, c.classes, c.k, 3), Folds(d, c.classes, c.k, 4)
		differ := false
		for i := range part {
			if same[i] != part[i] {
				t.Fatalf("%+v: another time sample %d is in part %d, and was in %d", c, i, same[i], part[i])
			}
			differ = differ || other[i] != part[i]
		}
		if !differ && c.n > 20 {
			t.Errorf("%+v: another seed draws the same parts", c)
		}
	}
}

func TestJoin(t *testing.T) {
	d := Join(Range(lopsided(40), 20, 26), Range(lopsided(40), 0, 5))
	for i, want := range []int{20, 21, 22, 23, 24, 25, 0, 1, 2, 3, 4} {
		var x, y [1]float32
		d.Read(i, x[:], y[:])
		if int(x[0]) != want || label(d, i) != lopsided(40).Label(want) || int(y[0]) != label(d, i) {
			t.Errorf("sample %d is %v of class %v, by its label %d; want %d", i, x[0], y[0], label(d, i), want)
		}
	}
	if d.Len() != 11 {
		t.Errorf("%d samples", d.Len())
	}
}
