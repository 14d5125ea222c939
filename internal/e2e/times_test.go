//go:build !js

package e2e

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/web/presets"
)

// listener notes what the trainer tells: the gauge, and where training stands at what time.
const listener = `
globalThis.trained = {gauge: 0, step: 0, at: 0, phase: "", workers: 1, alone: ""};
globalThis.Worker = class extends Worker {
	constructor(...args) {
		super(...args);
		this.addEventListener("message", ({data}) => {
			if (data.kind !== "event") return;
			const e = JSON.parse(data.event);
			if (e.gauged) trained.gauge = e.gauged.flops;
			if (e.stats) Object.assign(trained, {workers: e.stats.workers || 1, alone: e.stats.alone || ""});
			if (e.state) Object.assign(trained, {step: e.state.step || 0, at: performance.now(), phase: e.state.phase});
		});
	}
};`

// TestPresetTimes measures the figures of web/presets/showcase.go: how many steps a second each preset makes in the page,
// for each GFLOPS that the machine was gauged at. It asserts nothing and wants a machine with nothing else to do, so it
// runs only where DESCENT_TIMES names presets, by commas, or "all". DESCENT_TIMES_S is how many seconds each is timed;
// 0 trains them to their end.
func TestPresetTimes(t *testing.T) {
	names := strings.Split(os.Getenv("DESCENT_TIMES"), ",")
	if names[0] == "" {
		t.Skip("set DESCENT_TIMES to measure how long presets take")
	}
	if names[0] == "all" {
		names = presets.Names()
	}
	span, err := strconv.ParseFloat(cmp.Or(os.Getenv("DESCENT_TIMES_S"), "5"), 64)
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, serve(t).URL, view{script: listener})
	p.wait(ready)
	p.wait(prepared)
	p.waitFor(`trained.gauge > 0`, time.Minute)
	gauge := eval[float64](p, "trained.gauge") / 1e9
	t.Logf("gauged at %.2f GFLOPS", gauge)
	eval[bool](p, `(() => { const pace = document.getElementById("pace"); pace.value = "0"; pace.dispatchEvent(new Event("change")); return true })()`)
	type state struct {
		Step, At float64
		Phase    string
		Workers  int
	}
	now := func() state {
		return eval[state](p, `({Step: trained.step, At: trained.at, Phase: trained.phase, Workers: trained.workers})`)
	}
	for _, name := range names {
		if name != "spiral-mlp" { // which is open, and has to be the first
			if file := wants[name]; file != "" && !onSite(file) {
				t.Logf("%s: its data is not on this site", name)
				continue
			}
			eval[bool](p, `trained.step = -1, true`)
			p.preset(name)
			p.wait(`trained.step == 0 && trained.phase == "ready"`)
		}
		p.wait(prepared)
		eval[bool](p, `document.getElementById("preset").click(), true`)
		p.wait(`document.querySelector("#showcase[open] [data-preset]")`)
		said := eval[string](p, `document.querySelector("[data-preset='`+name+`'] .exhibit-facts").textContent`)
		eval[bool](p, `document.getElementById("showcase").close(), true`)
		begun := eval[float64](p, `performance.now()`)
		p.click(testID("run.play"))
		if span == 0 {
			p.waitFor(`trained.phase == "done"`, 10*time.Minute)
			end := now()
			t.Logf("%s: %.1f s for %.0f steps; the gallery said %q", name, (end.At-begun)/1e3, end.Step, said)
			continue
		}
		p.waitFor(fmt.Sprintf(`trained.phase == "done" || performance.now() > %f && trained.alone != "yet"`, begun+1500), time.Minute) // the crew has joined
		// The fastest second counts: what else the machine does only makes it slower. What is over sooner counts whole.
		from, best := now(), 0.0
		to := from
		for end := from.At + 1000*span; to.Phase != "done" && to.At < end; {
			last := to
			p.waitFor(fmt.Sprintf(`trained.phase == "done" || trained.at > %f`, last.At+1000), time.Minute)
			if to = now(); to.At > last.At {
				best = max(best, 1e3*(to.Step-last.Step)/(to.At-last.At))
			}
		}
		if to.At-from.At < 500 {
			best = 1e3 * to.Step / (to.At - begun)
		}
		t.Logf("%s: Speed: %.3g, // %.4g steps a second, %d workers, %.0f steps, %s", name, best/gauge, best, to.Workers, to.Step, to.Phase)
		if to.Phase != "done" {
			p.click(testID("run.play"))
			p.wait(`trained.phase != "running"`)
		}
	}
}
