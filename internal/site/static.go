package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// contentTypes are the only types served by name. Anything else is a download, which with nosniff is the safe side.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".gz":   "application/gzip",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
	".wasm": "application/wasm",
}

// lengthHeader tells the loading page how long the decompressed wasm is; Content-Length is that of what travels.
const lengthHeader = "Descent-Wasm-Length"

const (
	revalidate = "no-cache"                            // ask each time; the ETag makes the answer short
	forever    = "public, max-age=31536000, immutable" // the address changes with the content
)

// A tree is the folder of static files. os.Root keeps every access inside it, symbolic links included.
type tree struct {
	root *os.Root

	mu   sync.Mutex
	sums map[string]sum
}

// A sum is a file's content hash, good as long as size and time stay.
type sum struct {
	size int64
	time time.Time
	hash string
}

// open returns a regular file and its content hash, or an error that wraps fs.ErrNotExist.
func (t *tree) open(name string) (*os.File, sum, error) {
	f, err := t.root.Open(name)
	if err != nil {
		return nil, sum{}, err
	}
	s, err := t.sum(name, f)
	if err != nil {
		f.Close()
		return nil, sum{}, err
	}
	return f, s, nil
}

func (t *tree) sum(name string, f *os.File) (sum, error) {
	info, err := f.Stat()
	if err != nil {
		return sum{}, err
	}
	if !info.Mode().IsRegular() {
		return sum{}, fmt.Errorf("%s is no file: %w", name, fs.ErrNotExist)
	}
	t.mu.Lock()
	s, ok := t.sums[name]
	t.mu.Unlock()
	if ok && s.size == info.Size() && s.time.Equal(info.ModTime()) {
		return s, nil
	}

	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return sum{}, err
	}
	s = sum{info.Size(), info.ModTime(), hex.EncodeToString(h.Sum(nil)[:12])}
	t.mu.Lock()
	t.sums[name] = s
	t.mu.Unlock()
	return s, nil
}

// version hashes all that a page is made of: every file except data sets and compressed twins.
func (t *tree) version() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(t.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name == "data" && d.IsDir() {
			return fs.SkipDir
		}
		if !public(name) || !d.Type().IsRegular() || t.isTwin(name) {
			return nil
		}
		f, s, err := t.open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a build is replacing it
		}
		if err != nil {
			return err
		}
		f.Close()
		fmt.Fprintln(h, name, s.hash)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}

// public reports whether a name may be served: a clean relative path without hidden parts, and no source of the server.
func public(name string) bool {
	return fs.ValidPath(name) && !strings.HasPrefix(name, ".") && !strings.Contains(name, "/.") &&
		!strings.ContainsAny(name, "\\\x00") && path.Ext(name) != ".go"
}

// isTwin reports whether the name is a compressed twin, which is served only in place of its original.
func (t *tree) isTwin(name string) bool {
	base, ok := strings.CutSuffix(name, ".br")
	if !ok {
		if base, ok = strings.CutSuffix(name, ".gz"); !ok {
			return false
		}
	}
	_, err := t.root.Stat(base)
	return err == nil
}

// serve answers for one file. cache is the Cache-Control that the address deserves.
func (t *tree) serve(w http.ResponseWriter, r *http.Request, name, cache string) {
	if !public(name) || t.isTwin(name) {
		http.NotFound(w, r)
		return
	}
	f, s, err := t.open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()

	kind := contentTypes[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", cache)
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", `"`+s.hash+`"`)
	if path.Ext(name) == ".wasm" {
		h.Set(lengthHeader, strconv.FormatInt(s.size, 10))
	}

	// A range is a range of the plain file: offsets into a compressed one would mean something else to each client.
	if r.Header.Get("Range") == "" {
		for _, enc := range encodings(r.Header.Get("Accept-Encoding")) {
			twin, size := t.twin(name+twinExt[enc], s.time)
			if twin == nil {
				continue
			}
			defer twin.Close()
			h.Set("Content-Encoding", enc)
			h.Set("ETag", `"`+s.hash+"-"+enc+`"`)
			h.Set("Content-Length", strconv.FormatInt(size, 10)) // ServeContent leaves it out when encoded
			http.ServeContent(w, r, "", time.Time{}, twin)
			return
		}
	}
	http.ServeContent(w, r, "", time.Time{}, f)
}

// twin opens a compressed twin unless it is missing or stale. The build gives it its original's time.
func (t *tree) twin(name string, original time.Time) (*os.File, int64) {
	f, err := t.root.Open(name)
	if err != nil {
		return nil, 0
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.ModTime().Before(original) {
		f.Close()
		return nil, 0
	}
	return f, info.Size()
}

var twinExt = map[string]string{"br": ".br", "gzip": ".gz"}

// encodings returns those of br and gzip that an Accept-Encoding header allows, the better one first.
func encodings(accept string) []string {
	allowed := make(map[string]bool)
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		weight := strings.ReplaceAll(strings.ToLower(params), " ", "")
		q, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
		allowed[name] = weight == "" || err == nil && q > 0
	}
	var list []string
	for _, enc := range []string{"br", "gzip"} {
		ok, named := allowed[enc]
		if ok || !named && allowed["*"] {
			list = append(list, enc)
		}
	}
	return list
}
