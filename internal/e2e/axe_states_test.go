//go:build !js

package e2e

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// A moment is a state of the page, and how one comes there from the moment before.
type moment struct {
	name  string
	reach func(p *page)
}

// A walk is moments of one tab, one after the other.
type walk struct {
	name    string
	view    view
	served  []string // files that the site lacks
	expect  string   // an error that the walk is about
	moments []moment
}

// looks are how each moment is looked at. The first moment of a walk, and all of them when AXE is "all", are looked at in
// every theme and language; the others in two of the four, so that each theme and each language is seen once.
var looks = [][2]string{{"dark", "zh"}, {"dark", "en"}, {"light", "zh"}, {"light", "en"}}

// TestAccessibleStates walks through the states of the page and has axe look at each. What comes and goes while training
// goes on is looked at while it pauses, but for the moments that are about training.
func TestAccessibleStates(t *testing.T) {
	for _, w := range walks(t) {
		t.Run(w.name, func(t *testing.T) {
			p := open(t, serveWithout(t, w.served...).URL, w.view)
			if w.expect != "" {
				p.expect(w.expect)
			}
			p.settled()
			began, looking := time.Now(), time.Duration(0)
			for i, m := range w.moments {
				m.reach(p)
				from := time.Now()
				for k, look := range looks {
					if i > 0 && os.Getenv("AXE") != "all" && k != 0 && k != 3 {
						continue
					}
					p.dressed(look[0], look[1])
					p.accessibleAs(fmt.Sprintf("%s, %s, %s: ", m.name, look[0], look[1]))
					p.screenshot(fmt.Sprintf("state-%s-%s-%s-%s", w.name, m.name, look[0], look[1]))
				}
				if wide := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
					t.Errorf("%s: the page is %d pixels wider than the window", m.name, wide)
				}
				looking += time.Since(from)
			}
			t.Logf("%d moments in %v, of which %v to look at them", len(w.moments), time.Since(began), looking)
		})
	}
}

// TestFocusSeen goes from one control to the next in a low window, as a laptop's at 200 % is, where the foot covers a third
// of it: what has the focus shows it, and is not behind the foot.
func TestFocusSeen(t *testing.T) {
	p := open(t, serve(t).URL, view{width: 640, height: 400})
	p.settled()
	p.tap("tour-skip")
	for _, stage := range []string{"train", "data", "evaluate"} {
		p.goes(stage)
		p.wait(prepared)
		p.focus(".skip")
		for range 60 {
			p.press(kb.Tab)
			wrong := eval[string](p, `(() => {
				const e = document.activeElement, foot = document.querySelector(".foot");
				if (!e || e == document.body || foot.contains(e) || e.closest(".skip")) return "";
				const marked = [e, e.parentElement, e.nextElementSibling, e.closest("label, li")].some((o) => o && getComputedStyle(o).outlineStyle != "none");
				if (!marked) return "shows no focus: " + e.outerHTML.slice(0, 120);
				const box = (e.classList.contains("unseen") ? e.closest("label") : e).getBoundingClientRect();
				if (box.height < innerHeight / 2 && box.bottom > foot.getBoundingClientRect().top + 1) return "is behind the foot: " + e.outerHTML.slice(0, 120);
				return "";
			})()`)
			if wrong != "" {
				t.Errorf("%s: what has the focus %s", stage, wrong)
			}
		}
	}
}

// tap clicks what has this data-testid, wherever it is: axe is about what is there, not about how it was reached.
func (p *page) tap(id string) { p.t.Helper(); p.tapOn(fmt.Sprintf("[data-testid='%s']", id)) }

func (p *page) tapOn(selector string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`((e) => e && !e.disabled && (e.click(), true))(document.querySelector(%q))`, selector))
}

// set gives a control its value, once it is there: a stage comes in parts, over some frames.
func (p *page) set(id, value string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`((e) => e && !e.disabled && (e.value = %q, e.dispatchEvent(new Event("change", {bubbles: true})), true))(document.getElementById(%q))`, value, id))
}

// goes opens a stage.
func (p *page) goes(stage string) {
	p.t.Helper()
	p.tap("pane-" + stage)
	p.wait(fmt.Sprintf(`document.querySelector("[data-testid=pane-%s]").getAttribute("aria-current") == "page"`, stage))
}

// seen waits until something is there.
func (p *page) seen(selector string) {
	p.t.Helper()
	p.wait(fmt.Sprintf("document.querySelector(%q)", selector))
}

// stays trains to a step, and pauses there.
func (p *page) stays(at int) {
	p.t.Helper()
	p.tap("run.play")
	p.stepsDone(at)
	p.tap("run.play")
	p.wait(prepared)
}

// trainsOut trains to the end of so many epochs.
func (p *page) trainsOut(epochs string) {
	p.t.Helper()
	p.goes("train")
	p.seen("#set-train-epochs")
	p.change("set-train-epochs", epochs)
	p.wait(fmt.Sprintf(`document.querySelector("[data-testid='epoch']").textContent.includes(%q)`, epochs))
	p.wait(prepared)
	p.choose("pace", "0")
	p.tap("run.play")
	p.seen("[data-testid='verdict']")
}

// slides moves a slider.
func (p *page) slides(selector, to string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(() => {
		const s = document.querySelector(%q);
		s.value = %q;
		return s.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, selector, to))
}

// unfolds opens all that is folded.
func (p *page) unfolds() {
	p.t.Helper()
	eval[bool](p, `document.querySelectorAll("main details, .column details").forEach((d) => d.open = true) ?? true`)
}

// escapes closes the dialog that is in front.
func (p *page) escapes(id string) {
	p.t.Helper()
	p.press(kb.Escape)
	p.wait(fmt.Sprintf(`!document.getElementById(%q).open`, id))
}
