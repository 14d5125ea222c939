//go:build !js

package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// at waits until an element shows a text.
func (p *page) at(testid, text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelector("[data-testid='%s']") && document.querySelector("[data-testid='%s']").textContent.includes(%q)`, testid, testid, text))
}

// TestData looks at samples, corrects some, takes that back, and follows them through preprocessing.
func TestData(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.stage("data")
	p.at("found", "250 found")
	p.at("balance", "Test")
	p.wait(canvasInk("found-points") + " > 500")
	p.screenshot("data-points")

	p.source("digits")
	p.wait(prepared)
	p.wait(canvasInk("thumb-0") + " > 100")
	p.at("found", "10,000 found")
	p.click(testID("part-validation"))
	p.at("found", "2,000 found")
	p.choose("find-class", "4")
	p.at("found", "200 found")
	p.wait(`[...document.querySelectorAll(".sample-label-text")].every((e) => e.textContent == "3")`)
	if eval[bool](p, `!!document.querySelector("button[data-testid=part-test]") || !document.querySelector("[data-testid=sealed]")`) {
		t.Error("the test part can be looked at")
	}

	// A wrong label, and a sample that should not be there.
	p.click(`#thumbs button:nth-child(2)`)
	p.wait(canvasInk("sample-large") + " > 100")
	p.screenshot("data-sample")
	p.choose("sample-label", "8")
	p.at("edits", "1 relabelled, 0 taken out")
	p.at("found", "199 found")
	p.click(`#thumbs button:nth-child(1)`)
	p.wait(`document.querySelector("[data-testid=exclude]")`)
	p.click(testID("exclude"))
	p.at("edits", "1 relabelled, 1 taken out")
	p.at("part-train", "7,999") // the data is loaded again
	p.click(testID("part-removed"))
	p.wait(`document.querySelector("[data-testid=part-removed]").ariaPressed == "true"`)
	p.choose("find-class", "0")
	p.at("found", "1 found")
	p.screenshot("data-corrected")
	p.click(testID("undo-edit"))
	p.at("edits", "1 relabelled, 0 taken out")
	p.clickRole("button", "Drop all")
	p.wait(`!document.querySelector("[data-testid=edits]")`)

}

// TestDataPrepare follows samples through augmentation and preprocessing, and divides them otherwise.
func TestDataPrepare(t *testing.T) {
	p := open(t, serve(t).URL, view{scheme: "dark"})
	p.wait(ready)
	p.wait(prepared)
	p.source("digits")
	p.wait(prepared)
	p.stage("data")
	p.click(testID("data-prepare"))
	p.wait(`document.querySelectorAll("[data-stage]").length == 2`)
	p.choose("add-augment", "rotate")
	p.wait(`document.querySelectorAll("[data-stage]").length == 3`)
	p.wait(canvasInk("way-1-0") + " > 50")
	p.wait(`document.querySelector("[data-stage='data.preprocess[0]'] .was")`) // scaled to 0..1
	before := eval[string](p, `document.getElementById("way-1-0").toDataURL()`)
	p.click(testID("draw-again"))
	p.wait(fmt.Sprintf(`document.getElementById("way-1-0").toDataURL() != %q`, before))
	p.screenshot("data-prepare")

	eval[bool](p, `(() => {
		const s = document.getElementById("split-validation");
		s.value = 10;
		s.dispatchEvent(new Event("input", {bubbles: true}));
		return true;
	})()`)
	p.at("split", "9,000")
}

// TestDataTable looks at a table: sorted, searched, with its columns.
func TestDataTable(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.stage("data")
	p.source("iris")
	p.wait(`document.querySelector(".preset-name").textContent == "iris"`)
	p.wait(prepared)
	p.at("found", "120 found")
	p.at("columns", "petal_length")
	p.click(testID("sort-3"))
	p.wait(`[...document.querySelectorAll(".found-table tbody tr td:nth-child(4)")].every((e, i, all) => !i || +all[i - 1].textContent <= +e.textContent)`)
	p.wait(`document.querySelector(".found-table [aria-sort=ascending]")`)
	p.click("#find-text")
	p.press("virginica")
	p.at("found", "40 found")
	p.screenshot("data-table")
	p.press("zzz")
	p.at("found", "0 found")
	p.clickRole("button", "Show all")
	p.at("found", "120 found")
}

// strokes draws on the pad of own samples: each stroke is places from 0 to 1, in turn x and y, moved a little each time.
func strokes(pad string, jitter int, lines ...string) string {
	return fmt.Sprintf(`(() => {
		const pad = document.getElementById(%q);
		const box = pad.getBoundingClientRect();
		const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, {
			clientX: box.left + x * box.width, clientY: box.top + y * box.height, pointerId: 1, bubbles: true}));
		pad.setPointerCapture = () => {};
		const k = %d, turn = 0.03 * (k %% 5 - 2), wide = 1 + 0.05 * (k %% 3 - 1);
		const place = (x, y) => [0.5 + wide * (x - 0.5) + turn * (y - 0.5), 0.5 + (y - 0.5) - turn * (x - 0.5)];
		for (const line of [%s]) {
			send("pointerdown", ...place(line[0], line[1]));
			for (let i = 2; i < line.length; i += 2)
				for (let s = 1; s <= 8; s++)
					send("pointermove", ...place(line[i - 2] + (line[i] - line[i - 2]) * s / 8, line[i - 1] + (line[i + 1] - line[i - 1]) * s / 8));
			send("pointerup", 0, 0);
		}
		return true;
	})()`, pad, jitter, strings.Join(lines, ","))
}

// TestDataByKeyboard goes through the data stage without a pointer, and draws with the arrow keys.
func TestDataByKeyboard(t *testing.T) {
	p := open(t, serve(t).URL, view{lang: "zh-CN", scheme: "dark", width: 390, height: 844, mobile: true})
	p.wait(ready)
	p.wait(prepared)
	p.stage("data")
	p.source("digits")
	p.wait(prepared)
	focus := func(sel string) { eval[bool](p, fmt.Sprintf(`document.querySelector(%q).focus(), true`, sel)) }
	focus("#data-tab-choose")
	p.press(kb.ArrowRight)
	p.wait(`document.activeElement.id == "data-tab-look" && document.getElementById("thumbs")`)
	p.wait(canvasInk("thumb-0") + " > 100")
	p.screenshot("data-narrow-look")
	p.accessible()
	focus("#thumbs button")
	p.press(kb.ArrowRight)
	p.press(kb.Enter)
	p.wait(`document.querySelector("[data-testid=sample]")`)
	p.press(kb.Delete)
	p.wait(`document.querySelector("[data-testid=edits]")`)
	p.accessible()
	focus("#data-tab-look")
	p.press(kb.ArrowRight)
	p.wait(`document.querySelectorAll("[data-stage]").length > 1`)
	p.screenshot("data-narrow-prepare")
	p.accessible()
	p.press(kb.ArrowRight)
	p.wait(`document.getElementById("sketch")`)
	focus("#sketch")
	p.press("2")
	p.press(" ")
	p.press(kb.ArrowDown)
	p.press(kb.ArrowDown)
	p.press(kb.ArrowRight)
	p.press(kb.Enter)
	p.at("made-1", "1")
	p.screenshot("data-narrow-make")
	p.accessible()
	p.may("denied")
	for _, button := range []string{"make-film", "camera-on"} {
		p.wait(fmt.Sprintf(`document.querySelector("[data-testid=%s]")?.checkVisibility()`, button))
		p.shown()
		focus("[data-testid=" + button + "]")
		p.press("\r")
	}
	p.wait(`document.querySelector(".finder-off [data-testid=camera-on]")`)
	p.wait(`/摄像头/.test(document.querySelector(".finder-off p").textContent)`)
	p.screenshot("data-no-camera")
	p.accessible()
	if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
		t.Errorf("the page is %d pixels wider than the window", w)
	}
}

// TestTroubledFiles brings files that are no use: each is answered in words, and what was there stays.
func TestTroubledFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	huge := file("huge.csv", []byte("a,b\n1,2\n"))
	if err := os.Truncate(huge, 500<<20); err != nil {
		t.Fatal(err)
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"a/1.png", "b/1.png"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(make([]byte, 60<<20))
	}
	z.Close()
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.stage("data")
	for _, c := range []struct{ path, says string }{
		{huge, "huge.csv: it has 500 MB; at most 400 MB are read"},
		{file("quotes.csv", []byte("name,size\n\"a,1\nb,2\n")), "a quote that is opened at line 2 is not closed"},
		{file("bomb.zip", bomb.Bytes()), "times its size; at most 200 times is read"},
		{file("half.zip", bomb.Bytes()[:2000]), "half.zip: it is no zip archive, or a damaged one"},
	} {
		p.bring("own-files", c.path)
		p.at("bar-error", c.says)
		p.screenshot("trouble-" + strings.TrimSuffix(filepath.Base(c.path), filepath.Ext(c.path)))
	}
	p.at("found", "250 found")
	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)
}
