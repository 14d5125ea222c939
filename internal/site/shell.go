package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// serviceWorker replaces go-app's, whose cache comes before the network and so shows yesterday's page today.
//
//go:embed serviceworker.js
var serviceWorker string

// A shell is go-app's handler for one version of the site. It makes the HTML page, app.js, the service worker and the
// manifest; static files never reach it.
type shell struct {
	version string
	handler *goapp.Handler
}

func newShell(version string) *shell {
	query := "?v=" + version
	return &shell{version, &goapp.Handler{
		Name:        "Descent",
		ShortName:   "Descent",
		Title:       "Descent",
		Description: "Train neural networks in your browser and watch every part of them learn.",
		Lang:        "en",
		Icon: goapp.Icon{
			Default: "/web/icon-192.png",
			Large:   "/web/icon-512.png",
			SVG:     "/web/icon.svg",
		},
		BackgroundColor: "#ffffff",
		ThemeColor:      "#1f6feb",
		LoadingLabel:    "Loading Descent: {progress}%",
		Styles:          styles(query),
		Scripts:         []string{"/web/vendor/uplot.js" + query + " defer"},
		CacheableResources: []string{
			"/web/icon.svg", "/web/vendor/icons.svg" + query,
			"/web/worker.js" + query, "/web/worker.wasm" + query, "/web/wasm_exec.js" + query,
			"/web/companion.js" + query, "/web/companion.wasm" + query, "/web/companion-relaxed.wasm" + query,
		},
		Version:                 version,
		Resources:               resources{wasm: "/web/app.wasm" + query},
		WasmContentLengthHeader: lengthHeader,
		ServiceWorkerTemplate:   serviceWorker,
	}}
}

// sheets is the style sheets in their order: the tokens and the frame, forms, texts, then a sheet for each stage.
var sheets = []string{"vendor/uplot", "app", "forms", "text", "showcase", "data", "model", "train", "inside", "evaluate", "runs"}

func styles(query string) (out []string) {
	for _, name := range sheets {
		out = append(out, "/web/"+name+".css"+query)
	}
	return out
}

// resources tells go-app where things are. It deliberately is no http.Handler: go-app then serves no file itself.
type resources struct{ wasm string }

func (resources) Package() string   { return "" }
func (resources) Static() string    { return "" }
func (r resources) AppWASM() string { return r.wasm }

// go-app's viewport forbids zooming, which people with weak sight need (WCAG 1.4.4).
const (
	fixedViewport = "width=device-width, initial-scale=1, maximum-scale=1, user-scalable=0, viewport-fit=cover"
	freeViewport  = "width=device-width, initial-scale=1, viewport-fit=cover"
)

// ServeHTTP lets go-app answer into memory, because its answer needs mending: the viewport, and an ETag that is the
// same for every path and does not change with the server's own code. The page itself gets none: go-app writes
// attributes in no fixed order, so equal pages differ in bytes.
func (s *shell) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	plain := r.Clone(r.Context())
	plain.Header.Del("If-None-Match")
	answer := recorder{header: make(http.Header), status: http.StatusOK}
	s.handler.ServeHTTP(&answer, plain)

	body := answer.body.Bytes()
	kind := answer.header.Get("Content-Type")
	html := strings.HasPrefix(kind, "text/html")
	if html {
		kind = "text/html; charset=utf-8"
		body = bytes.Replace(body, []byte(fixedViewport), []byte(freeViewport), 1)
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", revalidate)
	if html || answer.status != http.StatusOK {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(answer.status)
		w.Write(body)
		return
	}
	sum := sha256.Sum256(body)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
