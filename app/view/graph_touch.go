package view

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// hold is how long a finger rests on a layer before it takes the layer up. One that moves sooner scrolls, as it does
// anywhere else.
const hold = 350 * time.Millisecond

// rest waits for a finger that may take up what it is on.
func (g *graph) rest() {
	var resting *time.Timer
	resting = time.AfterFunc(hold, func() {
		g.Core.dispatch(func() {
			h := &g.grab
			if h.resting != resting { // it has gone, or another has come
				return
			}
			h.resting, h.moving = nil, true
			g.lift()
			g.carry(h.x, h.y)
		})
	})
	g.grab.resting = resting
}

// fingers hears what only fingers do. While one holds something, moving it does not scroll, and the browser's own answer
// to a long press stays away.
func (g *graph) fingers(on func(target goapp.Value, event string, options any, f func(e goapp.Value))) {
	document := goapp.Window().Get("document")
	on(document, "touchmove", map[string]any{"passive": false}, func(e goapp.Value) {
		if h := &g.grab; h.finger && h.resting == nil && e.Get("cancelable").Bool() {
			e.Call("preventDefault")
		}
	})
	on(document, "contextmenu", nil, func(e goapp.Value) {
		if g.grab.finger {
			e.Call("preventDefault")
		}
	})
	g.release = append(g.release, func() {
		if g.grab.resting != nil {
			g.grab.resting.Stop()
		}
	})
}
