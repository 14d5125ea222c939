// Package app is Descent's user interface, built with go-app. It runs in the browser as wasm/app and, to render the
// first page before any wasm has arrived, inside the server.
package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// Routes registers the pages. Both the server and the wasm main call it, so that they agree on what a path shows.
func Routes() {
	goapp.Route("/", &home{})
}

// home stands in for the page until there is one: it shows that the interface and the trainer's worker both start.
type home struct {
	goapp.Compo

	status string
	hello  goapp.Func
}

func (h *home) OnMount(ctx goapp.Context) {
	h.hello = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		msg := args[0].Get("data")
		text := msg.Get("kind").String()
		if text == "failure" {
			text = msg.Get("message").String()
		}
		ctx.Dispatch(func(goapp.Context) { h.status = text })
		return nil
	})
	url := "/web/worker.js?v=" + goapp.Getenv("GOAPP_VERSION")
	goapp.Window().Get("Worker").New(url).Set("onmessage", h.hello)
}

func (h *home) Render() goapp.UI {
	status := h.status
	if status == "" {
		status = "starting"
	}
	return goapp.Main().Class("home").Body(
		goapp.H1().Text("Descent"),
		goapp.P().Text("Train neural networks in your browser, in pure Go."),
		goapp.P().Body(
			goapp.Text("Trainer: "),
			goapp.Span().DataSet("testid", "worker-status").Text(status),
		),
	)
}
