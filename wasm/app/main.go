//go:build js && wasm

// Command app is the user interface, compiled to web/app.wasm. Whatever only the server needs stays out of this
// program: net/http alone doubles what the browser has to fetch.
package main

import (
	"runtime/debug"

	"descent/app"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// collectAt lets garbage grow to four times the usual before it is collected. The page holds some 2 MB and makes ten a
// second while it shows a training: it would be collected four times a second, and each time delays what is being drawn.
const collectAt = 400

func main() {
	debug.SetGCPercent(collectAt)
	app.Routes()
	goapp.RunWhenOnBrowser()
}
