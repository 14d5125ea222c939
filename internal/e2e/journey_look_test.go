//go:build !js

package e2e

import (
	"fmt"
	"testing"
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
			p.click(testID("pane-data"))
			p.source("digits")
			p.wait(prepared)
			p.screenshot("narrow-digits-data" + v.lang)
			p.click(testID("pane-evaluate"))
			p.wait(canvasInk("tests") + " > 1000")
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
	eval[bool](p, `document.getElementById("set-train-epochs").focus(), true`)
	p.press("s")
	if got := eval[string](p, text("step")); got != "0" {
		t.Errorf("a key typed into a setting made %s steps", got)
	}
}
