//go:build !js

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"descent/web/presets"

	"github.com/chromedp/chromedp/kb"
)

// steps is the number of steps made.
const steps = `+document.querySelector("[data-testid='step']").textContent.replaceAll(",", "")`

// trainLoss is the smoothed loss of training, as the run bar shows it.
func (p *page) trainLoss() float64 {
	p.t.Helper()
	return eval[float64](p, `parseFloat(document.querySelector("[data-testid='loss']").textContent)`)
}

// TestNetworkByKeyboard reads the network without a pointer: a unit's map comes large, and its weights can be read.
func TestNetworkByKeyboard(t *testing.T) {
	p := open(t, serve(t).URL, view{scheme: "dark"})
	p.wait(ready)
	p.wait(prepared)
	p.wait(canvasInk("net") + " > 2000")
	title := text("map-title")
	whole := eval[string](p, title)
	before := eval[int](p, mapPixels)
	p.focus("#net")
	p.press(kb.ArrowRight)
	p.wait(title + ` == "hidden1, unit 1"`)
	p.wait(mapPixels + fmt.Sprintf(" != %d", before))
	p.press(kb.ArrowDown)
	p.wait(title + ` == "hidden1, unit 2"`)
	p.press("e")
	p.wait(`/^Coordinate 1 → hidden1, unit 2: weight -?\d/.test(` + text("net-said") + `)`)
	p.press("e")
	p.wait(`/^Coordinate 2 →/.test(` + text("net-said") + `)`)
	p.screenshot("inside-unit")
	p.press(kb.Escape)
	p.wait(title + fmt.Sprintf(" == %q", whole))
	p.wait(fmt.Sprintf("%s == %d", mapPixels, before))
	// The pointer does the same, and leaves nothing behind.
	eval[bool](p, `(() => {
		const c = document.getElementById("net");
		c.dispatchEvent(new PointerEvent("pointermove", {clientX: c.getBoundingClientRect().left + c.clientWidth * 0.375, clientY: c.getBoundingClientRect().top + 12, bubbles: true}));
		return true;
	})()`)
	p.wait(title + ` == "hidden1, unit 1"`)
	eval[bool](p, `document.getElementById("net").dispatchEvent(new PointerEvent("pointerleave")), true`)
	p.wait(title + fmt.Sprintf(" == %q", whole))
}

// convnet is a small convolutional network of drawn digits, which needs no download.
const convnet = `{"version": 1, "seed": 1, "data": {"source": {"type": "digits", "samples": 1000}, "split": {"validation": 0.1}, "preprocess": [{"type": "scale", "factor": 0.004}]},
 "model": {"nodes": [{"id": "conv", "type": "conv2d", "config": {"filters": 8, "kernel": [3, 3], "activation": "relu"}},
  {"id": "pool", "type": "max_pool2d", "config": {"size": [2, 2]}}, {"id": "flat", "type": "flatten"},
  {"id": "hidden", "type": "dense", "config": {"units": 24, "activation": "relu"}},
  {"id": "out", "type": "dense", "config": {"units": 10, "activation": "softmax"}}]},
 "train": {"loss": "cross_entropy", "optimizer": {"type": "adam", "lr": 0.002}, "batch": 20, "epochs": 400}}`

// document opens an experiment as its text, and comes back to the training.
func (p *page) document(text string) {
	p.t.Helper()
	p.click(testID("editor"))
	p.wait(`document.getElementById("document")`)
	p.typeDocument(text)
	time.Sleep(time.Second) // typing rests
	p.click(testID("editor"))
	p.wait(prepared)
	p.wait(`document.querySelector("[data-testid='look-open']")`)
}

// TestInside looks into a model of images and one of a table while they train, in every look.
func TestInside(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{{}, {lang: "zh-CN", scheme: "dark", width: 390, height: 844, mobile: true, reducedMotion: true}} {
		t.Run(fmt.Sprint(v.filled().width), func(t *testing.T) {
			p := open(t, origin, v)
			p.wait(ready)
			p.wait(prepared)
			p.document(convnet)
			shot := func(name string) {
				eval[bool](p, `document.querySelector(".inside").scrollIntoView(), true`)
				p.screenshot(fmt.Sprintf("inside-%s-%d", name, v.filled().width))
			}
			if eval[bool](p, `document.getElementById("tiles") != null`) {
				t.Error("what nobody opened is there")
			}
			p.click(testID("look-open"))
			p.wait(`document.querySelector(".inside .value-name")?.textContent.includes("26×26×8")`)
			p.wait(canvasInk("viewed") + " > 500")
			p.wait(canvasInk("tiles") + " > 2000")
			p.wait(text("verdict") + `.length > 5`)
			shot("maps")
			if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
				t.Errorf("the page is %d pixels wider than the window", w)
			}
			p.click(testID("run.play"))
			p.wait(steps + " > 5")
			p.click(testID("next-sample"))
			p.wait(`/2/.test(` + text("viewed-which") + `)`)
			p.choose("view-part", "weight")
			p.wait(`document.querySelector(".inside .value-name").textContent.includes(".weight")`)
			p.wait(canvasInk("tiles") + " > 500")
			shot("filters")

			p.click(testID("tab-spreads"))
			for _, kind := range []string{"gradients", "activations", "weights"} {
				p.click(testID("spread-" + kind))
				p.wait(canvasInk("spreads") + " > 500")
			}
			now := eval[int](p, steps)
			p.wait(fmt.Sprintf(`+%s.replaceAll(",", "").match(/\d+/)[0] > %d`, text("spreads-said"), now))
			shot("histograms")

			p.click(testID("tab-projection"))
			p.wait(canvasInk("projection") + " > 300")
			p.click(testID("solid"))
			p.wait(`document.querySelector("[data-testid='turning']")`)
			if turning := eval[bool](p, `document.querySelector("[data-testid='turning']").checked`); turning == v.reducedMotion {
				t.Errorf("it turns by itself: %v, and little motion is asked for: %v", turning, v.reducedMotion)
			}
			shot("projection")
			p.focus("#projection")
			p.press("n")
			p.wait(`/\d/.test(` + text("projection-said") + `)`)
			p.press(kb.Enter)
			p.wait(`document.getElementById("tab-layers").getAttribute("aria-selected") == "true"`)
		})
	}
}

// TestInsideOfTable finds the looks at a model of a table too, which has no picture.
func TestInsideOfTable(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	flowers, _ := presets.Text("iris-mlp")
	p.document(string(flowers))
	p.click(testID("look-open"))
	p.wait(canvasInk("bars") + " > 500")
	p.choose("view-part", "weight")
	p.wait(canvasInk("zoom") + " > 200")
	p.screenshot("inside-table-weights")
	p.click(testID("tab-projection"))
	p.wait(canvasInk("projection") + " > 300")
	p.click(testID("run.play"))
	p.wait(steps + " > 300")
	p.screenshot("inside-table-projection")
	if said := eval[string](p, `document.querySelector(".projection-look .value-name").textContent`); !strings.Contains(said, "16") {
		t.Errorf("the layer that is projected is named %q", said)
	}
}
