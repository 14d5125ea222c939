// Package app is Descent's user interface, built with go-app. It runs in the browser as wasm/app and, to render the
// first page before any wasm has arrived, inside the server.
//
//	state     everything that can change, in plain Go
//	language  every sentence, in English and Chinese
//	runner    the way to the trainer
//	draw      canvases and charts
//	view      the components
package app

import (
	"descent/app/view"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Routes registers the pages. Both the server and the wasm main call it, so that they agree on what a path shows.
func Routes() {
	goapp.Route("/", &view.Page{})
}
