//go:build !js

package e2e

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"descent/ml/data"
	"descent/ml/session"
	"descent/web/presets"
)

// The worker is driven here by its protocol alone, without the page around it.

// driver starts a worker, sends it commands once it has said hello, acknowledges views, and keeps its events until one
// of them satisfies the condition on ev.
const driver = `(() => {
	globalThis.driven = {events: [], done: false, failure: ""};
	const worker = new Worker("/web/worker.js?v=" + goappGetenv("GOAPP_VERSION"));
	const end = (why) => { worker.terminate(); driven.failure = why; driven.done = true; };
	worker.onerror = (e) => end(e.message);
	worker.onmessage = ({data}) => {
		if (data.kind === "failure") return end(data.message + " " + data.detail);
		driven.events.push(data.event);
		const ev = JSON.parse(data.event);
		if (ev.hello) for (const c of %s) worker.postMessage(JSON.stringify(c));
		if (ev.samples || ev.checks || ev.boundary) worker.postMessage(JSON.stringify({ack: {seq: ev.seq}}));
		if (ev.error || %s) end("");
	};
	return true;
})()`

// drive returns the events of a worker that was sent the commands.
func (p *page) drive(commands []session.Command, until string, limit time.Duration) []session.Event {
	p.t.Helper()
	var list []string
	for i := range commands {
		list = append(list, string(commands[i].Encode()))
	}
	eval[bool](p, fmt.Sprintf(driver, "["+strings.Join(list, ",")+"]", until))
	p.waitFor("driven.done", limit)
	if failure := eval[string](p, "driven.failure"); failure != "" {
		p.t.Fatalf("the worker failed: %s", failure)
	}
	var events []session.Event
	for _, text := range eval[[]string](p, "driven.events") {
		e, err := session.DecodeEvent([]byte(text))
		if err != nil {
			p.t.Fatal(err)
		}
		if e.Error != nil {
			p.t.Fatalf("the worker says %+v", *e.Error)
		}
		events = append(events, e)
	}
	return events
}

func points(events []session.Event) (all []session.Point) {
	for _, e := range events {
		all = append(all, e.Points...)
	}
	return all
}

func preset(t *testing.T, name string, replace ...string) string {
	text, ok := presets.Text(name)
	if !ok {
		t.Fatalf("there is no preset %s", name)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(text), replace[i]) {
			t.Fatalf("%s has no %q", name, replace[i])
		}
	}
	return strings.NewReplacer(replace...).Replace(string(text))
}

// TestBrowserAgreesWithNative trains here and in Chromium: the spiral for 200 steps, and nanoGPT's model for 20 on a text
// that is made here. A browser has no fused multiply-add, so the curves are not the same bits; they must agree within a
// thousandth.
func TestBrowserAgreesWithNative(t *testing.T) {
	var text strings.Builder
	for i := range 30 {
		for j := range 30 {
			fmt.Fprintf(&text, "%d times %d is %d.\\n", i, j, i*j)
		}
	}
	gpt := preset(t, "nanogpt-cpu", `"type": "text", "file": "tinyshakespeare.txt"`, `"type": "pasted_text", "text": "`+text.String()+`"`)
	for _, c := range []struct {
		name, document string
		steps, points  int // and how many points of the curves there are at least
	}{
		{"spiral-mlp", preset(t, "spiral-mlp"), 200, 25},
		{"nanogpt-cpu", gpt, 20, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			commands := []session.Command{{Open: &session.Open{Experiment: c.document}}, {Run: &session.Run{Steps: c.steps}}}
			p := open(t, serve(t).URL, view{})
			p.wait(ready)
			browser := points(p.drive(commands, fmt.Sprintf(`ev.state?.phase === "ready" && ev.state.step === %d`, c.steps), 3*time.Minute))

			var events []session.Event
			s := session.New(nil, func(e *session.Event, _ [][]byte) { events = append(events, *e) })
			for _, c := range commands {
				s.Do(c)
			}
			for s.Work(time.Second) != session.Idle {
			}
			native := points(events)
			if len(native) < c.points || len(browser) != len(native) {
				t.Fatalf("%d points in the browser, %d here", len(browser), len(native))
			}
			worst := 0.0
			for i, n := range native {
				b := browser[i]
				if b.Step != n.Step || b.Curve != n.Curve {
					t.Fatalf("point %d is %+v in the browser, %+v here", i, b, n)
				}
				worst = math.Max(worst, math.Abs(b.Loss-n.Loss)/n.Loss)
			}
			last := native[len(native)-1]
			t.Logf("%d points, the farthest apart by %.2g; the last is %.6f", len(native), worst, last.Loss)
			if worst > 1e-3 {
				t.Errorf("the loss differs by %.2g, more than a thousandth", worst)
			}
		})
	}
}

// TestDataSources opens every source in the catalogue in the browser, but those that want a person's file.
func TestDataSources(t *testing.T) {
	p := open(t, serve(t).URL, view{})
	p.wait(ready)
	for _, info := range data.Sources() {
		name := "spiral-mlp"
		replace := []string{`"source": "spiral"`, fmt.Sprintf(`"source": %q`, info.Type)}
		meta, doc := info.New().Meta(), ""
		switch {
		case !meta.Known():
			continue
		case meta.Tokens > 0:
			doc = ofTokens(info)
		case info.Type == "fashion_mnist" && !onSite("data/fashion-mnist"):
			continue // not every machine has it
		case len(meta.X) == 3:
			name = "keras-convnet"
			replace = []string{`"source": "mnist"`, fmt.Sprintf(`"source": %q`, info.Type), `"train": 54000, "validation": 6000`, `"train": 100, "validation": 100`}
		case len(meta.Classes) > 2:
			replace = append(replace, `"units": 2, "activation": "softmax"`, fmt.Sprintf(`"units": %d, "activation": "softmax"`, len(meta.Classes)))
		case meta.Classes == nil:
			if len(meta.X) == 2 {
				replace = append(replace, `"nodes": [`, `"nodes": [{"id": "flat", "type": "flatten"}, `)
			}
			replace = append(replace, `"cross_entropy"`, `"mse"`, `"units": 2, "activation": "softmax"`, `"units": 1`)
		}
		if doc == "" {
			doc = preset(t, name, replace...)
		}
		events := p.drive([]session.Command{
			{Watch: &session.Watch{Samples: 4, Checks: 4, Boundary: 8, Low: -6, Side: 12}},
			{Open: &session.Open{Experiment: doc}},
			{Run: &session.Run{Steps: 2}},
		}, `ev.state?.step === 2 && ev.state.phase === "ready"`, time.Minute)
		seen := 0
		for _, e := range events {
			if e.Samples != nil {
				seen = e.Samples.Count
			}
		}
		if len(points(events)) < 2 || seen != 4 {
			t.Errorf("%s: %d points, %d samples shown", info.Type, len(points(events)), seen)
		}
	}
}

// onSite reports whether the site under test has a file or folder.
func onSite(name string) bool {
	_, err := os.Stat(filepath.Join(os.Getenv("DESCENT_WEB"), filepath.FromSlash(name)))
	return err == nil
}
