//go:build !js

package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// nodes is the graph's layers in reading order, each with what it reads, as a screen reader is told.
const nodes = `[...document.querySelectorAll("[data-node]")].map(b => b.getAttribute("aria-label")).join("|")`

// middleOf is where the middle of an element is, on the window.
func (p *page) middleOf(selector string) (x, y float64) {
	p.t.Helper()
	r := eval[[]float64](p, fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		e.scrollIntoView({block: "center", inline: "center"});
		const r = e.getBoundingClientRect();
		return [r.left + r.width / 2, r.top + r.height / 2];
	})()`, selector))
	return r[0], r[1]
}

// drag moves the mouse with its button down from one element to another. Both must be in sight at once.
func (p *page) drag(from, to string) {
	p.t.Helper()
	p.middleOf(to)
	a, b := p.middleOf(from)
	r := eval[[]float64](p, fmt.Sprintf(`(() => {
		const r = document.querySelector(%q).getBoundingClientRect();
		return [r.left + r.width / 2, r.top + r.height / 2];
	})()`, to))
	mouse := func(kind input.DispatchMouseEventType, x, y float64, down int64) {
		p.do("the mouse", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{
				Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: down, ClickCount: 1})
			return err
		}))
	}
	mouse(input.DispatchMouseEventTypeMousePressed, a, b, 1)
	for _, share := range []float64{0.1, 0.5, 0.9, 1} {
		mouse(input.DispatchMouseEventTypeMouseMoved, a+(r[0]-a)*share, b+(r[1]-b)*share, 1)
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, r[0], r[1], 0)
}

// holding presses a key with modifiers.
func (p *page) holding(key string, modifier chromedp.Modifier) {
	p.t.Helper()
	p.do("pressing "+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifier)))
}

// modelOf opens a preset, and the stage of its model.
func (p *page) modelOf(preset string) {
	p.t.Helper()
	p.wait(ready)
	p.wait(prepared)
	p.wait(`document.getElementById("showcase")`)
	eval[bool](p, `document.getElementById("preset").click(), true`)
	p.wait(fmt.Sprintf(`document.querySelector("#showcase[open] [data-preset='%s']")`, preset))
	eval[bool](p, fmt.Sprintf(`document.querySelector("[data-preset='%s']").click(), true`, preset))
	p.wait(`!document.getElementById("showcase").open`)
	p.wait(prepared)
	p.stage("model")
	p.wait(`document.querySelector("#graph [data-node]")`)
}

// add finds a layer in the palette that is open, by keyboard.
func (p *page) add(find, node string) {
	p.t.Helper()
	p.wait(`document.getElementById("palette").open && document.activeElement.id == "palette-find"`)
	p.press(find)
	p.press("\r")
	p.wait(fmt.Sprintf(`!document.getElementById("palette").open && document.querySelector("[data-node='%s']")`, node))
}

// TestModelByKeyboard builds a block with a shortcut around it by keyboard alone.
func TestModelByKeyboard(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.modelOf("keras-convnet")
	focus := func(node string) {
		t.Helper()
		p.wait(fmt.Sprintf(`document.activeElement.dataset.gnode == %q`, node))
	}
	eval[bool](p, `document.querySelector("[data-gnode='input']").focus() ?? true`)
	p.press(kb.ArrowDown)
	focus("conv1")
	p.press(kb.ArrowDown)
	focus("pool1")
	p.press("a") // two convolutions after the first pooling
	p.add("Convolution", "conv2d")
	p.wait(`document.getElementById("node-name").value == "conv2d"`)
	p.change("set-model-nodes-conv2d-config-filters", "32")
	p.change("set-model-nodes-conv2d-config-padding", "same")
	eval[bool](p, `document.querySelector("[data-node=conv2d]").focus() ?? true`)
	p.holding("d", chromedp.ModifierCtrl)
	p.wait(`document.querySelector("[data-node=conv3]") || document.querySelector("[data-node=conv2d2]")`)
	copied := eval[string](p, `document.activeElement.dataset.gnode`)
	p.press("a")
	p.add("Add", "add")
	p.wait(fmt.Sprintf(`(%s).includes("add Add")`, nodes))
	if got := eval[string](p, nodes); !strings.Contains(got, "reads "+copied+", ") {
		t.Errorf("the sum is %s", got)
	}
	// The shortcut is from the pooling: that is connected, and what was taken for it is not read twice.
	eval[bool](p, `document.querySelector("[data-node=pool1]").focus() ?? true`)
	p.press("c")
	p.wait(`document.getElementById("graph-help").textContent.includes("Escape")`)
	p.screenshot("model-connect")
	for range 12 { // along the edges to the sum
		if eval[string](p, `document.activeElement.dataset.gnode`) == "add" {
			break
		}
		p.press(kb.ArrowDown)
	}
	focus("add")
	p.press("\r")
	p.wait(prepared)
	p.wait(fmt.Sprintf(`(%s).includes("pool1")`, nodes))
	p.wait(`[...document.querySelectorAll("[data-node=add]")].some(b => b.getAttribute("aria-label").includes("pool1"))`)
	p.screenshot("model-residual")

	before := eval[string](p, nodes)
	eval[bool](p, `document.querySelector("[data-node=dropout]").focus() ?? true`)
	p.holding(kb.ArrowUp, chromedp.ModifierAlt)
	p.wait(fmt.Sprintf(`(%s) != %q`, nodes, before))
	focus("dropout")
	p.press(kb.Delete)
	p.wait(`!document.querySelector("[data-node=dropout]")`)
	p.holding("z", chromedp.ModifierCtrl)
	p.holding("z", chromedp.ModifierCtrl)
	p.wait(fmt.Sprintf(`(%s) == %q`, nodes, before))
	p.press("\r") // into the form
	p.wait(`document.activeElement.closest("#layer-form")`)
}

// TestModelByMouse drags layers from the palette, onto edges and to each other, and mends what does not fit.
func TestModelByMouse(t *testing.T) {
	p := open(t, serve(t).URL, view{height: 1100, scheme: "dark"})
	p.modelOf("keras-mlp")
	ids := `[...document.querySelectorAll("[data-node]")].map(b => b.dataset.node).join(" ")`
	start := eval[string](p, ids)
	p.drag(".larder [data-layer='gaussian_noise']", "#edge-add-1")
	p.wait(`document.querySelector("[data-node=gaussian_noise]")`)
	first := strings.Fields(start)[0]
	p.wait(fmt.Sprintf(`document.querySelector("[data-node=gaussian_noise]").getAttribute("aria-label").includes("reads %s")`, first))
	p.drag("[data-node=gaussian_noise]", "#edge-add-0")
	p.wait(`document.querySelector("[data-node=gaussian_noise]").getAttribute("aria-label").includes("reads Input")`)
	p.screenshot("model-mouse")

	// The dot below the input, to the last layer: an image arrives where a row is wanted.
	last := eval[string](p, `[...document.querySelectorAll("[data-node]")].at(-1).dataset.node`)
	p.drag("[data-port=input]", fmt.Sprintf("[data-node='%s']", last))
	p.wait(`document.querySelector(".gnode-wrong")`)
	if got := eval[string](p, `document.querySelector(".gnode-wrong").textContent`); !strings.Contains(got, "28×28×1") || !strings.Contains(got, "784") {
		t.Errorf("what is wrong says %q, and not both shapes", got)
	}
	if got := eval[string](p, `document.querySelector(".gnode-broken [data-node]").dataset.node`); got != last {
		t.Errorf("the problem is at %q, want %q", got, last)
	}
	p.screenshot("model-broken")
	p.click(".gnode-fix")
	p.wait(`!document.querySelector(".gnode-wrong")`)
	p.wait(prepared)
	p.screenshot("model-mended")
}

// TestModelPrograms sees the model as a document and as programs, on a phone too.
func TestModelPrograms(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{{}, {lang: "zh-CN", width: 390, height: 844, mobile: true, scheme: "dark"}} {
		t.Run(fmt.Sprint(v.filled().width), func(t *testing.T) {
			p := open(t, origin, v)
			p.modelOf("keras-convnet")
			shot := func(name string) { p.screenshot(fmt.Sprintf("%s-%d", name, v.filled().width)) }
			shot("model-graph")
			for tab, want := range map[string]string{"keras": "layers.Conv2D(32, 3", "pytorch": "nn.Conv2d(1, 32, 3)"} {
				p.click(chromedp.CSS("[data-tab=" + tab + "]"))
				p.wait(fmt.Sprintf(`document.querySelector(".program") && document.querySelector(".program").textContent.includes(%q)`, want))
				shot("model-" + tab)
			}
			p.click("[data-tab=json]")
			p.wait(`document.getElementById("document") && document.getElementById("document").value.includes('"conv1"')`)
			if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
				t.Errorf("the page is %d pixels wider than the window", w)
			}
		})
	}
}
