//go:build !js

package e2e

import (
	"fmt"
	"testing"
	"time"
)

// written is what the model has written, with the beginning that it was given.
const written = `document.getElementById("written").textContent`

// write has the model write, and waits until it has.
func (p *page) write() string {
	p.t.Helper()
	run := eval[int](p, `+(document.querySelector(".written")?.dataset.run ?? 0)`)
	p.click(testID("write"))
	p.wait(fmt.Sprintf(`(({run, busy}) => run == %d && busy == "false")(document.querySelector(".written").dataset)`, run+1))
	return eval[string](p, written)
}

// TestVerse brings a text of one's own on a phone: a small GPT learns it, its samples get better, it writes on, and it can be
// looked into.
func TestVerse(t *testing.T) {
	for _, v := range []view{{width: 390, height: 844, mobile: true, scheme: "dark", lang: "zh-CN"}} {
		t.Run(v.String(), func(t *testing.T) {
			p := open(t, serve(t).URL, v)
			pane := func(name string) {
				p.stage(name)
			}
			shot := func(name string) {
				p.screenshot(fmt.Sprintf("verse-%s-%s", name, v))
				p.accessible()
				if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
					t.Errorf("%s: the page is %d pixels wider than the window", name, w)
				}
			}
			p.wait(ready)
			p.wait(prepared)
			pane("data")
			p.wait(`document.getElementById("own-files")`)
			p.bring("own-files", verse(t))
			p.wait(prepared)
			p.choose("pace", "0")
			pane("train")
			p.wait(`document.querySelectorAll(".written-sample").length == 1`) // before the first step
			p.click(testID("run.play"))
			p.wait(`document.querySelectorAll(".written-sample").length >= 3`)
			p.click(testID("run.play"))
			p.wait(prepared)
			shot("samples")

			pane("evaluate")
			p.change("write-tokens", "60")
			eval[bool](p, `(() => {
				const s = document.getElementById("write-temperature");
				s.value = 0;
				s.dispatchEvent(new Event("input", {bubbles: true}));
				return true;
			})()`)
			eval[bool](p, `(() => {
				const s = document.getElementById("prompt");
				s.value = "the moon ";
				s.dispatchEvent(new Event("input", {bubbles: true}));
				return true;
			})()`)
			one := p.write()
			if two := p.write(); one != two || len(one) < 60 {
				t.Errorf("without any chance the model writes %q, then %q", one, two)
			}
			p.wait(`document.querySelectorAll(".writing .guess").length >= 5`)
			shot("written")

			for _, look := range []string{"attention", "table", "vocabulary"} {
				p.click(testID("tab-" + look))
				switch look {
				case "attention":
					p.wait(canvasInk("attention") + " > 500")
				case "table":
					p.wait(canvasInk("space") + " > 200")
					p.click(testID("solid"))
				case "vocabulary":
					p.wait(`document.querySelectorAll("[data-testid=vocabulary] tbody tr").length > 15`)
				}
				eval[bool](p, `document.querySelector(".inside").scrollIntoView(), true`)
				shot(look)
			}
		})
	}
}

// TestLooksByKeyboard goes through the looks with the keyboard alone, while the model trains.
func TestLooksByKeyboard(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.bring("own-files", verse(t))
	p.wait(`document.querySelectorAll("#reading .token").length > 20`)
	p.click(testID("run.play"))
	p.focus("#tab-text")
	press := func(key string) {
		p.t.Helper()
		eval[bool](p, fmt.Sprintf(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true, cancelable: true})), true`, key))
	}
	p.wait(`[...document.querySelectorAll(".inside [role=tab]")].every(e => {
		e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect();
		return document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2) == e; // none is cut off
	})`)
	press("ArrowRight")
	p.wait(`document.activeElement.id == "tab-layers" && document.getElementById("zoom")`)
	press("ArrowRight")
	p.wait(`document.activeElement.id == "tab-attention" && document.getElementById("attention")`)
	p.wait(canvasInk("attention") + " > 500")
	p.focus("#attention")
	press("ArrowDown")
	press("ArrowDown")
	p.wait(`/%/.test(` + text("attention-said") + `)`)
	p.click(testID("head-1"))
	p.wait(`document.querySelector("[data-testid=head-1]").getAttribute("aria-pressed") == "true"`)
	p.focus("#tab-attention")
	press("Home")
	p.wait(`document.activeElement.id == "tab-text" && document.getElementById("reading")`)
	p.focus("#reading")
	press("Home")
	press("ArrowRight")
	p.wait(`document.getElementById("reading").getAttribute("aria-activedescendant") == "reading-1"`)
	p.longTasks() // what came before is another test's
	from := eval[string](p, text("step"))
	time.Sleep(3 * time.Second)
	if to := eval[string](p, text("step")); to == from {
		t.Errorf("three seconds of training have left step %s", from)
	}
	p.responsive()
}
