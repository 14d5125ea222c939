package site

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// files is a small site. The twins hold what no compressor would make of it, so that tests see which file was served.
var files = map[string]string{
	"app.wasm":            "plain wasm",
	"app.wasm.br":         "brotli wasm",
	"app.wasm.gz":         "gzip wasm",
	"worker.wasm":         "worker",
	"wasm_exec.js":        "glue of the compiler",
	"app.css":             "body{}",
	"app.css.br":          "stale",
	"robots.txt":          "User-agent: *\n",
	"data/mnist/t10k.gz":  "digits",
	"data/note":           "a file of no known type",
	"presets/presets.go":  "package presets",
	".secret":             "hidden",
	".git/config":         "hidden",
	"vendor/icons.svg":    "<svg/>",
	"vendor/.build-12345": "half a file",
}

func newSite(t *testing.T, loopback bool) (*Site, string) {
	t.Helper()
	dir := t.TempDir()
	web := filepath.Join(dir, "web")
	write(t, filepath.Join(dir, "outside.txt"), "outside")
	for name, text := range files {
		write(t, filepath.Join(web, name), text)
	}
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"app.wasm", "app.css.br"} {
		if err := os.Chtimes(filepath.Join(web, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../outside.txt", filepath.Join(web, "link.txt")); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Web: web, Loopback: loopback})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, web
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// get asks for a path as it stands, without a client that would tidy it; header is alternating names and values.
func get(s http.Handler, path string, header ...string) *http.Response {
	r := httptest.NewRequest("GET", "http://localhost:8080/", nil)
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	b, _ := io.ReadAll(r.Body)
	return string(b)
}

func TestEncodings(t *testing.T) {
	s, _ := newSite(t, true)
	for _, test := range []struct{ path, accept, encoding, text string }{
		{"/web/app.wasm", "", "", "plain wasm"},
		{"/web/app.wasm", "gzip", "gzip", "gzip wasm"},
		{"/web/app.wasm", "gzip, deflate, br, zstd", "br", "brotli wasm"},
		{"/web/app.wasm", "br;q=0, gzip;q=0.5", "gzip", "gzip wasm"},
		{"/web/app.wasm", "br; q=0.0, gzip; q=0", "", "plain wasm"},
		{"/web/app.wasm", "*", "br", "brotli wasm"},
		{"/web/app.wasm", "*, br;q=0", "gzip", "gzip wasm"},
		{"/web/app.wasm", "brotli", "", "plain wasm"},
		{"/web/app.css", "br", "", "body{}"}, // its twin is older than itself
		{"/web/worker.wasm", "br", "", "worker"},
		{"/web/data/mnist/t10k.gz", "gzip", "", "digits"}, // the page unpacks this one itself
	} {
		r := get(s, test.path, "Accept-Encoding", test.accept)
		if e, b := r.Header.Get("Content-Encoding"), body(r); e != test.encoding || b != test.text {
			t.Errorf("%s for %q: encoding %q, body %q; want %q, %q", test.path, test.accept, e, b, test.encoding, test.text)
		}
		if v := r.Header.Get("Vary"); v != "Accept-Encoding" {
			t.Errorf("%s: Vary %q", test.path, v)
		}
	}
	r := get(s, "/web/app.wasm", "Accept-Encoding", "br")
	if n := r.Header.Get(lengthHeader); n != "10" {
		t.Errorf("%s is %q, want the plain length, 10", lengthHeader, n)
	}
	if n := r.Header.Get("Content-Length"); n != "11" {
		t.Errorf("Content-Length is %q, want that of what is sent, 11", n)
	}
}

func TestContentTypes(t *testing.T) {
	s, _ := newSite(t, true)
	for path, want := range map[string]string{
		"/":                       "text/html; charset=utf-8",
		"/app.js":                 "application/javascript",
		"/manifest.webmanifest":   "application/manifest+json",
		"/web/app.wasm":           "application/wasm",
		"/web/app.css":            "text/css; charset=utf-8",
		"/web/wasm_exec.js":       "text/javascript; charset=utf-8",
		"/web/vendor/icons.svg":   "image/svg+xml",
		"/web/data/mnist/t10k.gz": "application/gzip",
		"/web/data/note":          "application/octet-stream",
		"/robots.txt":             "text/plain; charset=utf-8",
	} {
		r := get(s, path)
		if kind := r.Header.Get("Content-Type"); r.StatusCode != 200 || kind != want {
			t.Errorf("%s: %d %q, want %q", path, r.StatusCode, kind, want)
		}
	}
}

func TestCaching(t *testing.T) {
	s, web := newSite(t, true)
	for _, path := range []string{"/app.js", "/app-worker.js", "/manifest.webmanifest", "/web/app.wasm", "/web/data/note"} {
		for _, accept := range []string{"", "br"} {
			first := get(s, path, "Accept-Encoding", accept)
			tag := first.Header.Get("ETag")
			if tag == "" || strings.HasPrefix(tag, "W/") {
				t.Errorf("%s: ETag %q is not a strong one", path, tag)
			}
			if c := first.Header.Get("Cache-Control"); c != revalidate {
				t.Errorf("%s: Cache-Control %q, want %q", path, c, revalidate)
			}
			again := get(s, path, "Accept-Encoding", accept, "If-None-Match", tag)
			if again.StatusCode != http.StatusNotModified || body(again) != "" {
				t.Errorf("%s with its own ETag: %d, want 304", path, again.StatusCode)
			}
		}
	}
	if a, b := get(s, "/web/app.wasm"), get(s, "/web/app.wasm", "Accept-Encoding", "br"); a.Header.Get("ETag") == b.Header.Get("ETag") {
		t.Error("the compressed file has the plain file's ETag")
	}

	version := s.shell.version
	if c := get(s, "/web/app.wasm?v="+version).Header.Get("Cache-Control"); c != forever {
		t.Errorf("with the current version: Cache-Control %q, want %q", c, forever)
	}
	if c := get(s, "/web/app.wasm?v=old").Header.Get("Cache-Control"); c != revalidate {
		t.Errorf("with another version: Cache-Control %q, want %q", c, revalidate)
	}
	if js := body(get(s, "/app.js")); !strings.Contains(js, "/web/app.wasm?v="+version) {
		t.Error("app.js does not load the versioned app.wasm")
	}

	// A build while the server runs gives a new version, without a restart.
	write(t, filepath.Join(web, "worker.wasm"), "a newer worker")
	s.checked = time.Time{}
	if js := body(get(s, "/app.js")); s.shell.version == version || !strings.Contains(js, s.shell.version) {
		t.Error("after a build, app.js still names the old version")
	}
	// A data set is no part of the version.
	version = s.shell.version
	write(t, filepath.Join(web, "data/note"), "another text")
	s.checked = time.Time{}
	if get(s, "/"); s.shell.version != version {
		t.Error("a data set changed the version")
	}
}

func TestRange(t *testing.T) {
	s, _ := newSite(t, true)
	r := get(s, "/web/app.wasm", "Range", "bytes=6-9", "Accept-Encoding", "br")
	if b := body(r); r.StatusCode != http.StatusPartialContent || b != "wasm" {
		t.Errorf("range: %d %q, want 206 and a part of the plain file", r.StatusCode, b)
	}
	if r := get(s, "/web/app.wasm", "Range", "bytes=100-"); r.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("range past the end: %d, want 416", r.StatusCode)
	}
}

func TestShell(t *testing.T) {
	s, _ := newSite(t, true)
	page := body(get(s, "/"))
	for _, want := range []string{`lang="en"`, "<title>Descent</title>", freeViewport, "/web/icon.svg"} {
		if !strings.Contains(strings.ReplaceAll(page, "\n", ""), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"user-scalable", "maximum-scale", "githubusercontent", "<style", "style="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if b := body(get(s, "/wasm_exec.js")); b != files["wasm_exec.js"] {
		t.Error("/wasm_exec.js is not the compiler's")
	}
	worker := body(get(s, "/app-worker.js"))
	if !strings.Contains(worker, s.shell.version) || strings.Contains(worker, "{{") {
		t.Error("the service worker does not carry the version")
	}
	if bytes.Contains([]byte(worker), []byte("/web/data/mnist")) {
		t.Error("the service worker stores data sets")
	}
}
