//go:build !js

package e2e

import (
	"reflect"
	"testing"
	"time"

	"descent/ml/session"
)

// TestCrew trains the same steps with one worker and with all that there are: every number must be the same, with
// dropout and augmentation. On a machine with one core nobody can help.
func TestCrew(t *testing.T) {
	document := preset(t, "keras-convnet", `"source": "mnist"`, `"source": {"type": "digits", "samples": 900, "test_samples": 10}`,
		`"train": 54000, "validation": 6000`, `"train": 700, "validation": 200`, `"preprocess"`, `"augment": ["rotate"], "preprocess"`)
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	if cores := eval[int](p, "navigator.hardwareConcurrency"); cores < 2 {
		t.Skip("this machine has one core to give")
	}
	if !eval[bool](p, "crossOriginIsolated") {
		t.Fatal("the page is not isolated, so that its workers cannot share memory")
	}
	// Both measure the validation samples when eight steps are done.
	const measured = `(() => {
		if (ev.state?.phase === "ready" && ev.state.step === 8) worker.postMessage(JSON.stringify({evaluate: {part: "validation"}}));
		return ev.points?.some((p) => p.curve === "validation" && p.step === 8);
	})()`
	alone := p.drive([]session.Command{
		{Open: &session.Open{Experiment: document}},
		{Run: &session.Run{Steps: 8, Alone: true}},
	}, measured, 2*time.Minute)

	// The others join while training goes on; then it begins anew, with all of them from the first step. What comes
	// before the state without a step is of the steps before, which may have been any number, eight too.
	together := p.drive([]session.Command{
		{Open: &session.Open{Experiment: document}},
		{Run: &session.Run{}},
	}, `(() => {
		if (!driven.anew && ev.stats?.workers > 1) {
			driven.anew = true;
			for (const c of [{pause: {}}, {reset: {}}, {run: {steps: 8}}]) worker.postMessage(JSON.stringify(c));
		}
		if (driven.anew && !driven.fresh && ev.state && !ev.state.step) {
			driven.fresh = true;
			driven.events = [];
		}
		return driven.fresh && `+measured+`;
	})()`, 3*time.Minute)
	last := together[len(together)-1]
	for i := len(together) - 1; last.Stats == nil && i >= 0; i-- {
		last.Stats = together[i].Stats
	}
	if last.Stats == nil || last.Stats.Workers < 2 {
		t.Fatalf("the last steps were computed by one worker: %+v", last.Stats)
	}
	want, got := points(alone), points(together)
	for _, run := range [][]session.Point{want, got} { // all but the time is the same
		for i := range run {
			run[i].Seconds = 0
		}
	}
	if len(want) < 2 || !reflect.DeepEqual(got, want) {
		t.Errorf("with %d workers\n%+v\nand alone\n%+v", last.Stats.Workers, got, want)
	}
}
