//go:build !js

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/web/presets"

	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// typeDocument replaces the text in the editor.
func (p *page) typeDocument(text string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(() => {
		const area = document.getElementById("document");
		area.value = %q;
		area.dispatchEvent(new Event("input", {bubbles: true}));
		return true;
	})()`, text))
}

// TestBrokenDocument takes the flatten layer out of a convnet: the page says what is wrong and where, and mends it.
func TestBrokenDocument(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait(prepared)
	p.click(testID("editor"))
	p.wait(`document.getElementById("document")?.value.includes("hidden1")`)
	p.screenshot("editor")

	document, _ := presets.Text("keras-convnet")
	broken := strings.Replace(string(document), `      {"id": "flatten", "type": "flatten"},`+"\n", "", 1)
	broken = strings.Replace(broken, `"source": "mnist"`, `"source": "digits"`, 1)
	broken = strings.Replace(broken, `"train": 54000, "validation": 6000`, `"validation": 0.1`, 1)
	p.typeDocument(broken)
	p.wait(`document.querySelector("[data-testid=bar-problems]")?.textContent.includes("dense")`)
	p.wait(`document.querySelector(".line-broken")`)
	p.screenshot("broken")
	if !eval[bool](p, `document.querySelector("[data-testid='run.play']").disabled`) {
		t.Error("a broken experiment can be started")
	}
	p.click(testID("fix-insert_flatten"))
	p.wait(`!document.querySelector("[data-testid=bar-problems]")`)
	p.wait(`document.getElementById("document").value.includes('"type": "flatten"')`)
	p.wait(prepared)
	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)

	p.typeDocument(`{"version": 1,`)
	p.wait(`document.querySelector("[data-testid=bar-problems]")`)
	p.click(testID("editor"))
	p.wait(`!document.getElementById("document")`)
	p.screenshot("broken-picture")
}

// workers lets a test reach the page's workers.
const workers = `globalThis.testWorkers = [];
globalThis.Worker = class extends Worker {
	constructor(...args) { super(...args); testWorkers.push(this); }
};`

// TestWorkerDies makes the trainer panic: the page says so, and starts it again with the same experiment.
func TestWorkerDies(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.do("reaching the workers", call(pagecmd.AddScriptToEvaluateOnNewDocument.Method,
		pagecmd.AddScriptToEvaluateOnNewDocumentParams{Source: workers}))
	eval[bool](p, "globalThis.before = true, location.reload(), true")
	p.wait("!globalThis.before && " + ready)
	p.wait(prepared)
	p.click(testID("run.play"))
	p.wait(`+` + text("step") + `.replace(",", "") > 50`)
	p.expect("worker|Go program|exit code")
	eval[bool](p, `testWorkers[0].postMessage("this is no command"), true`)
	p.wait(`document.querySelector("[data-testid=bar-dead]")`)
	p.screenshot("worker-dead")
	p.click(testID("restart"))
	p.wait(`!document.querySelector("[data-testid=bar-dead]")`)
	p.wait(prepared)
	p.wait(text("step") + ` == "0"`)
	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)
}

// TestMissingData asks for MNIST where there is none: one click takes the drawn digits instead.
func TestMissingData(t *testing.T) {
	p := open(t, serveWithout(t, "/web/data/mnist/train-images-idx3-ubyte.gz").URL, view{})
	p.expect("404")
	p.wait(ready)
	p.wait(prepared)
	p.preset("keras-convnet")
	p.wait(`document.querySelector("[data-testid=use-digits]")`)
	p.screenshot("no-data")
	p.click(testID("use-digits"))
	p.wait(`!document.querySelector("[data-testid=bar-error]")`)
	p.wait(prepared)
	p.stage("data")
	p.wait(canvasInk("thumb-0") + " > 100")
	p.wait(`document.body.textContent.includes("not handwritten")`)
	p.screenshot("no-data-digits")
}

// TestMissingText asks for the sonnets where there are none: one click takes the rhyme that is part of the program. Where
// a text is asked for that only its reader has, another of one's own stands in.
func TestMissingText(t *testing.T) {
	p := open(t, serveWithout(t, "/web/data/text/sonnets.txt").URL, view{})
	p.expect("404")
	p.wait(ready)
	p.wait(prepared)
	p.preset("gpt-sonnets")
	p.wait(`document.querySelector("[data-testid=use-rhyme]")`)
	p.click(testID("use-rhyme"))
	p.wait(`!document.querySelector("[data-testid=bar-error]")`)
	p.wait(prepared)
	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)

	own := filepath.Join(t.TempDir(), "own.txt")
	if err := os.WriteFile(own, []byte(strings.Repeat("A text of one's own takes the place of the one that is missing.\n", 40)), 0o600); err != nil {
		t.Fatal(err)
	}
	p.preset("nanogpt-cpu")
	p.wait(`document.getElementById("file-instead")`)
	p.do("choosing a text", chromedp.SetUploadFiles(chromedp.CSS("#file-instead"), []string{own}))
	p.wait(`!document.querySelector("[data-testid=bar-error]")`)
	p.wait(prepared)
	p.click(testID("run.step"))
	p.wait(text("step") + ` == "1"`)
}

// TestLink opens an experiment from an address, in a page that is in Chinese and dark.
func TestLink(t *testing.T) {
	server := serve(t)
	p := open(t, server.URL, view{lang: "zh-CN", scheme: "dark"})
	p.wait(ready)
	p.wait(prepared)
	if got := eval[string](p, "document.documentElement.lang"); got != "zh-CN" {
		t.Errorf("the page's language is %q", got)
	}
	p.source("digits")
	p.wait(`document.getElementById("checks")`)
	p.wait(prepared)
	p.click(testID("run.play"))
	p.wait(`parseInt(` + text("checks-score") + `.replace(/\D+/, "")) > 30`)
	p.screenshot("digits-dark-zh")
	p.click(`button[title="复制此实验的链接"]`)
	p.wait(`location.hash.startsWith("#v1=")`)
	path := "/" + eval[string](p, "location.hash")

	q := open(t, server.URL, view{path: path})
	q.wait(ready)
	q.wait(`document.getElementById("checks")`)
	q.wait(prepared)
}
