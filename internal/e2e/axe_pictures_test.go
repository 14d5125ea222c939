//go:build !js

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

func walks(t *testing.T) []walk {
	dir := t.TempDir()
	broken := filepath.Join(dir, "quotes.csv")
	if err := os.WriteFile(broken, []byte("name,size\n\"a,1\nb,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []walk{
		{name: "tour", moments: onTour()},
		{name: "points", moments: onPoints(broken)},
		{name: "runs", moments: onRuns()},
		{name: "digits", moments: onDigits()},
		{name: "model", moments: onBuilding()},
		{name: "table", moments: onTable()},
		{name: "values", moments: onValues()},
		{name: "text", moments: onTexts()},
		{name: "tasks", moments: onTasks()},
		{name: "own", moments: onOwn()},
		{name: "missing", served: []string{"/web/data/mnist/train-images-idx3-ubyte.gz"}, expect: "404", moments: []moment{
			{"no-data", func(p *page) { p.tap("tour-skip"); p.preset("keras-convnet"); p.seen("[data-testid=use-digits]") }},
		}},
		{name: "dead", view: view{script: workers}, expect: "worker|Go program|exit code", moments: []moment{
			{"dead", func(p *page) {
				p.tap("tour-skip")
				eval[bool](p, `testWorkers[0].postMessage("this is no command"), true`)
				p.seen("[data-testid=bar-dead]")
			}},
		}},
		{name: "phone", view: view{width: 390, height: 844, mobile: true}, moments: onPhone(t)},
	}
}

func onTour() (all []moment) {
	all = append(all, moment{"1", func(p *page) { p.seen(".tour") }})
	for step := 2; step <= 5; step++ {
		all = append(all, moment{fmt.Sprint(step), func(p *page) {
			p.tap("tour-next")
			p.seen(fmt.Sprintf(".app[data-tour='%d']", step))
		}})
	}
	return all
}

func onPoints(broken string) []moment {
	return []moment{
		{"ready", func(p *page) { p.tap("tour-skip"); p.wait(canvasInk("net") + " > 2000") }},
		{"evaluate-empty", func(p *page) { p.goes("evaluate") }},
		{"runs-empty", func(p *page) { p.goes("runs"); p.seen(".runs-empty") }},
		{"data", func(p *page) { p.goes("data"); p.wait(canvasInk("found-points") + " > 500") }},
		{"sample", func(p *page) {
			p.tapOn("#listed")
			p.tapOn(".found-table .row-of")
			p.seen("[data-testid=sample]")
		}},
		{"prepare", func(p *page) {
			p.tap("data-prepare")
			p.seen("#add-step")
			p.change("add-step", "standardise")
			p.seen(".item")
			p.wait(prepared)
			p.unfolds()
		}},
		{"broken-table", func(p *page) { p.bring("own-files", broken); p.seen("[data-testid=bar-error]") }},
		{"gallery", func(p *page) {
			p.tapOn("#preset")
			p.wait(`document.getElementById("showcase").open && document.querySelectorAll(".exhibit").length > 20`)
		}},
		{"commands", func(p *page) {
			p.escapes("showcase")
			p.holding("k", 2)
			p.wait(`document.getElementById("commands").open && document.activeElement.id == "commands-find"`)
		}},
		{"help", func(p *page) {
			p.escapes("commands")
			p.goes("train")
			p.press("?")
			p.wait(`document.getElementById("help").open`)
		}},
		{"keys", func(p *page) {
			p.tapOn("[data-key=step]")
			p.wait(`document.querySelector("[data-key=step]").getAttribute("aria-pressed") == "true"`)
			p.press("r")
			p.seen("#help .wrong")
		}},
		{"unit", func(p *page) {
			p.press(kb.Escape)
			p.wait(`document.querySelector("[data-key=step]").getAttribute("aria-pressed") == "false"`)
			p.escapes("help")
			p.focus("#net")
			p.press(kb.ArrowRight)
			p.press("e")
			p.wait(`/\d/.test(` + text("net-said") + `)`)
		}},
		{"meter", func(p *page) {
			p.press(kb.Escape)
			p.tap("speed.open")
			p.tap("run.play")
			p.wait(`document.querySelectorAll(".speed-table").length == 2`)
			p.tap("run.play")
			p.wait(prepared)
		}},
		{"running", func(p *page) {
			p.tapOn(".speed .tool")
			p.choose("pace", "20")
			p.tap("run.play")
			p.stepsDone(20)
		}},
		{"changed", func(p *page) { p.setRate("0.01"); p.seen("[data-testid=changes]") }},
		{"unfolded", func(p *page) {
			p.tap("run.play")
			p.wait(prepared)
			p.unfolds()
			eval[bool](p, `document.querySelectorAll(".chart-menu, .table").forEach((d) => d.open = true) ?? true`)
			p.tapOn(".train-form .why")
			p.seen(".hint")
		}},
		{"looks", func(p *page) {
			eval[bool](p, `document.querySelectorAll("details").forEach((d) => d.open = false) ?? true`)
			p.tap("look-open")
			p.seen(".inside .value-name")
		}},
		{"spreads", func(p *page) { p.tap("tab-spreads"); p.wait(canvasInk("spreads") + " > 500") }},
		{"evaluate", func(p *page) { p.goes("evaluate"); p.seen(".matrix .cell"); p.seen(".case") }},
		{"diverged", func(p *page) {
			p.goes("train")
			p.tap("look-open")
			p.diverges()
		}},
		{"mended", func(p *page) { p.tap("fix-usual_rate"); p.wait("!" + diverged); p.wait(prepared) }},
		{"done", func(p *page) { p.trainsOut("15") }},
		{"shared", func(p *page) {
			p.tapOn(".tools .tool:nth-child(4)")
			p.seen(".bar-notice")
		}},
	}
}

func onRuns() []moment {
	return []moment{
		{"one", func(p *page) {
			p.tap("tour-skip")
			p.trained()
			p.goes("runs")
			p.wait(rows + " == 1")
		}},
		{"renaming", func(p *page) { p.tapOn(".run-named .tool"); p.wait(`document.activeElement.id == "run-name"`) }},
		{"compared", func(p *page) {
			p.press(kb.Escape)
			p.goes("train")
			p.tap("run.reset")
			p.wait(step + " == 0")
			p.setRate("0.02")
			p.wait(prepared)
			p.tap("run.play")
			p.stepsDone(100)
			p.tap("run.play")
			p.wait(prepared)
			p.wait(safe + " > 0")
			p.goes("runs")
			p.wait(rows + " == 2")
			eval[bool](p, `[...document.querySelectorAll(".runs-mark input")].forEach((e) => e.click()), true`)
			p.seen("#chart-runs canvas")
		}},
		{"details", func(p *page) {
			p.tapOn("[data-current=no] [data-testid=run-details]")
			p.seen("[data-testid=run-delete]:not([disabled])")
		}},
		{"deleted", func(p *page) { p.tap("run-delete"); p.wait(rows + " == 1"); p.seen("[data-testid=undelete]") }},
		{"recovered", func(p *page) {
			p.tap("undelete")
			p.wait(rows + " == 2")
			p.goes("train")
			p.wait(`new Promise((done) => setTimeout(() => done(true), 1500))`) // until the desk is written
			p.do("reloading", call(pagecmd.Reload.Method, nil))
			p.wait("!globalThis.axe && " + ready)
			p.wait(prepared)
			p.seen("[data-testid=bar-recovered]")
		}},
	}
}

func onDigits() []moment {
	return []moment{
		{"train", func(p *page) {
			p.tap("tour-skip")
			p.document(convnet)
			p.stays(20)
			p.wait(canvasInk("checks") + " > 1000")
		}},
		{"maps", func(p *page) {
			p.tap("look-open")
			p.wait(canvasInk("tiles") + " > 2000")
		}},
		{"filters", func(p *page) {
			p.choose("view-part", "weight")
			p.wait(`document.querySelector(".inside .value-name").textContent.includes(".weight")`)
		}},
		{"histograms", func(p *page) {
			p.tap("tab-spreads")
			p.tap("spread-gradients")
			p.wait(canvasInk("spreads") + " > 500")
		}},
		{"projection", func(p *page) {
			p.tap("tab-projection")
			p.wait(canvasInk("projection") + " > 300")
			p.tap("solid")
			p.seen("[data-testid=turning]")
			p.tap("turning")
		}},
		{"data", func(p *page) { p.goes("data"); p.wait(canvasInk("thumb-0") + " > 100") }},
		{"sample", func(p *page) {
			p.tapOn("#thumbs button:nth-child(2)")
			p.wait(canvasInk("sample-large") + " > 100")
			p.choose("sample-label", "8")
			p.seen("[data-testid=edits]")
			p.wait(prepared)
		}},
		{"prepare", func(p *page) {
			p.tap("data-prepare")
			p.seen("[data-stage]")
			p.choose("add-augment", "rotate")
			p.wait(canvasInk("way-1-0") + " > 50")
		}},
		{"evaluate", func(p *page) {
			p.goes("train")
			p.wait(prepared)
			p.trainsOut("2")
			p.goes("evaluate")
			p.wait(`document.querySelectorAll(".matrix .cell").length == 100 && document.querySelectorAll(".case").length > 0`)
		}},
		{"cell", func(p *page) {
			p.tapOn("#cell-1-1")
			p.wait(`document.getElementById("cell-1-1").getAttribute("aria-selected") == "true"`)
			p.seen(".case")
		}},
		{"case", func(p *page) {
			p.tapOn(".case")
			p.wait(`document.querySelectorAll("[data-testid=case-large] .chances li").length == 10`)
			p.tap("explain")
			p.wait(`document.getElementById("case-lost") && ` + canvasInk("case-lost") + " > 500")
		}},
		{"pad", func(p *page) { eval[bool](p, drawOne); p.seen(".guess-best") }},
	}
}

func onBuilding() []moment {
	return []moment{
		{"graph", func(p *page) { p.tap("tour-skip"); p.document(convnet); p.goes("model"); p.seen("[data-node=conv]") }},
		{"layer", func(p *page) { p.tapOn("[data-node=conv]"); p.seen("#node-name"); p.unfolds() }},
		{"palette", func(p *page) { p.tap("add-layer"); p.wait(`document.getElementById("palette").open`) }},
		{"connecting", func(p *page) {
			p.escapes("palette")
			p.focus("[data-node=pool]")
			p.press("c")
			p.seen(".gnode-linking")
		}},
		{"keras", func(p *page) { p.press(kb.Escape); p.tapOn("[data-tab=keras]"); p.seen(".program") }},
		{"pytorch", func(p *page) { p.tapOn("[data-tab=pytorch]"); p.seen(".program") }},
		{"json", func(p *page) { p.tapOn("[data-tab=json]"); p.seen("#document") }},
		{"broken", func(p *page) {
			p.tapOn("[data-tab=graph]")
			p.tapOn("[data-node=flat]")
			p.focus("[data-node=flat]")
			p.press(kb.Delete)
			p.seen(".gnode-fix")
		}},
		{"syntax", func(p *page) {
			p.tap("editor")
			p.seen("#document")
			p.typeDocument("{\n  \"version\": 1,\n")
			p.seen(".line-broken")
		}},
	}
}

// diverges trains anew with a learning rate of 10, until the page says what came of it.
func (p *page) diverges() {
	p.t.Helper()
	p.tap("run.reset")
	p.wait(step + " == 0")
	p.setRate("10")
	p.wait(prepared)
	p.choose("pace", "0")
	p.tap("run.play")
	p.wait(diverged)
}
