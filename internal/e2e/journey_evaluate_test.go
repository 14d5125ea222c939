//go:build !js

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// percent is the first percentage of an element.
func (p *page) percent(id string) float64 {
	p.t.Helper()
	v, err := strconv.ParseFloat(eval[string](p, text(id)+`.match(/([\d.]+) %/)[1]`), 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// TestOwnFlowers goes the whole way with a table of one's own, as somebody does who has never been here: bring it, train,
// look at what was mistaken and why, try a row, and open the test set once.
func TestOwnFlowers(t *testing.T) {
	flowers, err := os.ReadFile(filepath.Join(webDir(t), "data", "iris", "iris.csv"))
	if err != nil {
		t.Skip("the table of flowers could not be fetched here: ", err)
	}
	file := filepath.Join(t.TempDir(), "iris.csv")
	if err := os.WriteFile(file, flowers, 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.bring("own-files", file)
	p.wait(`document.querySelector(".preset-name").textContent == "iris"`)
	p.wait(prepared)
	p.choose("pace", "0")
	p.click(testID("run.play"))
	p.wait(`document.querySelector(".app").textContent.includes("finished")`)

	// The stage measures the validation samples by itself, and nothing of the test.
	p.stage("evaluate")
	p.wait(text("measured-on") + `.includes("validation samples")`)
	if got := p.percent("metric-accuracy"); got < 85 {
		t.Errorf("%.1f %% of the validation flowers are recognised", got)
	}
	if got := eval[string](p, text("seal-count")); !strings.Contains(got, "Not opened yet") {
		t.Errorf("the seal says %q", got)
	}
	p.screenshot("evaluate-flowers")

	// Which columns matter: the petals do.
	p.click(testID("importance-ask"))
	p.wait(`document.querySelectorAll("[data-testid=importances] li").length == 4`)
	p.wait(`!document.querySelector("[data-testid=importance-ask]").disabled`)
	if first := eval[string](p, `document.querySelector("[data-testid=importances] li").dataset.feature`); !strings.HasPrefix(first, "petal") {
		t.Errorf("the column that matters most is %q", first)
	}

	// A row: a sample, then another with a slider.
	p.click(testID("cases-order"))
	p.wait(`document.querySelectorAll(".case").length > 9`)
	p.click(testID("try-sample"))
	p.wait(`document.querySelector("[data-testid=try-answer]")`)
	before := eval[string](p, `document.querySelector("[data-testid=try-answer]").textContent`)
	for _, slider := range []string{"slide-2", "slide-3"} {
		eval[bool](p, fmt.Sprintf(`(() => {
			const s = document.querySelector("[data-testid=%s]");
			s.value = s.value > 50 ? 5 : 95;
			s.dispatchEvent(new Event("input", {bubbles: true}));
			return true;
		})()`, slider))
	}
	p.wait(fmt.Sprintf(`document.querySelector("[data-testid=try-answer]").textContent != %q`, before))
	p.screenshot("evaluate-row")

	// The test set: asked once more, opened, counted; and the count is there after a reload.
	p.click(testID("seal-ask"))
	p.wait(`document.querySelector("[data-testid=seal-keep]")`)
	p.screenshot("evaluate-seal")
	p.click(testID("seal-keep"))
	p.wait(`document.querySelector("[data-testid=seal-ask]")`)
	p.click(testID("seal-ask"))
	p.wait(`document.querySelector("[data-testid=seal-open]")`)
	p.click(testID("seal-open"))
	p.wait(text("measured-on") + `.includes("30 samples of the opened test set")`)
	if got := p.percent("metric-accuracy"); got < 95 {
		t.Errorf("%.1f %% of the test flowers are recognised", got)
	}
	p.wait(text("seal-count") + `.includes("Opened once")`)
	p.screenshot("evaluate-opened")
}

// TestEvaluateImages looks at the mistakes of a model of images by keyboard alone, and at what one of them rests on.
func TestEvaluateImages(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.source("digits")
	p.change("set-train-epochs", "3") // at once, and Play while the digits are still being drawn
	p.click(testID("run.play"))
	p.wait(`document.querySelector(".app").textContent.includes("finished")`)
	eval[bool](p, `document.querySelector("[data-testid=pane-evaluate]").focus(), document.activeElement.click(), true`)
	p.wait(`document.querySelectorAll(".matrix .cell").length == 100`)
	p.wait(`document.querySelectorAll(".case").length > 0`)

	// The arrow keys move over the matrix, one cell is in the tab order, and Enter opens it.
	eval[bool](p, `document.querySelector(".matrix .cell[tabindex='0']").focus(), true`)
	p.press(kb.ArrowRight)
	p.wait(`document.activeElement.id == "cell-0-1"`)
	p.press(kb.ArrowDown)
	p.wait(`document.activeElement.id == "cell-1-1"`)
	if n := eval[int](p, `document.querySelectorAll(".matrix .cell[tabindex='0']").length`); n != 1 {
		t.Errorf("%d cells are in the tab order", n)
	}
	p.press(kb.Enter)
	p.wait(`document.getElementById("cell-1-1").getAttribute("aria-selected") == "true"`)
	p.wait(fmt.Sprintf(`%s.replaceAll(",", "").includes(" of " + document.getElementById("cell-1-1").textContent.replaceAll(",", ""))`, text("cases-count")))

	// One sample large, with every probability, and what it rests on.
	eval[bool](p, `document.querySelector(".case").focus(), document.activeElement.click(), true`)
	p.wait(`document.querySelectorAll("[data-testid=case-large] .chances li").length == 10`)
	p.wait(canvasInk("case-large") + " > 500")
	eval[bool](p, `document.querySelector("[data-testid=explain]").focus(), document.activeElement.click(), true`)
	p.wait(`document.getElementById("case-lost")`)
	p.wait(canvasInk("case-lost") + " > 500")
	p.screenshot("evaluate-images")

	// The threshold moves the counts of a class.
	p.wait(`document.getElementById("threshold")`)
	was := eval[string](p, text("threshold-recall"))
	eval[bool](p, `(() => {
		const s = document.getElementById("threshold");
		s.value = 99;
		s.dispatchEvent(new Event("input", {bubbles: true}));
		return true;
	})()`)
	p.wait(fmt.Sprintf(`%s != %q`, text("threshold-recall"), was))
	p.wait(canvasInk("roc") + " > 200")
	p.wait(canvasInk("reliability") + " > 200")
}

// TestEvaluateValues looks at a regression, in Chinese on a narrow dark window.
func TestEvaluateValues(t *testing.T) {
	p := open(t, serve(t).URL, view{width: 390, height: 844, scheme: "dark", lang: "zh-CN", mobile: true})
	p.wait(ready)
	p.wait(prepared)
	p.source("reg_plane")
	p.wait(prepared)
	p.stage("evaluate")
	p.wait(canvasInk("told-answered") + " > 200")
	p.wait(canvasInk("residuals") + " > 200")
	p.wait(canvasInk("residuals-answered") + " > 200")
	if got := eval[string](p, text("measured-on")); !strings.Contains(got, "验证样本") {
		t.Errorf("what was measured is told as %q", got)
	}
	p.screenshot("evaluate-values")
	p.accessible()
	if wide := eval[int](p, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("the page is %d pixels wide", wide)
	}
}
