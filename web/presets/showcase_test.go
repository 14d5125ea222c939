package presets

import (
	"slices"
	"testing"
)

// The gallery shows every preset, once.
func TestExhibits(t *testing.T) {
	var shown []string
	for _, e := range Exhibits() {
		shown = append(shown, e.Name)
		if (e.Picture == "") == (len(e.Words) == 0) {
			t.Errorf("%s has not one picture, or words in its place", e.Name)
		}
		if e.Steps <= 0 || !(e.Speed > 0) || e.Shards <= 0 {
			t.Errorf("how long %s takes is not known", e.Name)
		}
		if !slices.Contains([]string{"MLP", "CNN", "RNN", "Transformer"}, e.Family) {
			t.Errorf("%s is of no known family: %q", e.Name, e.Family)
		}
	}
	slices.Sort(shown)
	if want := Names(); !slices.Equal(shown, want) {
		t.Errorf("the gallery shows %q, and there are %q", shown, want)
	}
}
