package data

import (
	"slices"
	"testing"
)

// Edited takes samples out and sets labels; what is left keeps its order, and
// every sample of a split still knows where it came from.
func TestEdited(t *testing.T) {
	all := &rows{x: []float32{0, 10, 20, 30, 40}, y: []float32{0, 1, 0, 1, 0}, width: 1, tall: 1}
	if Edited(all, nil) != Dataset(all) {
		t.Error("without edits it is another dataset")
	}
	d := Edited(Numbered(all), []Edit{{Index: 3, Label: 0}, {Index: 1, Remove: true}, {Index: 4, Label: 1}})
	var x, y [1]float32
	var features, labels, known []float32
	var origins []int
	for i := range d.Len() {
		d.Read(i, x[:], y[:])
		features, labels, known = append(features, x[0]), append(labels, y[0]), append(known, float32(label(d, i)))
		origins = append(origins, Origin(d, i))
	}
	if !slices.Equal(features, []float32{0, 20, 30, 40}) || !slices.Equal(labels, []float32{0, 0, 0, 1}) ||
		!slices.Equal(known, labels) || !slices.Equal(origins, []int{0, 2, 3, 4}) {
		t.Errorf("features %v, labels %v (told without reading: %v), origins %v", features, labels, known, origins)
	}
	meta := Meta{X: []int{1}, Y: []int{1}, Classes: []string{"a", "b"}}
	for _, s := range []Split{{Validation: 0.5}, {Validation: 0.5, Shuffle: true}, {Validation: 2, Shuffle: true, Stratify: true}} {
		train, validation, err := s.Parts(d, meta, 7)
		if err != nil {
			t.Fatal(err)
		}
		var seen []int
		for _, part := range []Dataset{train, validation} {
			for i := range part.Len() {
				part.Read(i, x[:], y[:])
				if at := Origin(part, i); x[0] != float32(10*at) {
					t.Errorf("%+v: sample %v says it was at %d", s, x[0], at)
				} else {
					seen = append(seen, at)
				}
			}
		}
		if slices.Sort(seen); !slices.Equal(seen, origins) {
			t.Errorf("%+v: the parts hold %v", s, seen)
		}
	}
}
