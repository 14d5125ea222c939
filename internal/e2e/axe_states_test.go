//go:build !js

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	pagecmd "github.com/chromedp/cdproto/page"
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
			p.tap("run.reset")
			p.wait(step + " == 0")
			p.setRate("10")
			p.wait(prepared)
			p.choose("pace", "0")
			p.tap("run.play")
			p.wait(diverged)
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

func onTable() []moment {
	return []moment{
		{"data", func(p *page) {
			p.tap("tour-skip")
			p.source("iris")
			p.wait(prepared)
			p.goes("data")
			p.seen(".found-table")
			p.tap("sort-3")
		}},
		{"none", func(p *page) { p.slides("#find-text", "nobody"); p.seen(".found .empty button") }},
		{"prepare", func(p *page) {
			p.tapOn(".found .empty button")
			p.tap("data-prepare")
			p.seen("[data-stage]")
			p.unfolds()
		}},
		{"train", func(p *page) { p.trainsOut("20") }},
		{"looks", func(p *page) { p.tap("look-open"); p.wait(canvasInk("bars") + " > 500") }},
		{"evaluate", func(p *page) {
			p.goes("evaluate")
			p.seen(".matrix .cell")
			p.tap("importance-ask")
			p.wait(`document.querySelectorAll("[data-testid=importances] li").length == 4`)
		}},
		{"row", func(p *page) { p.tap("try-sample"); p.seen("[data-testid=try-answer]") }},
		{"seal", func(p *page) { p.tap("seal-ask"); p.seen("[data-testid=seal-keep]") }},
		{"opened", func(p *page) {
			p.tap("seal-open")
			p.wait(`document.querySelector("[data-testid=seal]").dataset.opened == "true"`)
		}},
	}
}

func onValues() []moment {
	return []moment{
		{"train", func(p *page) { p.tap("tour-skip"); p.source("reg_plane"); p.wait(prepared); p.stays(50) }},
		{"evaluate", func(p *page) { p.goes("evaluate"); p.wait(canvasInk("residuals") + " > 200") }},
		{"data", func(p *page) { p.goes("data"); p.wait(canvasInk("found-points") + " > 300") }},
	}
}

func onTexts() []moment {
	return []moment{
		{"import", func(p *page) {
			p.tap("tour-skip")
			p.goes("data")
			p.tapOn("[data-source=pasted_text] input")
			p.seen(".found .text-of")
		}},
		{"prepare", func(p *page) { p.tap("data-prepare"); p.wait(prepared); p.unfolds() }},
		{"train", func(p *page) {
			p.preset("gpt-names")
			p.goes("train")
			p.wait(prepared)
			p.stays(3)
			p.seen(".written-sample")
		}},
		{"writing", func(p *page) {
			p.goes("evaluate")
			p.change("write-tokens", "20")
			p.write()
		}},
		{"attention", func(p *page) { p.tap("tab-attention"); p.wait(canvasInk("attention") + " > 300") }},
		{"space", func(p *page) { p.tap("tab-table"); p.wait(canvasInk("space") + " > 100"); p.tap("solid") }},
		{"vocabulary", func(p *page) { p.tap("tab-vocabulary"); p.seen("[data-testid=vocabulary] tbody tr") }},
		{"layers", func(p *page) { p.tap("tab-layers"); p.seen("#zoom") }},
	}
}

func onTasks() []moment {
	return []moment{
		{"train", func(p *page) {
			p.tap("tour-skip")
			p.preset("parity-lstm")
			p.wait(prepared)
			p.goes("train")
			p.stays(10)
		}},
		{"data", func(p *page) { p.goes("data"); p.seen(".found .text-of") }},
		{"evaluate", func(p *page) { p.goes("evaluate"); p.seen("[data-testid=measured-on]") }},
		{"states", func(p *page) { p.tap("tab-states"); p.seen("#states-said") }},
	}
}

func onOwn() []moment {
	return []moment{
		{"draw", func(p *page) { p.tap("tour-skip"); p.goes("data"); p.tap("make-own"); p.seen("#sketch") }},
		{"drawn", func(p *page) {
			for i, line := range []string{"[.5,.15,.8,.5,.5,.85,.2,.5,.5,.15]", "[.55,.1,.45,.9]"} {
				p.tap(fmt.Sprintf("class-%d", i))
				for k := range 3 {
					eval[bool](p, strokes("sketch", k, line))
					p.tap("make-add")
					p.wait(fmt.Sprintf(`document.querySelector("[data-testid=made-%d]").textContent.includes("%d")`, i, k+1))
				}
			}
		}},
		{"camera", func(p *page) {
			p.may("granted")
			p.tap("make-film")
			p.tap("camera-on")
			p.wait(`document.getElementById("camera")?.videoWidth > 0`)
		}},
		{"denied", func(p *page) {
			p.may("denied")
			p.tap("make-draw")
			p.seen("#sketch")
			p.tap("make-film")
			p.tap("camera-on")
			p.wait(`document.querySelector(".finder-off p")?.textContent.length > 10`)
		}},
	}
}

func onPhone(t *testing.T) []moment {
	file := verse(t)
	return []moment{
		{"tour", func(p *page) { p.seen(".tour") }},
		{"train", func(p *page) { p.tap("tour-skip"); p.stays(50) }},
		{"data", func(p *page) { p.goes("data"); p.seen("[data-source]") }},
		{"model", func(p *page) { p.goes("model"); p.tapOn("[data-node=hidden1]"); p.seen("#node-name") }},
		{"program", func(p *page) { p.tapOn("[data-tab=keras]"); p.seen(".program") }},
		{"palette", func(p *page) {
			p.tapOn("[data-tab=graph]")
			p.tap("add-layer")
			p.wait(`document.getElementById("palette").open`)
		}},
		{"evaluate", func(p *page) { p.escapes("palette"); p.goes("evaluate"); p.seen(".matrix .cell") }},
		{"runs", func(p *page) { p.goes("runs"); p.wait(rows + " == 1"); p.tap("run-details"); p.seen(".run-actions") }},
		{"meter", func(p *page) { p.goes("train"); p.tap("speed.open"); p.seen(".speed") }},
		{"looks", func(p *page) {
			p.tapOn(".speed .tool")
			p.tap("look-open")
			p.seen(".inside .value-name")
		}},
		{"diverged", func(p *page) {
			p.tap("look-open")
			p.tap("run.reset")
			p.wait(step + " == 0")
			p.setRate("10")
			p.wait(prepared)
			p.choose("pace", "0")
			p.tap("run.play")
			p.wait(diverged)
		}},
		{"attention", func(p *page) {
			p.goes("data")
			p.bring("own-files", file)
			p.seen("[data-testid=data-look]")
			p.wait(prepared)
			p.goes("evaluate")
			p.tap("tab-attention")
			p.wait(canvasInk("attention") + " > 300")
			eval[bool](p, `document.querySelector(".inside").scrollIntoView(), true`)
		}},
	}
}
