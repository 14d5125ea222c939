//go:build !js

package e2e

import "testing"

// TestSpeedMeter opens the meter while the spiral trains: it tells phases and layers, and closes.
func TestSpeedMeter(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.click(`[data-testid="speed.open"]`)
	p.wait(`document.querySelector(".speed .soft")`) // nothing trains yet
	p.click(`[data-testid="run.play"]`)
	p.wait(`document.querySelectorAll(".speed-table").length == 2`)
	row := func(name string) string {
		return `[...document.querySelectorAll(".speed-table th[scope=row]")].some((th) => th.textContent == "` + name + `")`
	}
	for _, name := range []string{"Forward", "Backward", "Update", "hidden1", "Loss"} {
		if !eval[bool](p, row(name)) {
			t.Errorf("the meter has no line of %s", name)
		}
	}
	p.click(`[data-testid="run.play"]`)
	p.screenshot("speed")
	p.click(`.speed .tool`)
	p.wait(`!document.querySelector(".speed")`)
}
