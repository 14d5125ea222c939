//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

// TestTour follows the tour of a first visit by keyboard, and is not shown it again.
func TestTour(t *testing.T) {
	for _, v := range []view{{}, {width: 390, height: 844, mobile: true, scheme: "dark", lang: "zh-CN"}} {
		t.Run(v.String(), func(t *testing.T) {
			p := open(t, serve(t).URL, v)
			p.wait(ready)
			p.wait(prepared)
			for range 5 {
				p.wait(`document.querySelector(".tour")`)
				p.screenshot("tour-" + v.String() + "-" + eval[string](p, `document.querySelector(".app").dataset.tour`))
				p.wait(assembled)
				at := eval[string](p, `document.querySelector(".app").dataset.tour`)
				eval[bool](p, `document.querySelector("[data-testid=tour-next]").focus(), true`)
				p.press("\r")
				p.wait(fmt.Sprintf(`document.querySelector(".app").dataset.tour != %q`, at))
			}
			p.wait(`!document.querySelector(".tour")`)
			eval[bool](p, `location.reload(), true`)
			p.wait(ready)
			p.wait(prepared)
			if eval[bool](p, `!!document.querySelector(".tour")`) {
				t.Error("who has seen the tour is shown it again")
			}
		})
	}
}

// TestCommands does things by the search for commands, changes a key, and finds an experiment in the gallery.
func TestCommands(t *testing.T) {
	p := open(t, serve(t).URL, view{scheme: "dark"})
	p.wait(ready)
	p.wait(prepared)
	const search = `document.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true})), true`
	eval[bool](p, search)
	p.wait(`document.getElementById("commands").open && document.activeElement.id == "commands-find"`)
	p.screenshot("commands")
	p.press("circle")
	p.wait(`document.querySelectorAll(".command").length == 1`)
	p.press("\r")
	p.wait(`!document.getElementById("commands").open && document.querySelector("[data-source=circle] input").checked`)
	p.wait(prepared)

	p.press("?")
	p.wait(`document.getElementById("help").open`)
	eval[bool](p, `document.querySelector("[data-key=step]").click(), true`)
	p.wait(`document.querySelector("[data-key=step]").getAttribute("aria-pressed") == "true"`)
	p.press("r")
	p.wait(`document.querySelector("#help .wrong")`)
	p.screenshot("keys")
	p.press("n")
	p.wait(`document.querySelector("[data-key=step]").textContent.startsWith("N ")`)
	p.press("\x1b")
	p.wait(`!document.getElementById("help").open`)
	p.press("n")
	p.wait(text("step") + ` == "1"`)
	p.press("5")
	p.wait(`document.querySelector(".app").dataset.pane == "runs"`)

	eval[bool](p, `document.getElementById("preset").click(), true`)
	p.wait(`document.querySelectorAll(".exhibit").length > 20`)
	p.screenshot("showcase")
	p.focus("#showcase-find")
	p.press("verse-like")
	p.wait(`document.querySelector("#showcase [role=status]")`)
	eval[bool](p, `(() => {
		const s = document.getElementById("showcase-find");
		s.value = "parity";
		return s.dispatchEvent(new Event("input", {bubbles: true}));
	})()`)
	p.wait(`document.querySelectorAll(".exhibit").length == 1`)
	eval[bool](p, `document.querySelector(".exhibit").click(), true`)
	p.wait(`document.querySelector(".preset-name").textContent == "Parity with an LSTM"`)
}
