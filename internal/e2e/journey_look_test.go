//go:build !js

package e2e

import (
	"fmt"
	"testing"
	"time"
)

// TestNarrow walks through the panes of a phone.
func TestNarrow(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{
		{width: 390, height: 844, mobile: true, reducedMotion: true},
		{width: 390, height: 844, mobile: true, scheme: "dark", lang: "zh-CN"},
	} {
		t.Run(fmt.Sprint(v.lang), func(t *testing.T) {
			p := open(t, origin, v)
			p.wait(ready)
			p.wait(prepared)
			p.click(testID("run.play"))
			p.wait(`+` + text("step") + `.replace(",", "") > 300`)
			for _, pane := range []string{"data", "model", "evaluate", "train"} {
				p.click(testID("pane-" + pane))
				p.wait(fmt.Sprintf(`document.querySelector("[data-testid=pane-%s]").getAttribute("aria-current") == "page"`, pane))
				p.screenshot(fmt.Sprintf("narrow-%s%s", pane, v.lang))
				p.accessible()
				if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
					t.Errorf("the pane %s is %d pixels wider than the window", pane, w)
				}
			}
			p.stage("data")
			p.source("digits")
			p.wait(prepared)
			p.screenshot("narrow-digits-data" + v.lang)
			p.stage("train")
			p.wait(canvasInk("checks") + " > 1000")
			p.screenshot("narrow-digits-train" + v.lang)
			p.accessible()
			p.stage("evaluate")
			p.wait(canvasInk("case-0") + " > 50")
			p.screenshot("narrow-digits-evaluate" + v.lang)
			p.accessible()
		})
	}
}

// TestKeys trains by keyboard alone: the space bar plays, S steps, R resets, and none of them acts while one types.
func TestKeys(t *testing.T) {
	p := open(t, serve(t).URL, view{scheme: "dark"})
	p.wait(ready)
	p.wait(prepared)
	p.press("s")
	p.wait(text("step") + ` == "1"`)
	p.press(" ")
	p.wait(`+` + text("step") + `.replace(",", "") > 100`)
	p.press(" ")
	p.wait(`document.querySelector("[data-testid='run.play']").getAttribute("aria-label") == "Train"`)
	p.press("r")
	p.wait(text("step") + ` == "0"`)
	p.press("?")
	p.wait(`document.getElementById("help").open`)
	p.screenshot("help-dark")
	p.accessible()
	p.press("\x1b")
	p.wait(`!document.getElementById("help").open`)
	p.focus("#set-train-epochs")
	p.press("s")
	if got := eval[string](p, text("step")); got != "0" {
		t.Errorf("a key typed into a setting made %s steps", got)
	}
}

// TestSizes looks at the page in windows of many sizes; 640 by 400 is a laptop at a zoom of 200 %, 320 by 256 one at 400 %.
func TestSizes(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{
		{width: 360, height: 740, mobile: true}, {width: 640, height: 400}, {width: 1000, height: 700}, {width: 1440, height: 900},
		{width: 1920, height: 1080, scheme: "dark"},
		{width: 320, height: 256}, {width: 3840, height: 2160},
	} {
		t.Run(fmt.Sprintf("%dx%d", v.width, v.height), func(t *testing.T) {
			p := open(t, origin, v)
			p.wait(ready)
			p.wait(prepared)
			p.click(testID("run.step"))
			p.wait(text("step") + ` == "1"`)
			p.screenshot(fmt.Sprintf("size-%dx%d", v.width, v.height))
			if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
				t.Errorf("the page is %d pixels wider than the window", w)
			}
			if bar := eval[float64](p, `document.querySelector(".run").getBoundingClientRect().height`); v.mobile && bar > 112 {
				t.Errorf("the run bar is %.0f pixels high", bar)
			}
			// A control that is cut off at the side cannot be reached.
			cut := eval[[]string](p, `[...document.querySelectorAll("button, input, select, summary")]
				.filter((e) => e.checkVisibility() && !e.closest(".unseen, .table-body") && e.getBoundingClientRect().right > innerWidth + 1)
				.map((e) => e.outerHTML.slice(0, 100))`)
			if len(cut) > 0 {
				t.Errorf("cut off: %q", cut)
			}
			small := eval[[]string](p, `[...document.querySelectorAll("button, select, summary, input:not(.unseen, [type=checkbox])")]
				.filter((e) => e.checkVisibility() && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24))
				.map((e) => e.outerHTML.slice(0, 100))`)
			if len(small) > 0 {
				t.Errorf("smaller than 24 pixels: %q", small)
			}
		})
	}
}

// TestHidden lets the page believe that its tab is hidden, in which no frames are drawn: training goes on, and what was
// missed is caught up with at once.
func TestHidden(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	eval[bool](p, `(() => {
		globalThis.testFrames = [];
		globalThis.testFrame = requestAnimationFrame;
		globalThis.requestAnimationFrame = (f) => testFrames.push(f);
		Object.defineProperty(document, "hidden", {value: true, configurable: true});
		return true;
	})()`)
	p.click(testID("run.play"))
	before := eval[string](p, text("step"))
	time.Sleep(1500 * time.Millisecond)
	hidden := eval[string](p, text("step"))
	late := eval[float64](p, fmt.Sprintf(`new Promise((done) => {
		const pixels = () => %s, step = () => %s;
		const shown = [pixels(), step()], start = performance.now();
		globalThis.requestAnimationFrame = testFrame;
		testFrames.forEach((f) => testFrame(f));
		Object.defineProperty(document, "hidden", {value: false, configurable: true});
		document.dispatchEvent(new Event("visibilitychange"));
		const look = () => (pixels() == shown[0] || step() == shown[1]) ? setTimeout(look, 10) : done(performance.now() - start);
		look();
	})`, mapPixels, text("step")))
	t.Logf("%.0f ms after it came back, the page is up to date", late)
	if late > 1000 {
		t.Errorf("a page that comes back is up to date after %.0f ms", late)
	}
	if hidden != before && hidden != "1" {
		t.Logf("the hidden page was brought up to date: step %s, then %s", before, hidden)
	}
}
