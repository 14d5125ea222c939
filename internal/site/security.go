package site

import (
	"net"
	"net/http"
	"strings"
)

// policy lets the page load nothing from elsewhere and run no inline code. 'wasm-unsafe-eval' is what allows
// WebAssembly to be compiled; it allows no eval of JavaScript.
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
	"form-action 'self'; frame-ancestors 'none'"

// headers go on every response. The three cross-origin ones make the page cross-origin isolated, without which a
// browser offers no SharedArrayBuffer and the trainer's workers would have to copy everything they share.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(self), microphone=(), geolocation=()", // samples can be filmed
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
}

func setHeaders(h http.Header) {
	for name, value := range headers {
		h.Set(name, value)
	}
}

// localHost reports whether a Host header names this machine. A server bound to loopback answers nobody else: a
// hostile page can point its own name at 127.0.0.1 (DNS rebinding) and would then count as the same origin.
func localHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}
