//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

// The page as people see it.
const (
	// prepared is true once the trainer is ready and has sent its first picture.
	prepared = `["ready", "running", "done"].includes(document.querySelector(".run")?.dataset.phase) && ` + assembled
	// assembled is true once all parts of the stage on show are there.
	assembled = `document.querySelector(".app").dataset.whole == "true"`
	// mapPixels sums the decision map, to see that it is there and that it changes.
	mapPixels = `(() => {
		const c = document.getElementById("plane");
		const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
		let sum = 0;
		for (let i = 0; i < d.length; i += 4) sum = (sum * 31 + d[i] + d[i + 1] * 3 + d[i + 2] * 7) % 1000003;
		return sum;
	})()`
)

func text(id string) string {
	return fmt.Sprintf(`document.querySelector("[data-testid='%s']").textContent`, id)
}

// responsive looks at the time since the last look at long tasks. A machine that is busy elsewhere lengthens any task, so
// those over 50 ms are only reported. What is asked for is a share of processor time: a page that trained on its own thread
// would need all there is, and one that leaves it to the worker needs less than half. Measured were 5 to 30 parts in a hundred.
func (p *page) responsive() {
	p.t.Helper()
	for _, task := range p.longTasks() {
		p.t.Logf("the page was busy for %.0f ms while training", task.Duration)
	}
	all, work := eval[float64](p, "performance.now() - testLooked")/1000, p.worked-p.before
	p.t.Logf("the page worked for %.2f of %.2f s of training", work, all)
	if work > all/2 {
		p.t.Errorf("the page worked for %.2f of %.2f s of training, want at most half", work, all)
	}
}

// TestSpiral is a first visit: the picture is there before anything is pressed, training changes it, and a reset brings
// it back.
func TestSpiral(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.wait(mapPixels + " != 0")
	before := eval[int](p, mapPixels)
	p.screenshot("spiral-ready")
	p.choose("pace", "0")

	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)
	p.click(testID("run.play"))
	p.wait(`+` + text("step") + `.replace(",", "") > 500`)
	p.longTasks()
	p.wait(`+` + text("step") + `.replace(",", "") > 7000`)
	p.responsive()
	p.screenshot("spiral-training")
	p.click(testID("run.play"))
	p.wait(`document.querySelector("[data-testid='run.play']").getAttribute("aria-label") == "Train"`)
	if eval[int](p, mapPixels) == before {
		t.Error("the decision map has not changed")
	}
	p.screenshot("spiral-trained")
	p.click(testID("run.reset"))
	p.wait(text("step") + ` == "0"`)
	p.wait(fmt.Sprintf("%s == %d", mapPixels, before))
}
