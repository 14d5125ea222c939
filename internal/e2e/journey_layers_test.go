//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

// TestLayers builds a model in Chinese: it finds a layer in the palette by keyboard, names it, moves it, mends a problem
// by undoing it, and looks through the longer forms.
func TestLayers(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{{lang: "zh-CN"}, {lang: "zh-CN", width: 390, height: 844, mobile: true, reducedMotion: true}} {
		t.Run(fmt.Sprint(v.filled().width), func(t *testing.T) {
			p := open(t, origin, v)
			p.wait(ready)
			p.wait(prepared)
			pane := func(name string) {
				p.stage(name)
			}
			shot := func(name string) { p.screenshot(fmt.Sprintf("%s-%d", name, v.filled().width)) }
			unfold := func() {
				eval[bool](p, `document.querySelectorAll("details.more").forEach(d => d.open = true) ?? true`)
			}
			fits := func() {
				t.Helper()
				if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
					t.Errorf("the page is %d pixels wider than the window", w)
				}
			}

			pane("model")
			p.click(testID("add-layer"))
			p.wait(`document.getElementById("palette").open && document.activeElement.id == "palette-find"`)
			shot("palette")
			p.accessible()
			p.press("丢弃")
			p.wait(`document.querySelectorAll(".palette-entry").length == 2`)
			p.press("\r")
			p.wait(`!document.getElementById("palette").open && document.querySelector("[data-node=dropout]")`)
			p.wait(prepared)
			p.wait(`document.getElementById("node-name").value == "dropout"`)
			shot("layer")
			p.accessible()
			fits()
			p.change("node-name", "veil")
			p.wait(`document.querySelector("[data-node=veil]")`)

			pane("train")
			unfold()
			p.wait(`document.getElementById("set-train-loss")`)
			shot("training")
			p.accessible()
			fits()
			p.change("set-train-batch", "0")
			p.wait(`document.querySelector(".problems") && document.querySelector(".problems").textContent.includes("小于允许的最小值")`)
			shot("problem")
			pane("data")
			eval[bool](p, `[...document.querySelectorAll("[data-testid=bar-problems] button")].at(-1).click() ?? true`)
			p.wait(`!document.querySelector(".problems")`)
			p.click(testID("data-prepare"))
			p.wait(`document.getElementById("add-step")`)
			unfold()
			p.change("add-step", "standardise")
			p.wait(`document.querySelector(".item")`)
			shot("preparation")
			p.accessible()
			fits()
		})
	}
}

// change sets a control as if somebody had typed or chosen there.
func (p *page) change(id, value string) {
	p.t.Helper()
	p.set(id, value)
	p.shown()
}
