//go:build !js

package e2e

import "testing"

// hello starts a worker as the page does and returns the name of its kernels.
const hello = `new Promise((resolve) => {
	const worker = new Worker("/web/worker.js?v=" + goappGetenv("GOAPP_VERSION"));
	worker.onmessage = ({data}) => { worker.terminate(); resolve(data.event ? JSON.parse(data.event).hello.kernel : data.message); };
	worker.onerror = (e) => resolve("error event: " + e.message);
})`

// TestWorkerTakesItsCompanion checks that the worker computes with the best companion that it can get, and without one
// goes on by itself.
func TestWorkerTakesItsCompanion(t *testing.T) {
	const relaxed, plain = "/web/companion-relaxed.wasm", "/web/companion.wasm"
	for _, c := range []struct {
		missing []string
		want    string
	}{
		{nil, "wasm relaxed simd companion"},
		{[]string{relaxed}, "wasm simd128 companion"},
		{[]string{relaxed, plain}, "wasm simd128"},
	} {
		t.Run(c.want, func(t *testing.T) {
			p := open(t, serveWithout(t, c.missing...).URL, view{})
			if c.missing != nil {
				p.expect("404")
				p.expect("service worker registration failed")
			}
			p.wait(ready)
			if got := eval[string](p, hello); got != c.want {
				t.Errorf("the worker computes with %q, want %q", got, c.want)
			}
		})
	}
}
