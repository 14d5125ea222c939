//go:build !js

package e2e

import (
	"fmt"
	"os"
	"testing"
)

// stepsPerSecond counts steps for a while, or to the end.
func (p *page) stepsPerSecond(seconds float64) float64 {
	p.t.Helper()
	return eval[float64](p, fmt.Sprintf(`new Promise((done) => {
		const step = () => +%s.replaceAll(",", "");
		const from = step(), start = performance.now();
		const look = () => {
			const now = performance.now() - start;
			if (now < 1000 * %v && step() < 12000) return setTimeout(look, 20);
			done((step() - from) / now * 1000);
		};
		look();
	})`, text("step"), seconds))
}

// TestPace trains points slowly enough to be watched, slower, and as fast as it goes; the choice is remembered.
func TestPace(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	pace := `document.getElementById("pace").value`
	if got := eval[string](p, pace); got != "400" {
		t.Errorf("points start at the pace %q, want 400", got)
	}
	p.press(" ")
	p.wait(`+` + text("step") + `.replace(",", "") > 20`)
	watch := p.stepsPerSecond(3)
	if watch < 100 || watch > 480 { // a busy machine may fall short
		t.Errorf("%.0f steps a second at a pace of 400", watch)
	}
	if left := eval[string](p, `document.querySelector(".advance .soft").textContent`); left < "20 s" || left > "30 s left" {
		t.Errorf("the time left is told as %q, want some 25 s", left)
	}
	p.choose("pace", "20")
	slow := p.stepsPerSecond(3)
	if slow < 1 || slow > 60 {
		t.Errorf("%.0f steps a second at a pace of 20", slow)
	}
	p.choose("pace", "0")
	full := p.stepsPerSecond(1.5)
	if full < 2*watch {
		t.Errorf("%.0f steps a second at full speed, and %.0f when paced", full, watch)
	}
	t.Logf("steps a second: %.0f, %.0f and %.0f", slow, watch, full)

	p.source("digits")
	p.wait(`document.getElementById("checks")`)
	if got := eval[string](p, pace); got != "0" {
		t.Errorf("images start at the pace %q, want 0 for full speed", got)
	}
	p.choose("pace", "20")
	p.wait(prepared)
	p.written(`desk.document.includes("digits")`)
	eval[bool](p, "globalThis.before = true, location.reload(), true")
	p.wait("!globalThis.before && " + ready)
	p.wait(prepared)
	p.wait(`document.getElementById("checks") && ` + pace + ` == "20"`) // the page comes back with what was on it
	p.source("spiral")
	p.wait(prepared)
	if got := eval[string](p, pace); got != "0" {
		t.Errorf("after a reload points have the pace %q, want the one that was chosen, 0", got)
	}
}

// TestReadout moves the pointer over a finished chart: the values under it are told.
func TestReadout(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.choose("pace", "0")
	p.press(" ")
	p.wait(`+` + text("step") + `.replace(",", "") > 800`)
	p.press(" ")
	p.wait(`document.querySelector("[data-testid='run.play']").getAttribute("aria-label") == "Train"`)
	eval[bool](p, `(() => {
		const plot = document.querySelector("#chart-loss .u-over"), box = plot.getBoundingClientRect();
		plot.dispatchEvent(new MouseEvent("mousemove", {clientX: box.left + box.width / 2, clientY: box.top + 20, bubbles: true}));
		return true;
	})()`)
	p.wait(`[...document.querySelectorAll(".axis-name")].every((e) => /^epoch \d/.test(e.textContent))`)
	p.wait(`[...document.querySelectorAll(".key-value")].every((e) => /\d/.test(e.textContent))`)
	p.screenshot("chart-readout")
}

// TestReadmePicture takes the picture of the README; to renew it, run this test with SCREENSHOTS and copy readme.png.
func TestReadmePicture(t *testing.T) {
	if os.Getenv("SCREENSHOTS") == "" {
		t.Skip("SCREENSHOTS is not set")
	}
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.click(testID("tour-skip"))
	p.press(" ")
	p.wait(`+` + text("step") + `.replace(",", "") > 7400`)
	p.screenshot("readme")
}
