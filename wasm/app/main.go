//go:build js && wasm

// Command app is the user interface, compiled to web/app.wasm. Whatever only the server needs stays out of this
// program: net/http alone doubles what the browser has to fetch.
package main

import (
	"descent/app"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func main() {
	app.Routes()
	goapp.RunWhenOnBrowser()
}
