//go:build !js

package e2e

import (
	"testing"

	"descent/web/presets"
)

// wants is the file without which a preset has no data on this site.
var wants = map[string]string{
	"fashion-convnet": "data/fashion-mnist", "iris-mlp": "data/iris/iris.csv", "nanogpt-cpu": "data/tinyshakespeare.txt",
	"bigram": "data/text/sonnets.txt", "char-rnn": "data/text/sonnets.txt", "char-lstm": "data/text/sonnets.txt",
	"char-gru": "data/text/sonnets.txt", "gpt-sonnets": "data/text/sonnets.txt", "gpt-poems": "data/text/tang.txt",
	"gpt-names": "data/text/names.txt", "mlp-lm": "data/text/names.txt",
	"text-cnn": "data/text/languages.csv", "encoder-classifier": "data/text/languages.csv",
}

// TestPresetsInPage chooses every preset in turn, and trains it for a step.
func TestPresetsInPage(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	for _, name := range presets.Names() {
		if file := wants[name]; file != "" && !onSite(file) || name == "spiral-mlp" { // which is there to begin with
			continue
		}
		p.preset(name)
		p.wait(text("step") + ` == "0"`)
		p.wait(prepared)
		p.click(testID("run.step"))
		p.wait(text("step") + ` == "1"`)
		p.screenshot("preset-" + name)
	}
}
