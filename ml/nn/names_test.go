package nn

import (
	"strings"
	"testing"

	"descent/ml/config"
)

// Every other name of a choice leads to a choice.
func TestChoicesAlsoCalled(t *testing.T) {
	var p string
	for _, f := range []config.Field{initField(&p), activationField("activation", &p)} {
		also := initialiserAlsoCalled
		if f.Name == "activation" {
			also = activationAlsoCalled
		}
		for name, ours := range also {
			want := `there is no ` + f.Name + ` "` + name + `"; did you mean "` + ours + `"?`
			if got := f.Set(config.Text(name)); got != want || f.Set(config.Text(ours)) != "" {
				t.Errorf("%s, want %s", got, want)
			}
		}
	}
}

// Every other name leads to a layer that there is.
func TestAlsoCalled(t *testing.T) {
	for name, ours := range alsoCalled {
		if _, ok := Lookup(ours); !ok {
			t.Errorf("%q leads to %q, which there is not", name, ours)
		}
		if _, ok := Lookup(name); ok || name != strings.ToLower(name) || strings.ContainsAny(name, "_- ") {
			t.Errorf("%q is never looked up", name)
		}
	}
	for name, want := range map[string]string{
		"ReLU": "activation", "Time_Distributed": "dense", "MaxPooling2D": "max_pool2d", "attention": "multi_head_attention",
		"dens": "dense", // misspelt
	} {
		got := config.Misnamed("layer", name, types(), alsoCalled).Text
		if want := `there is no layer "` + name + `"; did you mean "` + want + `"?`; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
