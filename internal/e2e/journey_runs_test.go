//go:build !js

package e2e

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"descent/internal/cli"

	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	// safe is the latest step that is safe; 0 for none.
	safe = `Number(document.querySelector("[data-testid=saved]")?.dataset.step ?? 0)`
	// step is where training stands.
	step = `Number(document.querySelector("[data-testid=step]").textContent.replaceAll(",", ""))`
	rows = `document.querySelectorAll("[data-testid=run-row]").length`
)

// crash ends the tab's process, as the system does when memory is short: nothing in it hears of that.
func (p *page) crash() {
	go chromedp.Do(p.ctx, call(pagecmd.Crash.Method, nil)) // it is not answered
	time.Sleep(300 * time.Millisecond)
	p.gone()
}

// settled waits for the page and its trainer.
func (p *page) settled() {
	p.t.Helper()
	p.wait(ready)
	p.wait(prepared)
}

// trained trains for a moment, and until that is safe.
func (p *page) trained() {
	p.t.Helper()
	was := eval[int](p, step)
	p.click(testID("run.play"))
	p.wait(step + " > " + strconv.Itoa(was+100))
	p.click(testID("run.play"))
	p.wait(`document.querySelector(".advance-phase").textContent.includes("paused")`)
	time.Sleep(200 * time.Millisecond) // the last step may be shown after that
	p.wait(safe + " == " + step)
}

// home is a tab that only keeps the profile, so that others may come and go.
func home(t *testing.T) *page {
	p := open(t, serve(t).URL, view{path: "/web/icon.svg"})
	p.expect("favicon") // which the browser asks for beside a picture
	return p
}

// TestKilledTabs kills the tab while it trains, again and again: each time the run comes back with its curves and
// weights, and at the end it is where a run ends that nobody has killed. KILLS says how often; 20 takes minutes.
func TestKilledTabs(t *testing.T) {
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		kills = n
	}
	const last = `[...document.querySelectorAll("[data-testid=loss] .pair > span")].map((e) => e.textContent).join(" ")`
	finish := func(p *page) string {
		p.choose("pace", "0")
		p.click(testID("run.play"))
		p.waitFor(`document.querySelector(".app").textContent.includes("finished")`, 2*time.Minute)
		return eval[string](p, last)
	}
	whole := open(t, serve(t).URL, view{})
	whole.settled()
	want := finish(whole)
	whole.gone()

	at := home(t)
	var before, reached, lost int
	for kill := range kills {
		p := at.beside(view{})
		p.settled()
		if kill > 0 {
			p.wait(`document.querySelector("[data-testid=bar-recovered]")`)
			now := eval[int](p, step)
			if now < before {
				t.Fatalf("after %d kills the run is back at step %d, and %d was safe", kill, now, before)
			}
			lost = max(lost, reached-now)
			if now := eval[string](p, last); len(now) < 7 {
				t.Fatalf("after %d kills the losses are %q", kill, now)
			}
		}
		p.choose("pace", "20")
		p.click(testID("run.play"))
		p.wait(safe + " > " + strconv.Itoa(before))
		time.Sleep(time.Duration(kill%5) * 900 * time.Millisecond) // at any time between two checkpoints
		before, reached = eval[int](p, safe), eval[int](p, step)
		p.crash()
	}
	p := at.beside(view{})
	p.settled()
	p.wait(step + " >= " + strconv.Itoa(before))
	p.stage("runs")
	p.wait(rows + " == 1")
	p.stage("train")
	if got := finish(p); got != want {
		t.Errorf("after %d kills the run ends at losses of %s, and at %s when nobody kills it", kills, got, want)
	}
	t.Logf("%d kills, and at most %d steps were lost, of 20 a second", kills, lost)
}

// TestKilledTrainer kills the trainer instead: it starts again from the latest checkpoint.
func TestKilledTrainer(t *testing.T) {
	p := open(t, serve(t).URL, view{script: workers})
	p.settled()
	p.trained()
	was := eval[int](p, step)
	p.expect("worker|Go program|exit code")
	eval[bool](p, `testWorkers[0].postMessage("this is no command"), true`)
	p.wait(`document.querySelector("[data-testid=bar-dead]")`)
	p.click(testID("restart"))
	p.wait(prepared)
	p.wait(step + " == " + strconv.Itoa(was))
	p.click(testID("run.step"))
	p.wait(step + " == " + strconv.Itoa(was+1))
}

// TestHiddenTab trains on while the page is hidden, and is saved at once when it is.
func TestHiddenTab(t *testing.T) {
	p := open(t, serve(t).URL, view{script: `let hiddenNow = false;
		Object.defineProperty(Document.prototype, "hidden", {get() { return hiddenNow; }});
		globalThis.hide = (on) => { hiddenNow = on; document.dispatchEvent(new Event("visibilitychange")); return true; };`})
	p.settled()
	p.click(testID("run.play"))
	p.wait(step + " > 20")
	eval[bool](p, "hide(true)")
	time.Sleep(time.Second)
	was := eval[int](p, step)
	time.Sleep(3 * time.Second)
	if now := eval[int](p, step); now != was {
		t.Errorf("a hidden page is drawn: step %d, then %d", was, now)
	}
	eval[bool](p, "hide(false)")
	p.wait(step + " > " + strconv.Itoa(was+100)) // 400 a second
	p.wait(safe + " > 0")
}

// TestRuns is the stage of runs: two trainings, named, starred, sorted, compared, copied, deleted and had back, with the
// keyboard as well.
func TestRuns(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.settled()
	p.stage("runs")
	p.wait(`document.querySelector(".runs-empty")`)
	p.screenshot("runs-empty")
	p.stage("train")
	p.trained()
	first := eval[int](p, step)
	p.stage("runs")
	p.wait(rows + " == 1")
	p.click(chromedp.CSS(`button[aria-label="Name of Spiral 1"]`))
	p.wait(`document.activeElement.id == "run-name"`)
	p.press("Slow" + kb.Enter)
	p.wait(text("run-name") + ` == "Slow"`)
	p.click(chromedp.CSS(`button[aria-label="Star Slow"]`))
	p.wait(`document.querySelector(".star").getAttribute("aria-pressed") == "true"`)

	// Another learning rate from the start is another run.
	p.stage("train")
	p.click(testID("run.reset"))
	p.wait(step + " == 0")
	eval[bool](p, `(() => {
		const input = document.getElementById("set-train-optimizer-lr");
		input.value = "0.02";
		input.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`)
	p.wait(prepared)
	p.trained()
	p.stage("runs")
	p.wait(rows + " == 2")
	p.wait(`document.querySelector("[data-testid=run-row][data-current=yes]").textContent.includes("Spiral 1")`)
	for range 2 {
		p.press(kb.Tab)
	}
	eval[bool](p, `[...document.querySelectorAll(".runs-mark input")].forEach((e) => e.click()), true`)
	p.wait(`document.querySelector("[data-testid=comparison]")`)
	p.wait(`[...document.querySelectorAll(".compare-table tr[data-differs=yes]")].some((r) =>
		r.textContent.includes("train.optimizer.lr") && r.textContent.includes("0.003") && r.textContent.includes("0.02"))`)
	p.wait(`document.querySelector("#chart-runs canvas")`)
	p.screenshot("runs-compared")

	// By keyboard: sort by name, filter, open the details.
	eval[bool](p, `document.querySelector("[data-testid=sort-name]").focus(), true`)
	p.press(kb.Enter)
	p.wait(`document.querySelector("th.runs-name").ariaSort == "ascending" && document.querySelector("[data-testid=run-name]").textContent == "Slow"`)
	p.focus("#runs-query")
	p.press("slow")
	p.wait(rows + " == 1")
	eval[bool](p, `document.querySelector("[data-testid=run-details]").focus(), true`)
	p.press(kb.Enter)
	p.wait(`document.querySelector("[data-testid=run-resume]")`)
	p.screenshot("runs-details")

	// What is saved is what was trained.
	eval[bool](p, `(() => {
		globalThis.saved = [];
		URL.createObjectURL = (b) => { saved.push(b); return "blob:" + location.origin + "/none"; };
		HTMLAnchorElement.prototype.click = function () { saved.at(-1).filename = this.download; };
		return true;
	})()`)
	p.click(testID("run-metrics"))
	p.wait(`saved.length == 1 && saved[0].filename == "Slow.csv"`)
	if table := eval[string](p, `saved[0].text()`); len(table) < 500 || table[:5] != "step," {
		t.Errorf("the metrics are %q", table)
	}
	p.click(testID("run-weights"))
	p.wait(`saved.length == 2 && saved[1].filename == "Slow.safetensors"`)
	p.click(testID("run-save"))
	p.wait(`saved.length == 3 && saved[2].filename == "Slow.run.safetensors"`)
	sizes := eval[[]int](p, `saved.map((b) => b.size)`)
	if sizes[1] < 4*354 || sizes[1] > sizes[2] || sizes[2] < 3*4*354 {
		t.Errorf("the weights have %d bytes, and the run %d", sizes[1], sizes[2])
	}
	file := filepath.Join(t.TempDir(), "Slow.run.safetensors")
	whole, err := base64.StdEncoding.DecodeString(eval[string](p, `saved[2].arrayBuffer().then((b) => btoa(String.fromCharCode(...new Uint8Array(b))))`))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}

	// Go on with it, where it stopped.
	p.click(testID("run-resume"))
	p.wait(step + " == " + strconv.Itoa(first))
	p.click(testID("run.step"))
	p.wait(step + " == " + strconv.Itoa(first+1))
	p.stage("runs")
	p.wait(rows + " == 1") // the filter is as it was
	eval[bool](p, `(() => { const q = document.getElementById("runs-query"); q.value = ""; q.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
	p.wait(rows + " == 2")

	// Delete the other, and have it back.
	eval[bool](p, `[...document.querySelectorAll("[data-testid=run-row]")].find((r) => r.dataset.current == "no").querySelector("[data-testid=run-details]").click(), true`)
	p.wait(`document.querySelector("[data-testid=run-delete]:not([disabled])")`)
	p.click(testID("run-delete"))
	p.wait(rows + " == 1")
	p.screenshot("runs-deleted")
	p.click(testID("undelete"))
	p.wait(rows + " == 2")

	// A copy with its weights begins with them.
	eval[bool](p, `[...document.querySelectorAll("[data-testid=run-row]")].find((r) => r.dataset.current == "yes").querySelector("[data-testid=run-details]").click(), true`)
	p.wait(`document.querySelector("[data-testid=run-branch-weights]:not([disabled])")`)
	p.click(testID("run-branch-weights"))
	p.wait(`document.querySelector("[data-testid=pane-train]").getAttribute("aria-current") == "page"`)
	p.wait(prepared)
	p.wait(step + " == 0")
	p.click(testID("run.step"))
	p.wait(step + " == 1")

	// The file opens elsewhere, on a phone, in Chinese and dark.
	q := open(t, p.origin, view{width: 390, height: 844, mobile: true, scheme: "dark", lang: "zh-CN"})
	q.settled()
	q.stage("runs")
	q.wait(`document.getElementById("run-file")`)
	q.do("choosing the run", chromedp.SetUploadFiles(chromedp.CSS("#run-file"), []string{file}))
	q.wait(`document.querySelector("[data-testid=pane-train]").getAttribute("aria-current") == "page"`)
	q.wait(prepared)
	q.wait(step + " == " + strconv.Itoa(first))
	q.stage("runs")
	q.wait(rows + " == 1")
	q.screenshot("runs-390-dark-zh")
	q.accessible()
	q.wait("document.documentElement.scrollWidth <= innerWidth")
	var out, errs bytes.Buffer
	if code := cli.Run(t.Context(), []string{"train", "--resume", file, "--set", "train.steps=" + strconv.Itoa(first+20), "--json"}, &out, &errs); code != 0 {
		t.Errorf("the command line does not go on with it: %d %s %s", code, &out, &errs)
	}
}

// full lets a test fill the disk under the worker: what it writes is then refused, as the browser does it.
const full = `let full = false;
new BroadcastChannel("full").onmessage = (e) => { full = e.data; };
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...args) {
	if (full) throw new DOMException("The disk is full.", "QuotaExceededError");
	return put.apply(this, args);
};
`

// TestNoRoomForRuns takes the room away: the weights of an older run go first; when there are none, the page says so,
// training goes on, and what was saved stays.
func TestNoRoomForRuns(t *testing.T) {
	p := open(t, serveChanged(t, full).URL, view{})
	p.settled()
	p.trained()
	p.click(testID("run.reset"))
	p.wait(step + " == 0")
	p.trained()
	was := eval[int](p, safe)
	eval[bool](p, `globalThis.channel = new BroadcastChannel("full"), channel.postMessage(true), true`)
	p.click(testID("run.play"))
	p.wait(`document.querySelector("[data-testid=bar-freed]")?.textContent.includes("Spiral 1")`)
	p.wait(`document.querySelector("[data-testid=bar-kept-trouble]")?.textContent.includes("no room")`)
	p.screenshot("runs-no-room")
	p.accessible()
	now := eval[int](p, step)
	p.wait(step + " > " + strconv.Itoa(now))
	if got := eval[int](p, safe); got < was {
		t.Errorf("step %d was safe, and now %d is", was, got)
	}
	eval[bool](p, `channel.postMessage(false), true`)
	p.wait(safe + " > " + strconv.Itoa(now))
	p.wait(`!document.querySelector("[data-testid=bar-kept-trouble]")`)
	p.stage("runs")
	p.wait(`[...document.querySelectorAll("[data-testid=run-row]")].some((r) => r.textContent.includes("gone"))`)
}

// TestTwoTabs opens a second tab on a run: it says so and has a copy, and what is trained there is another run.
func TestTwoTabs(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.settled()
	p.trained()
	was := eval[int](p, step)
	p.written(hasRun)
	q := p.beside(view{})
	q.settled()
	q.wait(`document.querySelector("[data-testid=bar-recovered]")?.textContent.includes("Another tab")`)
	q.wait(step + " == " + strconv.Itoa(was))
	q.screenshot("runs-two-tabs")
	q.accessible()
	q.trained()
	q.stage("runs")
	q.wait(rows + " == 2")
	p.click(testID("run.step"))
	p.wait(step + " == " + strconv.Itoa(was+1))
}

// hasRun is true of a desk whose run is known by now.
const hasRun = `desk.run != ""`

// TestNoDatabase is a browser that keeps nothing: the page says so where it matters, and works.
func TestNoDatabase(t *testing.T) {
	p := open(t, serve(t).URL, view{script: `Object.defineProperty(globalThis, "indexedDB", {get() { return undefined; }});`})
	p.settled()
	p.click(testID("run.play"))
	p.wait(step + " > 100")
	p.stage("runs")
	p.wait(`document.querySelector(".runs").textContent.includes("keeps nothing")`)
	p.screenshot("runs-nowhere")
	p.accessible()
}

// TestOwnFileComesBack brings a table, trains on it, and kills the tab: the table is back as well.
func TestOwnFileComesBack(t *testing.T) {
	flowers, err := os.ReadFile(filepath.Join(webDir(t), "data", "iris", "iris.csv"))
	if err != nil {
		t.Skip("the table of flowers could not be fetched here: ", err)
	}
	file := filepath.Join(t.TempDir(), "my flowers.csv")
	if err := os.WriteFile(file, flowers, 0o600); err != nil {
		t.Fatal(err)
	}
	at := home(t)
	p := at.beside(view{})
	p.settled()
	p.bring("own-files", file)
	p.wait(`document.querySelector(".preset-name").textContent == "my flowers"`)
	p.wait(prepared)
	p.stage("train")
	p.trained()
	was := eval[int](p, safe)
	time.Sleep(2 * time.Second) // until the desk and the file are written
	p.crash()
	p = at.beside(view{})
	p.settled()
	p.wait(`document.querySelector(".preset-name").textContent == "my flowers"`)
	p.wait(step + " == " + strconv.Itoa(was))
}
