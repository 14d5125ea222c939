//go:build !js

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/chromedp"
)

var axeSource = sync.OnceValues(func() ([]byte, error) {
	return os.ReadFile(filepath.Join(repository(), "node_modules", "axe-core", "axe.min.js"))
})

// accessible fails the test on what axe finds serious or critical in the page as it stands, and logs the rest.
func (p *page) accessible() {
	p.t.Helper()
	source, err := axeSource()
	if err != nil {
		p.t.Fatalf("%v (run `make build` first, it fetches axe-core)", err)
	}
	p.do("loading axe", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](string(source)+"\n;true")(ctx, t)
		return err
	}))
	found := eval[[]struct {
		ID, Impact, Help string
		Nodes            []string
	}](p, `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) => ({
		ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map((n) => n.html.slice(0, 200)),
	})))`)
	for _, v := range found {
		report := p.t.Logf
		if v.Impact == "serious" || v.Impact == "critical" {
			report = p.t.Errorf
		}
		report("accessibility, %s: %s (%s): %q", v.Impact, v.Help, v.ID, v.Nodes)
	}
}
