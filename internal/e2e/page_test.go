//go:build !js

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	pagecmd "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for something to happen in the page: long, because CI machines are slow and a test
// that passes does not wait.
const patience = 30 * time.Second

// A view is a page as somebody looks at it. The zero values are a laptop, light, in English.
type view struct {
	path          string // "/"
	width, height int64  // 1280 x 800
	scheme        string // "light"; or "dark"
	lang          string // "en-US"; or "zh-CN"
	reducedMotion bool
	mobile        bool   // touch, and the mobile viewport's rules
	script        string // runs before the page's own
}

func (v view) filled() view {
	if v.path == "" {
		v.path = "/"
	}
	if v.width == 0 {
		v.width, v.height = 1280, 800
	}
	if v.scheme == "" {
		v.scheme = "light"
	}
	if v.lang == "" {
		v.lang = "en-US"
	}
	return v
}

// String names the view for subtests and screenshots.
func (v view) String() string {
	v = v.filled()
	return fmt.Sprintf("%dx%d-%s-%s", v.width, v.height, v.scheme, v.lang)
}

// A page is an open tab. Its test fails at the end on any error in its console and any request to another origin.
type page struct {
	t      testing.TB
	ctx    context.Context
	origin string
	gone   func() // closes the tab

	choosers chan cdp.BackendNodeID // the file inputs that asked for files, where the test answers their dialogues

	before, worked float64 // work at the last but one look at long tasks, and at the last

	mu       sync.Mutex
	problems []string
	expected []*regexp.Regexp
}

// observer runs before the page's own scripts.
const observer = `
globalThis.testLongTasks = [];
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) testLongTasks.push({start: e.startTime, duration: e.duration});
}).observe({type: "longtask", buffered: true});
globalThis.testViolations = [];
document.addEventListener("securitypolicyviolation", (e) => testViolations.push(e.violatedDirective + " " + e.blockedURI));
`

// open shows a page of the site at origin in a fresh profile: no storage, no cache, no service worker.
func open(t testing.TB, origin string, v view) *page {
	t.Helper()
	return openIn(t, browser(t), origin, v, chromedp.WithNewBrowserContext())
}

// beside shows another tab of the same profile.
func (p *page) beside(v view) *page {
	p.t.Helper()
	return openIn(p.t, p.ctx, p.origin, v)
}

func openIn(t testing.TB, within context.Context, origin string, v view, options ...chromedp.ContextOption) *page {
	t.Helper()
	v = v.filled()
	motion := "no-preference"
	if v.reducedMotion {
		motion = "reduce"
	}

	p := &page{t: t, origin: origin, choosers: make(chan cdp.BackendNodeID, 1)}
	ctx, cancel := chromedp.NewContext(within, append(options, chromedp.WithListener(p.listen))...)
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	p.ctx = ctx
	p.gone = func() {
		stop()
		cancel()
	}
	t.Cleanup(func() {
		p.settle()
		p.gone()
	})

	// The first run opens the tab, which lives no longer than the context given here.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	agent := eval[string](p, "navigator.userAgent")
	viewport := []chromedp.EmulateViewportOption{}
	if v.mobile {
		viewport = append(viewport, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.do("opening "+v.path,
		call(emulation.SetUserAgentOverride.Method, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: v.lang}),
		call(performance.Enable.Method, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}),
		call(emulation.SetEmulatedMedia.Method, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: v.scheme},
			{Name: "prefers-reduced-motion", Value: motion},
		}}),
		call(pagecmd.AddScriptToEvaluateOnNewDocument.Method, pagecmd.AddScriptToEvaluateOnNewDocumentParams{Source: observer + v.script}),
		chromedp.EmulateViewport(v.width, v.height, viewport...),
		chromedp.Navigate(origin+v.path),
	)
	return p
}

// call is a protocol command whose answer does not matter.
func call(method string, params any) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		return t.Call(ctx, method, params, nil)
	})
}

func (p *page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v%s", what, err, p.report())
	}
}

// eval returns the value of a JavaScript expression, awaited if it is a promise.
func eval[T any](p *page, js string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v%s", js, err, p.report())
	}
	return v
}

// wait returns once a JavaScript expression is true, awaited if it is a promise.
func (p *page) wait(js string) {
	p.t.Helper()
	p.waitFor(js, patience)
}

func (p *page) waitFor(js string, limit time.Duration) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	for {
		// An error is no answer either: the page may be between two documents.
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("(async () => Boolean(await ("+js+")))()", chromedp.EvalAwaitPromise))
		if ok {
			return
		}
		select {
		case <-ctx.Done():
			p.screenshot("timeout")
			p.t.Fatalf("after %v still not: %s (%v)\nthe page shows: %s%s", limit, js, err,
				eval[string](p, "document.body.innerText"), p.report())
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// shown gives the page time to draw what was just done, so that what is waited for next is not what stood there before.
func (p *page) shown() {
	p.t.Helper()
	eval[bool](p, `Promise.race([
		new Promise((done) => setTimeout(done, 1000)), // a hidden page has no frames
		(async () => { for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame); })(),
	]).then(() => new Promise((done) => setTimeout(done, 50))).then(() => true)`)
}

// testID selects the element with a data-testid.
func testID(id string) chromedp.CSS { return chromedp.CSS(fmt.Sprintf("[data-testid=%q]", id)) }

// click clicks an element as a person would: it waits until the element is visible, and scrolls to it.
func (p *page) click(sel chromedp.CSS) {
	p.t.Helper()
	p.do("clicking "+string(sel), chromedp.Click(sel, chromedp.NodeVisible))
}

// press types keys into whatever has the focus; the package chromedp/kb names the special ones.
func (p *page) press(keys string) {
	p.t.Helper()
	p.do("pressing "+keys, chromedp.KeyEvent(keys))
}

// clickRole clicks what assistive technology calls by this role and name, such as "button", "Play".
func (p *page) clickRole(role, name string) {
	p.t.Helper()
	what := fmt.Sprintf("clicking the %s %q", role, name)
	var node accessibility.Node
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		found := p.queryRole(role, name)
		if len(found) == 1 {
			node = *found[0]
			break
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s: there are %d%s", what, len(found), p.report())
		}
	}
	id := node.BackendDOMNodeID
	p.do(what, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		none := chromedp.Void{}
		if err := t.Call(ctx, dom.ScrollIntoViewIfNeeded.Method, dom.ScrollIntoViewIfNeededParams{BackendNodeID: id}, nil); err != nil {
			return none, err
		}
		var box dom.GetBoxModelResult
		if err := t.Call(ctx, dom.GetBoxModel.Method, dom.GetBoxModelParams{BackendNodeID: id}, &box); err != nil {
			return none, err
		}
		q := box.Model.Content // x and y of the four corners
		return chromedp.MouseClickXY((q[0]+q[4])/2, (q[1]+q[5])/2)(ctx, t)
	})
}

func (p *page) queryRole(role, name string) []*accessibility.Node {
	p.t.Helper()
	var result accessibility.QueryAXTreeResult
	p.do("looking for the "+role, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		var doc dom.GetDocumentResult
		if err := t.Call(ctx, dom.GetDocument.Method, dom.GetDocumentParams{}, &doc); err != nil {
			return err
		}
		return t.Call(ctx, accessibility.QueryAXTree.Method, accessibility.QueryAXTreeParams{
			BackendNodeID: doc.Root.BackendNodeID, Role: role, AccessibleName: name,
		}, &result)
	}))
	var found []*accessibility.Node
	for _, n := range result.Nodes {
		if !n.Ignored {
			found = append(found, n)
		}
	}
	return found
}

// screenshot writes NAME.png to the folder that SCREENSHOTS names; without one it does nothing.
func (p *page) screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("screenshot %s: %v", name, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// A longTask is a stretch during which the page could not answer, in milliseconds since it was opened.
type longTask struct{ Start, Duration float64 }

// longTasks returns the stretches over 50 ms so far, and forgets them.
func (p *page) longTasks() []longTask {
	p.t.Helper()
	p.before, p.worked = p.worked, p.work()
	return eval[[]longTask](p, `(globalThis.testLooked = globalThis.testNow ?? 0, globalThis.testNow = performance.now(),
		testLongTasks.splice(0).map((e) => ({Start: e.start, Duration: e.duration})))`)
}

// work is the processor time in seconds that the page's own thread has spent on its tasks. What else the machine does in
// the meantime does not count, nor does the training in its workers.
func (p *page) work() (seconds float64) {
	p.t.Helper()
	var answer performance.GetMetricsResult
	p.do("asking for the processor time", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		return t.Call(ctx, performance.GetMetrics.Method, nil, &answer)
	}))
	for _, m := range answer.Metrics {
		if m.Name == "TaskDuration" {
			return m.Value
		}
	}
	p.t.Fatal("the browser does not tell the time that tasks took")
	return 0
}

// expect tells that an error which matches the pattern is what the test is about.
func (p *page) expect(pattern string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expected = append(p.expected, regexp.MustCompile(pattern))
}

// listen runs on the goroutine that reads the browser's messages, so it only takes notes.
func (p *page) listen(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" || ev.Type == "assert" {
			var words []string
			for _, a := range ev.Args {
				words = append(words, strings.Trim(string(a.Value)+" "+a.Description, ` "`))
			}
			p.note("console: " + strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		text := ev.ExceptionDetails.Text
		if e := ev.ExceptionDetails.Exception; e != nil {
			text += " " + e.Description
		}
		p.note("exception: " + text)
	case *log.EventEntryAdded:
		if ev.Entry.Level == "error" {
			p.note("browser: " + ev.Entry.Text + " " + ev.Entry.URL)
		}
	case *pagecmd.EventFileChooserOpened:
		select {
		case p.choosers <- ev.BackendNodeID:
		default: // nobody waits for it
		}
	case *network.EventRequestWillBeSent:
		url := ev.Request.URL
		own := strings.HasPrefix(url, p.origin+"/") || strings.HasPrefix(url, "blob:"+p.origin+"/")
		if !own && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "about:") {
			p.note("request to another origin: " + url)
		}
	}
}

func (p *page) note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems = append(p.problems, text)
}

// settle fails the test for what went wrong in the page and was not expected.
func (p *page) settle() {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	violations, _ := chromedp.Run(ctx, chromedp.Evaluate[[]string]("globalThis.testViolations || []"))
	for _, v := range violations {
		p.note("against the content security policy: " + v)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
next:
	for _, problem := range p.problems {
		for _, e := range p.expected {
			if e.MatchString(problem) {
				continue next
			}
		}
		p.t.Error(problem)
	}
}

func (p *page) report() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.problems) == 0 {
		return ""
	}
	return "\nso far: " + strings.Join(p.problems, "\n        ")
}
