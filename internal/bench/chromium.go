//go:build !js

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// chromium is a headless browser and the site it measures.
type chromium struct {
	ctx   context.Context
	site  *httptest.Server
	close func()
}

// startChromium starts a browser over the files of a folder, isolated as the playground is.
func startChromium(ctx context.Context, dir string) (*chromium, error) {
	files := http.FileServer(http.Dir(dir))
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<!doctype html><title>bench</title>")
			return
		}
		files.ServeHTTP(w, r)
	}))
	profile, err := os.MkdirTemp("", "descent-chromium-")
	if err != nil {
		site.Close()
		return nil, err
	}
	allocated, stop := chromedp.NewExecAllocator(ctx, append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))...)
	browser, cancel := chromedp.NewContext(allocated)
	c := &chromium{ctx: browser, site: site, close: func() {
		chromedp.Cancel(browser)
		cancel()
		stop()
		site.Close()
		os.RemoveAll(profile)
	}}
	if err := chromedp.Do(browser); err != nil {
		c.close()
		return nil, fmt.Errorf("starting Chromium: %w (on Debian: apt-get install chromium)", err)
	}
	return c, nil
}

// measure runs one job in so many workers of a fresh page, with a companion.
func (c *chromium) measure(ctx context.Context, j job, companion string, workers int) ([]byte, error) {
	tab, cancel := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	tab, stop := context.WithTimeout(tab, 5*time.Minute)
	defer stop()
	if err := chromedp.Do(tab); err != nil {
		return nil, err
	}
	if err := chromedp.Do(tab, chromedp.Navigate(c.site.URL)); err != nil {
		return nil, err
	}
	js := fmt.Sprintf(`new Promise((resolve) => {
		const worker = new Worker("worker.js", { name: "" }), lines = [];
		worker.onerror = (e) => resolve(["error " + e.message]);
		worker.onmessage = (e) => {
			if (e.data === "done") resolve(lines);
			else lines.push(e.data);
			if (e.data.startsWith("error exit")) resolve(lines);
		};
		worker.postMessage({companion: %q, args: ["%d", %q]});
	})`, companion, workers, j.String())
	lines, err := chromedp.Run(tab, chromedp.Evaluate[[]string](js, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, err
	}
	out := strings.Join(lines, "\n") + "\n"
	if strings.Contains("\n"+out, "\nerror ") {
		return nil, fmt.Errorf("in the page: %s", out)
	}
	return []byte(out), nil
}
