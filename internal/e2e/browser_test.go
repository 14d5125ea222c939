//go:build !js

// Package e2e tests the built site as people meet it: in Chromium, served by the real handler, with the real wasm.
// `make test` runs it; DESCENT_WEB names the folder with the built site, and SCREENSHOTS, when set, one for pictures.
package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"descent/internal/site"

	"github.com/chromedp/chromedp"
)

// webDir returns the folder with the built site, or skips: a plain `go test ./...` has built none.
func webDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("DESCENT_WEB")
	if dir == "" {
		t.Skip("tests of the built site: run them with `make test`, or `make test-browser`, which set DESCENT_WEB")
	}
	return dir
}

// serve starts the site on a free port of this machine.
func serve(t testing.TB) *httptest.Server { return serveWithout(t) }

// serveWithout serves the site as if it lacked the files at these paths.
func serveWithout(t testing.TB, missing ...string) *httptest.Server {
	t.Helper()
	return serveChanged(t, "", missing...)
}

// serveChanged also lets the worker run a script before its own.
func serveChanged(t testing.TB, script string, missing ...string) *httptest.Server {
	t.Helper()
	s, err := site.New(site.Config{Web: webDir(t), Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(missing, r.URL.Path) {
			http.NotFound(w, r)
			return
		}
		if script != "" && r.URL.Path == "/web/worker.js" {
			own, err := os.ReadFile(filepath.Join(webDir(t), "worker.js"))
			if err != nil {
				t.Error(err)
			}
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
			w.Write(append([]byte(script), own...))
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		s.Close()
	})
	return server
}

// One Chromium serves all tests; each page is in a profile of its own (see open).
var chromium struct {
	once   sync.Once
	ctx    context.Context
	close  func()
	err    error
	beyond outside
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.close != nil {
		chromium.close()
	}
	hosts := slices.DeleteFunc(chromium.beyond.list(), ownBusiness)
	if len(hosts) > 0 {
		fmt.Fprintln(os.Stderr, "the browser tried to reach", strings.Join(hosts, ", "))
		code = 1
	}
	os.Exit(code)
}

// browser starts Chromium on first use. A missing one fails the test: what was not tested must not look tested.
func browser(t testing.TB) context.Context {
	t.Helper()
	chromium.once.Do(start)
	if chromium.err != nil {
		t.Fatalf("starting Chromium: %v (on Debian: apt-get install chromium)", chromium.err)
	}
	return chromium.ctx
}

func start() {
	profile, err := os.MkdirTemp("", "descent-chromium-")
	if err != nil {
		chromium.err = err
		return
	}
	// Chromium sends what is not for this machine to the proxy, which is how a request from anywhere in the page,
	// its workers included, is seen.
	proxy := httptest.NewServer(&chromium.beyond)
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.NoSandbox, // tests run as root in containers
		chromedp.DisableGPU,
		chromedp.UserDataDir(profile),
		chromedp.ProxyServer(proxy.URL),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("use-fake-device-for-media-stream", true), // a camera that sees a test picture; who may use it is asked as ever
	)
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocated)
	chromium.ctx = ctx
	chromium.close = func() {
		chromedp.Cancel(ctx) // waits for Chromium to end
		cancel()
		stop()
		proxy.Close()
		os.RemoveAll(profile)
	}
	chromium.err = chromedp.Do(ctx) // starts the browser
}

// ownBusiness tells the hosts that Chromium itself asks for, whatever the page and the flags.
func ownBusiness(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return strings.HasSuffix(name, ".google.com") || strings.HasSuffix(name, ".gvt1.com") ||
		strings.HasSuffix(name, ".googleapis.com") && !strings.HasPrefix(name, "fonts.")
}

// outside stands where the rest of the world would be, refuses, and remembers.
type outside struct {
	mu    sync.Mutex
	hosts []string
}

func (o *outside) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !slices.Contains(o.hosts, r.Host) {
		o.hosts = append(o.hosts, r.Host)
	}
	http.Error(w, "no network in tests", http.StatusBadGateway)
}

func (o *outside) list() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.hosts)
}

// repository is the root of the source tree, where node_modules is.
func repository() string { return filepath.Join("..", "..") }
