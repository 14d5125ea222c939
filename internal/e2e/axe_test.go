//go:build !js

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/chromedp"
)

var axeSource = sync.OnceValues(func() ([]byte, error) {
	return os.ReadFile(filepath.Join(repository(), "node_modules", "axe-core", "axe.min.js"))
})

// accessible fails the test on anything that axe finds in the page as it stands: all rules that are on by default, best
// practices too, and the size of targets.
func (p *page) accessible() {
	p.t.Helper()
	p.accessibleAs("")
}

// accessibleAs says with what is found in which state the page was.
func (p *page) accessibleAs(state string) {
	p.t.Helper()
	if !eval[bool](p, `"axe" in globalThis`) {
		source, err := axeSource()
		if err != nil {
			p.t.Fatalf("%v (run `make build` first, it fetches axe-core)", err)
		}
		p.do("loading axe", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := chromedp.Evaluate[bool](string(source)+"\n;true")(ctx, t)
			return err
		}))
	}
	type violation struct {
		ID, Impact, Help string
		Nodes            []string
	}
	ctx, cancel := context.WithTimeout(p.ctx, 4*patience) // a page of many elements, on a machine that is busy
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](`axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then((r) => r.violations.map((v) => ({
		ID: v.id, Impact: v.impact, Help: v.help,
		Nodes: v.nodes.map((n) => n.html.slice(0, 200) + (n.any[0] ? " " + n.any[0].message : "")),
	})))`, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%saxe: %v%s", state, err, p.report())
	}
	for _, v := range found {
		p.t.Errorf("%saccessibility, %s: %s (%s): %q", state, v.Impact, v.Help, v.ID, v.Nodes)
	}
}

// dressed gives the page a theme and a language by its own controls, which work also while a dialog is in front.
func (p *page) dressed(theme, lang string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(async () => {
		const root = document.documentElement, menu = document.getElementById("language");
		const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		for (let i = 0; i < 3 && root.dataset.theme != %q; i++) {
			const was = root.dataset.theme;
			document.querySelector("[data-testid=theme]").click();
			for (let k = 0; k < 30 && root.dataset.theme == was; k++) await drawn();
		}
		if (!root.lang.startsWith(%q)) {
			menu.value = %[2]q;
			menu.dispatchEvent(new Event("change", {bubbles: true}));
			for (let k = 0; k < 30 && !root.lang.startsWith(%[2]q); k++) await drawn();
		}
		await drawn();
		return root.dataset.theme == %[1]q && root.lang.startsWith(%[2]q);
	})()`, theme, lang))
}
