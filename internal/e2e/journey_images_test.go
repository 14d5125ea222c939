//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

// canvasInk counts the pixels of a canvas that differ from its first one.
func canvasInk(id string) string {
	return fmt.Sprintf(`(() => {
		const c = document.getElementById(%q);
		const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
		let n = 0;
		for (let i = 4; i < d.length; i += 4) n += d[i] != d[0] || d[i + 1] != d[1] || d[i + 3] != d[3];
		return n;
	})()`, id)
}

// choose picks an entry of a menu, as the keyboard would.
func (p *page) choose(id, value string) {
	p.t.Helper()
	p.set(id, value)
}

// stage goes to a stage of the page.
func (p *page) stage(name string) {
	p.t.Helper()
	p.click(testID("pane-" + name))
	p.wait(fmt.Sprintf(`document.querySelector("[data-testid=pane-%s]").getAttribute("aria-current") == "page"`, name))
	p.wait(fmt.Sprintf(`document.querySelector(".app").dataset.pane == %q && `, name) + assembled)
}

// preset opens an experiment of the gallery.
func (p *page) preset(name string) {
	p.t.Helper()
	eval[bool](p, `document.getElementById("preset").click(), true`)
	p.wait(fmt.Sprintf(`document.querySelector("#showcase[open] [data-preset='%s']")`, name))
	eval[bool](p, fmt.Sprintf(`document.querySelector("[data-preset='%s']").click(), true`, name))
	p.shown()
	p.wait(`!document.getElementById("showcase").open`)
}

// source chooses where the data comes from, and comes back to the stage that it was on.
func (p *page) source(name string) {
	p.t.Helper()
	was := eval[string](p, `document.querySelector(".app").dataset.pane`)
	p.stage("data")
	defer p.stage(was)
	p.wait(fmt.Sprintf(`document.querySelector("[data-source=%s] input")`, name))
	eval[bool](p, fmt.Sprintf(`document.querySelector("[data-source=%s] input").click(), true`, name))
	p.shown()
}

// draw moves the pointer over the pad along places from 0 to 1.
const drawOne = `(() => {
	const pad = document.getElementById("pad");
	const box = pad.getBoundingClientRect();
	const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, {
		clientX: box.left + x * box.width, clientY: box.top + y * box.height, pointerId: 1, bubbles: true}));
	pad.setPointerCapture = () => {};
	send("pointerdown", 0.5, 0.15);
	for (let i = 0; i <= 20; i++) send("pointermove", 0.5, 0.15 + 0.7 * i / 20);
	send("pointerup", 0.5, 0.85);
	return true;
})()`

// TestDigits trains on drawn digits, and looks at its guesses and at one drawn on the pad.
func TestDigits(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.source("digits")
	p.wait(`document.getElementById("checks")`)
	p.wait(prepared)
	p.stage("data")
	p.wait(canvasInk("thumb-0") + " > 100")
	p.screenshot("digits-data")
	p.stage("train")
	p.screenshot("digits-ready")
	p.change("set-train-epochs", "60")
	p.wait(prepared)
	p.click(testID("run.play"))
	p.wait(`+` + text("step") + `.replace(",", "") > 50`)
	p.longTasks()
	p.wait(`+` + text("step") + `.replace(",", "") > 1200`)
	p.wait(`parseInt(` + text("checks-score") + `) > 40`)
	p.responsive()
	eval[bool](p, drawOne)
	p.wait(canvasInk("pad") + " > 500")
	p.wait(`document.querySelector(".guess-best")`)
	p.screenshot("digits-training")
	p.click(testID("run.play"))
	p.click(testID("pad-sample"))
	p.wait(`document.querySelector(".guess-best")`)
	p.screenshot("digits-sample")
	p.accessible()
}
