package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func TestHeadersOnEveryResponse(t *testing.T) {
	s, _ := newSite(t, true)
	for _, r := range []*http.Response{
		get(s, "/"),
		get(s, "/no/such/page"),
		get(s, "/web/app.wasm", "Accept-Encoding", "br"),
		get(s, "/web/missing"),
		get(s, "/web/app.wasm", "Range", "bytes=100-"),
		get(s, "/robots.txt"),
		get(s, "/sitemap.xml"),
		get(s, "/app-worker.js"),
		get(s, "/", "Host", "evil.example"),
	} {
		for name, want := range headers {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%d response: %s is %q, want %q", r.StatusCode, name, got, want)
			}
		}
	}
}

func TestTraversal(t *testing.T) {
	s, _ := newSite(t, true)
	for _, path := range []string{
		"/web/", "/web", "/web/data", "/web/data/", "/web/vendor/", "/web/.", "/web/..", "/web//", "/web/./app.css",
		"/web/../server.go", "/web/../outside.txt", "/web/data/../../outside.txt", "/web/../web/app.css",
		"/web//etc/passwd", "/web///outside.txt", "/web/..//outside.txt", "/web/....//outside.txt",
		"/web/%2e%2e/outside.txt", "/web/..%2foutside.txt", "/web/..\\outside.txt", "/web/data\\..\\..\\outside.txt",
		"/web/app.css\x00", "/web/app.css\x00.txt", "/web/\x00", "/web/app.css/", "/web/app.css/.", "/web/link.txt",
		"/web/.secret", "/web/presets/presets.go", "/web/.git/config", "/web/vendor/.build-12345", "/web/app.wasm.br", "/web/app.wasm.gz",
		"/web/app.css.br", "/web/file:///etc/passwd", "/web/c:/windows", "/web/~root", "/web/ ", "/web/app.css ",
		"/../outside.txt", "/../../etc/passwd", "/..", "/.", "//", "/.git/config", "/etc/passwd", "/server.go", "",
		"web/app.css", "/webapp.css", "/WEB/app.css",
	} {
		r := get(s, path)
		if b := body(r); r.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %d %.40q, want 404", path, r.StatusCode, b)
		}
	}
}

// TestForgedHost checks the hole in go-app that the routes before it close: these three paths used to be fetched from
// whatever host the request named, and the answer kept for everybody.
func TestForgedHost(t *testing.T) {
	var asked atomic.Int32
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Write([]byte("<script>evil</script>"))
	}))
	defer evil.Close()
	host := strings.TrimPrefix(evil.URL, "http://")

	for _, loopback := range []bool{true, false} {
		s, _ := newSite(t, loopback)
		for _, path := range []string{"/robots.txt", "/sitemap.xml", "/ads.txt", "/app.wasm", "/goapp.wasm"} {
			if b := body(get(s, path, "Host", host)); strings.Contains(b, "evil") {
				t.Errorf("loopback %v: %s serves another host's answer", loopback, path)
			}
		}
		if b := body(get(s, "/robots.txt")); b != files["robots.txt"] {
			t.Errorf("loopback %v: /robots.txt is %q", loopback, b)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the server made %d requests of its own", n)
	}
}

func TestHostCheck(t *testing.T) {
	local, _ := newSite(t, true)
	open, _ := newSite(t, false)
	for host, ok := range map[string]bool{
		"localhost":          true,
		"LOCALHOST:9000":     true,
		"127.0.0.1:8080":     true,
		"127.8.8.8":          true,
		"[::1]:8080":         true,
		"[::1]":              true,
		"evil.example":       false,
		"evil.example:8080":  false,
		"localhost.evil.com": false,
		"127.0.0.1.evil.com": false,
		"192.168.1.4:8080":   false,
		"0.0.0.0":            false,
		"":                   false,
	} {
		want := http.StatusOK
		if !ok {
			want = http.StatusMisdirectedRequest
		}
		if r := get(local, "/", "Host", host); r.StatusCode != want {
			t.Errorf("bound to loopback, Host %q: %d, want %d", host, r.StatusCode, want)
		}
		if r := get(open, "/", "Host", host); r.StatusCode != http.StatusOK {
			t.Errorf("bound to all, Host %q: %d, want 200", host, r.StatusCode)
		}
	}
}

func TestMethods(t *testing.T) {
	s, _ := newSite(t, true)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, "http://localhost/web/app.css", nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
			t.Errorf("%s: %d, want 405 and Allow", method, w.Code)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("HEAD", "http://localhost/web/app.css", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "6" {
		t.Errorf("HEAD: %d, %d bytes, Content-Length %q", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}
