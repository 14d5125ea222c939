//go:build !js

package e2e

import (
	"fmt"
	"strings"
	"testing"

	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// setRate types a learning rate into the form.
func (p *page) setRate(rate string) {
	p.t.Helper()
	p.set("set-train-optimizer-lr", rate)
}

// stepsDone waits until so many steps are made.
func (p *page) stepsDone(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`+%s.replaceAll(",", "") >= %d`, text("step"), n))
}

const diverged = `document.querySelector("[data-testid='finding-diverged']")`

// TestDivergence trains with a learning rate of 10: within 20 steps the page says that training diverged, with the
// numbers, and why. One click mends the document and trains anew; the loss comes below that of guessing. Undo brings the
// rate back.
func TestDivergence(t *testing.T) {
	for _, v := range []view{{}, {width: 390, height: 844, lang: "zh-CN", scheme: "dark", mobile: true}} {
		t.Run(v.String(), func(t *testing.T) {
			p := open(t, serve(t).URL, v)
			p.wait(ready)
			p.wait(prepared)
			p.wait(`document.getElementById("set-train-optimizer-lr")`)
			p.setRate("10")
			p.wait(prepared)
			for i := range 20 {
				p.click(testID("run.step"))
				p.wait(fmt.Sprintf(`%s == "%d"`, text("step"), i+1))
			}
			p.wait(diverged)
			said := eval[string](p, diverged+`.textContent`)
			undo, want := "Undo", []string{"diverged", "The loss went up instead of down: from 0.738", "learning rate 10", "Set the learning rate to 0.001"}
			if v.lang != "" {
				undo, want = "撤销", []string{"训练发散了", "损失不降反升", "学习率为 10", "把学习率设为 0.001"}
			}
			for _, w := range want {
				if !strings.Contains(said, w) {
					t.Errorf("the page does not say %q but: %s", w, said)
				}
			}
			eval[bool](p, diverged+`.scrollIntoView({block: "center"}), true`)
			p.screenshot("diverged-" + v.String())

			p.click(testID("fix-usual_rate"))
			p.wait(`!` + diverged)
			p.choose("pace", "0")
			p.stepsDone(3000)
			p.wait(`parseFloat(document.querySelector("[data-testid='loss'] .key-train").textContent) < 0.6`)
			if eval[bool](p, diverged+` != null`) {
				t.Error("after the mend training is still said to diverge")
			}
			if got := eval[string](p, `document.getElementById("set-train-optimizer-lr").value`); got != "0.001" {
				t.Errorf("the learning rate is %s", got)
			}
			p.click(testID("run.play"))
			p.click(chromedp.CSS(fmt.Sprintf("button[title=%q]", undo)))
			p.wait(`document.getElementById("set-train-optimizer-lr").value == "10"`)
		})
	}
}

// TestLiveRate changes the learning rate while training goes on: no step is lost, the page says where it was changed,
// and so does the chart. Undo changes it back, which is a change too. A reset begins without any.
func TestLiveRate(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.wait(`document.getElementById("set-train-optimizer-lr")`)
	p.click(testID("run.play"))
	p.stepsDone(60)
	p.setRate("0.01")
	p.wait(`document.querySelector("[data-testid='changes']")`)
	if got := eval[string](p, text("changes")); !strings.Contains(got, "Learning rate changed at step ") || !strings.Contains(got, "from 0.003 to 0.01") {
		t.Errorf("the page says %q", got)
	}
	at := eval[int](p, `+/step ([\d,]+)/.exec(`+text("changes")+`)[1].replace(",", "")`)
	if at < 60 {
		t.Errorf("changed at step %d, and 60 were done", at)
	}
	p.stepsDone(at + 100)
	if got := eval[string](p, text("rate-now")); !strings.Contains(got, "now 0.01") {
		t.Errorf("the schedule says %q", got)
	}
	p.wait(`[...document.querySelectorAll(".chart-of-inner .key-value")].some((e) => e.textContent == "0.01")`)
	p.screenshot("live-rate")
	p.click(testID("run.play")) // pauses
	p.click(`button[title="Undo"]`)
	p.wait(`document.getElementById("set-train-optimizer-lr").value == "0.003"`)
	p.wait(`document.querySelectorAll("[data-testid='changes'] li").length == 2`)
	p.click(testID("run.reset"))
	p.wait(`!document.querySelector("[data-testid='changes']")`)
}

// TestCharts goes through what can be done with the curves: the axis, smoothing, other metrics, and a part of them by
// keyboard and by pointer.
func TestCharts(t *testing.T) {
	p := open(t, serve(t).URL, view{height: 1400})
	p.wait(ready)
	p.wait(prepared)
	p.choose("pace", "0")
	p.click(testID("run.play"))
	p.stepsDone(2000)
	p.click(testID("run.play"))
	p.wait(`document.querySelector("[data-testid='run.play']").getAttribute("aria-label") == "Train"`)

	canvas := `document.querySelector("#chart-loss canvas").toDataURL()`
	before := eval[string](p, canvas)
	changes := func(what string) {
		t.Helper()
		p.wait(canvas + " != " + fmt.Sprintf("%q", before))
		before = eval[string](p, canvas)
		t.Logf("%s: the chart has changed", what)
	}
	eval[bool](p, `(() => { const s = document.getElementById("smoothing"); s.value = 90; s.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
	p.wait(`document.querySelector(".chart-smooth").textContent == "90 %"`)
	changes("smoothing")
	p.choose("axis", "step")
	p.wait(`[...document.querySelectorAll(".axis-name")].every((e) => e.textContent == "step")`)
	changes("axis")
	p.click(`#log-y`)
	changes("logarithm")

	all := `document.querySelector("[data-testid='zoom.all']").disabled`
	p.focus(`[data-testid="zoom.in"]`)
	p.press(kb.Enter)
	p.wait("!" + all)
	changes("a part by keyboard")
	p.focus(`[data-testid="zoom.right"]`)
	p.press(kb.Enter)
	changes("moved by keyboard")
	p.focus(`[data-testid="zoom.all"]`)
	p.press(kb.Enter)
	p.wait(all)
	changes("all of it")
	eval[bool](p, `(() => {
		const plot = document.querySelector("#chart-loss .u-over"), box = plot.getBoundingClientRect();
		const at = (type, x, to) => to.dispatchEvent(new MouseEvent(type, {clientX: box.left + x * box.width, clientY: box.top + 20, bubbles: true, button: 0, detail: 1, movementX: 100}));
		at("mousemove", 0.2, plot); at("mousedown", 0.2, plot); at("mousemove", 0.6, plot); at("mouseup", 0.6, document);
		return true;
	})()`)
	p.wait("!" + all)
	changes("a part by pointer")
	p.screenshot("charts-zoomed")
	eval[bool](p, `document.querySelector("#chart-loss .u-over").dispatchEvent(new MouseEvent("dblclick", {bubbles: true})), true`)
	p.wait(all)

	p.choose("inner", "ratio")
	p.wait(`/0\.00\d/.test(document.querySelector(".chart-of-inner .key-value").textContent)`)
	p.choose("quality", "f1")
	p.click(testID("run.play"))
	p.stepsDone(2600)
	p.click(testID("run.play"))
	p.wait(`document.querySelector(".chart-of-quality .key-validation + .key-value").textContent.endsWith("%")`)
	p.screenshot("charts")

	eval[bool](p, "globalThis.before = true, location.reload(), true")
	p.wait(`!globalThis.before && document.querySelector(".chart-smooth")?.textContent == "90 %" && document.getElementById("axis").value == "step" &&
		document.getElementById("log-y").checked && !document.getElementById("log-x").checked`)
}

// focus gives an element the focus, as the tabulator does.
func (p *page) focus(selector string) {
	p.t.Helper()
	p.wait(fmt.Sprintf("((e) => e && (e.focus(), true))(document.querySelector(%q))", selector))
}

// TestExport saves a chart as SVG and as PNG, and the numbers as a table.
func TestExport(t *testing.T) {
	p := open(t, serve(t).URL, view{height: 1400})
	p.do("catching files", call(pagecmd.AddScriptToEvaluateOnNewDocument.Method,
		pagecmd.AddScriptToEvaluateOnNewDocumentParams{Source: `globalThis.testFiles = {};
		const blobs = {}, create = URL.createObjectURL;
		URL.createObjectURL = (blob) => { const url = create(blob); blobs[url] = blob; return url; };
		HTMLAnchorElement.prototype.click = function () { if (this.download) testFiles[this.download] = blobs[this.href]; };
		`}))
	eval[bool](p, "globalThis.before = true, location.reload(), true")
	p.wait("!globalThis.before && " + ready)
	p.wait(prepared)
	p.choose("pace", "0")
	p.click(testID("run.play"))
	p.stepsDone(500)
	p.click(testID("run.play"))
	for _, kind := range []string{"svg", "png", "csv"} {
		p.click(`.chart-of-loss .chart-menu > summary`)
		p.click(testID("export-loss-" + kind))
	}
	p.wait(`Object.keys(testFiles).length == 3`)
	if svg := eval[string](p, `testFiles["descent-loss.svg"].text()`); !strings.HasPrefix(svg, "<svg ") || !strings.Contains(svg, "Validation") || strings.Count(svg, "<path") < 10 {
		t.Errorf("the SVG is %.200s", svg)
	}
	if size := eval[int](p, `createImageBitmap(testFiles["descent-loss.png"]).then((b) => b.width * b.height)`); size < 10000 {
		t.Errorf("the PNG has %d pixels", size)
	}
	csv := eval[string](p, `testFiles["descent-metrics.csv"].text()`)
	if lines := strings.Split(csv, "\r\n"); lines[0] != "run,curve,step,epoch,seconds,loss,accuracy,lr,grad_norm,ratio" || len(lines) < 30 || !strings.Contains(csv, ",validation,") {
		t.Errorf("the table is %.300s", csv)
	}
}

// TestVerdict trains to the end: a card says how it went, where the validation was best, and what to try next.
func TestVerdict(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.choose("pace", "0")
	p.wait(`document.getElementById("set-train-epochs")`)
	eval[bool](p, `(() => {
		const field = document.getElementById("set-train-epochs");
		field.value = "40";
		field.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`)
	p.wait(`document.querySelector("[data-testid='epoch']").textContent.includes("40")`)
	p.wait(prepared)
	p.click(testID("run.play"))
	p.wait(`document.querySelector("[data-testid='verdict']")`)
	if got := eval[string](p, text("verdict")); !strings.Contains(got, "best validation was at epoch") {
		t.Errorf("the verdict is %q", got)
	}
	eval[bool](p, `document.querySelector("[data-testid='verdict']").scrollIntoView({block: "center"}), true`)
	p.screenshot("verdict")
	p.click(testID("verdict-fix"))
	p.wait(`!document.querySelector("[data-testid='verdict']")`)
	p.stepsDone(100)
	p.click(`button[title="Undo"]`) // the document was changed
}
