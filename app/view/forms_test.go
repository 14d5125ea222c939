package view

import (
	"strings"
	"testing"

	"descent/app/language"
	"descent/app/state"
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/nn"
	"descent/ml/optim"
	"descent/web/presets"
)

// Whatever the catalogues have can be chosen and has its form, in either language.
func TestEveryFormDraws(t *testing.T) {
	text, _ := presets.Text("keras-convnet")
	check := func(what string, do ...state.Action) {
		t.Helper()
		for _, l := range language.All {
			s := state.New("keras-convnet", string(text))
			s.Apply(state.Speak{Language: l})
			for _, a := range do {
				s.Apply(a)
			}
			html := drawn(t, s)
			for _, f := range []string{"%!", "&lt;nil&gt;"} {
				if strings.Contains(html, f) {
					t.Errorf("%s, %s: the page has %s", what, l, f)
				}
			}
		}
	}
	for _, info := range nn.Layers() {
		check("layer "+info.Type, state.Insert{List: state.Layers, Type: info.Type, At: 0}, state.ShowPalette{Open: true})
	}
	for _, info := range nn.Losses() {
		check("loss "+info.Type, state.Set{Path: "train.loss", Value: config.Text(info.Type)})
	}
	for _, info := range optim.Optimizers() {
		check("optimizer "+info.Type, state.SetOptim{Type: info.Type})
	}
	for _, info := range optim.Schedules() {
		check("schedule "+info.Type, state.Set{Path: "train.schedule", Value: config.Text(info.Type)})
	}
	for _, info := range data.Steps() {
		check("step "+info.Type, state.Insert{List: "data.preprocess", Type: info.Type, At: 1})
	}
	for _, info := range data.Augmentations() {
		check("augmentation "+info.Type, state.Insert{List: "data.augment", Type: info.Type, At: 0})
	}
	for _, info := range data.Sources() {
		check("source "+info.Type, state.SetSource{Type: info.Type})
	}
	for _, name := range presets.Names() {
		text, _ := presets.Text(name)
		check("preset "+name, state.Load{Preset: name, Text: string(text)})
	}
}
