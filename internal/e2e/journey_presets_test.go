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
	lasts := func(name string) string {
		return `document.querySelector("[data-preset='` + name + `'] .lasts")?.textContent ?? ""`
	}
	eval[bool](p, `document.getElementById("preset").click(), true`)
	p.wait(`/^about \d+ (s|min|h) here$/.test(` + lasts("grokking") + `)`) // when this machine was gauged
	if short, long := eval[string](p, lasts("spiral-mlp")), eval[string](p, lasts("keras-convnet")); short == "" || long == "" || short == long {
		t.Errorf("the gallery says that the spiral takes %q, and fifteen passes over MNIST %q", short, long)
	}
	p.screenshot("gallery")
	eval[bool](p, `document.querySelector("#showcase [aria-label=Close]").click(), true`)
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
