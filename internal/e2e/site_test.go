//go:build !js

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// ready is true once the wasm has replaced the loading screen.
const ready = `document.readyState != "loading" && typeof goappGetenv == "function" && !document.getElementById("app-wasm-loader") && document.querySelector("h1")?.checkVisibility()`

func TestPageLoads(t *testing.T) {
	origin := serve(t).URL
	for _, v := range []view{
		{},
		{scheme: "dark", lang: "zh-CN"},
		{width: 360, height: 740, mobile: true, reducedMotion: true},
	} {
		t.Run(v.String(), func(t *testing.T) {
			p := open(t, origin, v)
			p.wait(ready)
			p.accessible()
			p.screenshot("start-" + v.String())
			if w := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); w > 0 {
				t.Errorf("the page is %d pixels wider than the window", w)
			}
			for _, task := range p.longTasks() {
				t.Logf("the page was busy for %.0f ms after %.0f ms", task.Duration, task.Start)
			}
		})
	}
}

func TestCrossOriginIsolated(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	if !eval[bool](p, `crossOriginIsolated && typeof SharedArrayBuffer === "function"`) {
		t.Error("the page is not cross-origin isolated: workers cannot share memory")
	}
}

// firstMessage starts a worker as the page does and returns the kind of what it says first: the trainer's state, unasked,
// as an event, or why there is no trainer.
const firstMessage = `new Promise((resolve) => {
	const worker = new Worker("/web/worker.js?v=" + goappGetenv("GOAPP_VERSION"));
	worker.onmessage = (e) => { worker.terminate(); resolve(e.data.kind + ": " + (e.data.message || "")); };
	worker.onerror = (e) => resolve("error event: " + e.message);
})`

func TestWorkerStarts(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	if got := eval[string](p, firstMessage); got != "event: " {
		t.Errorf("the worker's first message is %q, want an event", got)
	}
}

// TestWorkerReportsFailure checks that the page hears why there is no trainer, rather than nothing.
func TestWorkerReportsFailure(t *testing.T) {
	p := open(t, serveWithout(t, "/web/worker.wasm").URL, view{})
	p.expect("404")
	p.expect("service worker registration failed")
	p.wait(ready)
	want := "failure: The trainer could not start: worker.wasm: the server answered 404"
	if got := eval[string](p, firstMessage); got != want {
		t.Errorf("the worker's first message is %q, want %q", got, want)
	}
}

// TestOffline visits twice, the second time with the server gone.
func TestOffline(t *testing.T) {
	server := serve(t)
	p := open(t, server.URL, view{})
	p.wait(ready)
	p.wait("navigator.serviceWorker.controller") // it takes control once everything is stored
	p.expect("ERR_CONNECTION_REFUSED")
	p.expect("ERR_INTERNET_DISCONNECTED")
	p.expect("service worker registration failed") // go-app registers anew on each visit; the old one stays

	server.CloseClientConnections()
	server.Close()
	eval[bool](p, "globalThis.before = true")
	eval[bool](p, "location.reload(), true")
	p.wait("!globalThis.before && " + ready)
	if got := eval[string](p, firstMessage); got != "event: " {
		t.Errorf("offline, the worker's first message is %q, want an event", got)
	}
}

// TestReloadShowsNewBuild changes a file as a build would, while the page is open and its service worker in control.
func TestReloadShowsNewBuild(t *testing.T) {
	web := t.TempDir()
	if err := os.CopyFS(web, os.DirFS(webDir(t))); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DESCENT_WEB", web)
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait("navigator.serviceWorker.controller")

	css := filepath.Join(web, "app.css")
	old, err := os.ReadFile(css)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(css, append(old, "\nbody { --build: new; }\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	version := eval[string](p, `goappGetenv("GOAPP_VERSION")`)
	// The server looks at its files once a second.
	p.wait(fmt.Sprintf(`fetch("/app.js", {cache: "no-store"}).then((r) => r.text()).then((script) => script.includes("GOAPP_VERSION") && !script.includes(%q))`, version))
	eval[bool](p, "location.reload(), globalThis.before = true")
	p.waitFor("!globalThis.before && "+ready, 90*time.Second)
	if got := eval[string](p, `getComputedStyle(document.body).getPropertyValue("--build")`); got != "new" {
		t.Errorf("after a build and a reload the style is %q, want the new one", got)
	}
	if eval[string](p, `goappGetenv("GOAPP_VERSION")`) == version {
		t.Error("after a build and a reload the page still has the old version")
	}
	// The new service worker drops the old one's files.
	p.waitFor(`caches.keys().then((keys) => keys.length === 1 && !keys[0].includes("`+version+`"))`, 90*time.Second)
}

// TestServiceWorkerLeavesDataAlone fetches a data file twice, and looks what the service worker has kept.
func TestServiceWorkerLeavesDataAlone(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	p.wait("navigator.serviceWorker.controller")
	p.expect("404") // a build without MNIST has no such file, which is as good here
	eval[int](p, `fetch("/web/data/mnist/t10k-labels-idx1-ubyte.gz").then((r) => r.arrayBuffer()).then((b) => b.byteLength)`)
	kept := eval[[]string](p, `caches.keys()
		.then((keys) => Promise.all(keys.map((k) => caches.open(k).then((c) => c.keys()))))
		.then((lists) => lists.flat().map((r) => new URL(r.url).pathname).filter((path) => path.startsWith("/web/data/")))`)
	if len(kept) != 0 {
		t.Errorf("the service worker keeps %q", kept)
	}
}
