package data

import (
	"slices"
	"testing"
)

// sorted30 has 20 samples of class 0, then 10 of class 1; sample i is i.
func sorted30() *rows {
	r := &rows{width: 1, tall: 1}
	for i := range 30 {
		r.x = append(r.x, float32(i))
		r.y = append(r.y, float32(i/20))
	}
	return r
}

func TestParts(t *testing.T) {
	for _, c := range []struct {
		name            string
		split           Split
		train, validate [2]int // of each class
		inOrder         bool
	}{
		{"in order", Split{Validation: 0.2}, [2]int{20, 4}, [2]int{0, 6}, true},
		{"stratified", Split{Validation: 0.2, Stratify: true}, [2]int{16, 8}, [2]int{4, 2}, true},
		{"stratified, some left", Split{Train: 15, Validation: 6, Stratify: true}, [2]int{10, 5}, [2]int{4, 2}, true},
		{"stratified and shuffled", Split{Validation: 0.3, Stratify: true, Shuffle: true}, [2]int{14, 7}, [2]int{6, 3}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			train, validation, err := c.split.Parts(sorted30(), Meta{Classes: make([]string, 2)}, 5)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[float32]bool{}
			for k, d := range []Dataset{train, validation} {
				var count [2]int
				var ids []float32
				for i := range d.Len() {
					x, y := sample(t, d, i, 1, 1)
					count[int(y[0])]++
					ids = append(ids, x[0])
					if seen[x[0]] {
						t.Fatalf("sample %v is there twice", x)
					}
					seen[x[0]] = true
				}
				if want := [][2]int{c.train, c.validate}[k]; count != want {
					t.Errorf("part %d has %v of the classes, want %v", k, count, want)
				}
				if slices.IsSorted(ids) != c.inOrder {
					t.Errorf("part %d: %v", k, ids)
				}
			}
		})
	}
	a, _, _ := Split{Shuffle: true}.Parts(sorted30(), Meta{Classes: make([]string, 2)}, 1)
	b, _, _ := Split{Shuffle: true}.Parts(sorted30(), Meta{Classes: make([]string, 2)}, 1)
	c, _, _ := Split{Shuffle: true}.Parts(sorted30(), Meta{Classes: make([]string, 2)}, 2)
	one := []int{1}
	if !slices.Equal(features(a, one), features(b, one)) || slices.Equal(features(a, one), features(c, one)) {
		t.Error("what is shuffled does not follow from the seed")
	}
	if _, _, err := (Split{Train: 40}).Parts(sorted30(), Meta{Classes: make([]string, 2)}, 1); err == nil {
		t.Error("more samples than there are")
	}
}
