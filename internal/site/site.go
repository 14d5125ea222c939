// Package site serves the page: go-app's HTML shell, and the static files under web/ with the headers, the caching and
// the compression that go-app leaves to others.
package site

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"descent/app"
)

// Config says what to serve and to whom.
type Config struct {
	// Web is the folder with the built site.
	Web string

	// Loopback tells that the server is bound to this machine only. Requests whose Host header names another are
	// then refused.
	Loopback bool
}

// A Site is the HTTP handler for the whole site.
type Site struct {
	config Config
	files  *tree

	mu      sync.Mutex
	shell   *shell
	checked time.Time
}

// The routes are go-app's, global to the program.
var routes = sync.OnceFunc(app.Routes)

// New opens the folder. It fails if the site has not been built there.
func New(config Config) (*Site, error) {
	root, err := os.OpenRoot(config.Web)
	if err != nil {
		return nil, fmt.Errorf("there is no site to serve: %w (run `make build`, or name the folder with --web)", err)
	}
	for _, name := range []string{"app.wasm", "worker.wasm", "wasm_exec.js"} {
		if _, err := root.Stat(name); errors.Is(err, fs.ErrNotExist) {
			root.Close()
			return nil, fmt.Errorf("%s holds no %s: run `make build` to make it: %w", config.Web, name, fs.ErrNotExist)
		}
	}
	routes()
	s := &Site{config: config, files: &tree{root: root, sums: make(map[string]sum)}}
	if _, err := s.current(); err != nil {
		root.Close()
		return nil, err
	}
	return s, nil
}

// Close lets go of the folder.
func (s *Site) Close() error { return s.files.root.Close() }

// fresh is for how long a version holds without another look at the files.
const fresh = time.Second

// current returns the shell for the files as they are now, so that a build shows in the browser without a restart.
func (s *Site) current() (*shell, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shell != nil && time.Since(s.checked) < fresh {
		return s.shell, nil
	}
	version, err := s.files.version()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", s.config.Web, err)
	}
	if s.shell == nil || s.shell.version != version {
		s.shell = newShell(version)
	}
	s.checked = time.Now()
	return s.shell, nil
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	if s.config.Loopback && !localHost(r.Host) {
		http.Error(w, "This server answers to localhost only.", http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This address can only be read.", http.StatusMethodNotAllowed)
		return
	}

	shell, err := s.current()
	if err != nil {
		slog.Error("serving the site", "err", err)
		http.Error(w, "The site's files cannot be read. The server's log says more.", http.StatusInternalServerError)
		return
	}
	cache := revalidate
	if r.URL.Query().Get("v") == shell.version {
		cache = forever
	}
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/web/"):
		s.files.serve(w, r, strings.TrimPrefix(path, "/web/"), cache)
	case path == "/wasm_exec.js":
		// go-app holds the one of a Go from 2023; this one matches the compiler.
		s.files.serve(w, r, "wasm_exec.js", cache)
	case path == "/robots.txt", path == "/sitemap.xml", path == "/ads.txt":
		// go-app would fetch these from whatever host the request names, and keep the answer for everybody.
		s.files.serve(w, r, strings.TrimPrefix(path, "/"), cache)
	default:
		shell.ServeHTTP(w, r)
	}
}
