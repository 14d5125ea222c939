//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

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
			p.diverges()
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
