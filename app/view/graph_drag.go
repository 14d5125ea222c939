package view

import (
	"math"
	"strconv"
	"time"

	"descent/app/layered"
	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A grab is what the pointer holds: a layer to be put elsewhere, the end of a new edge, a layer of the palette, or the
// drawing itself.
type grab struct {
	kind    string // "node", "edge", "type" or "paper"; "" for nothing
	of      string // the layer, or the type
	pointer int
	x, y    float64 // where it went down, on the window
	scroll  layered.Point
	moving  bool // it has moved far enough to be meant
	target  int  // the edge under it, or -1
	over    string
	ghost   goapp.Value
	finger  bool        // no mouse and no pen
	resting *time.Timer // runs while a finger has not been there for long enough (see hold)
}

// far is how many pixels a pointer moves before it drags, so that a click may tremble.
const far = 6

// reach is how near to an edge something is dropped, in pixels of the drawing.
const reach = 26

// listen hears pointers and keys for as long as the graph is on show. go-app's own handlers would draw the page anew at
// every move.
func (g *graph) listen() {
	window := goapp.Window()
	document := window.Get("document")
	on := func(target goapp.Value, event string, options any, f func(e goapp.Value)) {
		handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			f(args[0])
			return nil
		})
		target.Call("addEventListener", event, handler, options)
		g.release = append(g.release, func() {
			target.Call("removeEventListener", event, handler, options)
			handler.Release()
		})
	}
	frame := window.GetElementByID("graph")
	if !frame.Truthy() {
		return
	}
	on(frame, "keydown", nil, g.press)
	on(frame, "wheel", map[string]any{"passive": false}, g.wheel)
	on(document, "pointerdown", nil, g.down)
	on(document, "pointermove", nil, g.move)
	on(document, "pointerup", nil, g.up)
	on(document, "pointercancel", nil, func(goapp.Value) { g.drop() })
	g.fingers(on)
	on(document, "click", true, func(e goapp.Value) { // what was dragged was not clicked
		if g.grab.kind == "dragged" {
			e.Call("stopPropagation")
			e.Call("preventDefault")
			g.grab = grab{target: -1}
		}
	})
}

// wheel zooms with Ctrl, as maps do; without it the frame scrolls.
func (g *graph) wheel(e goapp.Value) {
	if !e.Get("ctrlKey").Truthy() {
		return
	}
	e.Call("preventDefault")
	g.zoom(math.Exp(-e.Get("deltaY").Float() / 300))
}

func (g *graph) down(e goapp.Value) {
	target := e.Get("target")
	if g.grab.kind == "dragged" { // whose click never came
		g.grab = grab{target: -1}
	}
	if e.Get("button").Int() != 0 || !target.Get("closest").Truthy() {
		return
	}
	if g.grab.finger { // a second one
		g.drop()
		return
	}
	finger := e.Get("pointerType").String() == "touch"
	g.grab = grab{pointer: e.Get("pointerId").Int(), x: e.Get("clientX").Float(), y: e.Get("clientY").Float(), target: -1, finger: finger}
	defer func() {
		switch {
		case !finger || g.grab.kind == "edge":
		case g.grab.kind == "node" || g.grab.kind == "type":
			g.rest()
		default: // the frame scrolls by itself
			g.grab = grab{target: -1}
		}
	}()
	within := func(selector string) goapp.Value { return target.Call("closest", selector) }
	if port := within("#graph [data-port]"); port.Truthy() {
		g.grab.kind, g.grab.of = "edge", port.Get("dataset").Get("port").String()
		e.Call("preventDefault")
		return
	}
	if within("#graph button:not(.gnode-face)").Truthy() {
		return
	}
	if face := within("#graph [data-gnode]"); face.Truthy() {
		if id := face.Get("dataset").Get("gnode").String(); id != nn.InputName {
			g.grab.kind, g.grab.of = "node", id
		}
		return
	}
	if entry := within(".larder [data-layer]"); entry.Truthy() {
		g.grab.kind, g.grab.of = "type", entry.Get("dataset").Get("layer").String()
		return
	}
	if frame := within("#graph"); frame.Truthy() {
		g.grab.kind = "paper"
		g.grab.scroll = layered.Point{X: frame.Get("scrollLeft").Float(), Y: frame.Get("scrollTop").Float()}
	}
}

func (g *graph) move(e goapp.Value) {
	h := &g.grab
	if h.kind == "" || h.kind == "dragged" || e.Get("pointerId").Int() != h.pointer {
		return
	}
	dx, dy := e.Get("clientX").Float()-h.x, e.Get("clientY").Float()-h.y
	if !h.moving {
		if math.Hypot(dx, dy) < far {
			return
		}
		if h.resting != nil { // it scrolls
			g.drop()
			return
		}
		h.moving = true
		g.lift()
	}
	window := goapp.Window()
	if h.kind == "paper" {
		frame := window.GetElementByID("graph")
		frame.Set("scrollLeft", h.scroll.X-dx)
		frame.Set("scrollTop", h.scroll.Y-dy)
		return
	}
	at := g.on(e)
	if h.kind == "edge" {
		from := g.drawing.Boxes[max(0, g.at(h.of))]
		start := layered.Point{X: from.X, Y: from.Y + from.Height/2}
		window.GetElementByID("edge-new").Call("setAttribute", "d", curve([]layered.Point{start, at}))
		g.mark(-1, g.nodeAt(at))
		return
	}
	g.carry(e.Get("clientX").Float(), e.Get("clientY").Float())
	edge := g.edgeAt(at)
	over := ""
	if h.kind == "type" && edge < 0 {
		over = g.nodeAt(at)
	}
	g.mark(edge, over)
}

// lift shows what is held.
func (g *graph) lift() {
	h := &g.grab
	document := goapp.Window().Get("document")
	document.Get("body").Get("classList").Call("add", "dragging")
	if h.kind != "node" && h.kind != "type" {
		return
	}
	h.ghost = document.Call("createElement", "div")
	h.ghost.Set("className", "ghost")
	h.ghost.Call("setAttribute", "aria-hidden", "true")
	text := h.of
	if info, ok := nn.Lookup(h.of); ok && h.kind == "type" {
		text = g.Core.Language.Term("layer."+h.of, info.Title)
	}
	h.ghost.Set("textContent", text)
	document.Get("body").Call("appendChild", h.ghost)
}

// carry brings what is held to a place of the window: beside a mouse's arrow, and above a finger, which would hide it.
func (g *graph) carry(x, y float64) {
	if g.grab.finger {
		y -= 50
	}
	g.grab.ghost.Get("style").Set("transform", "translate("+figure(x+10)+"px, "+figure(y+10)+"px)")
}

// on is where the pointer is in the drawing.
func (g *graph) on(e goapp.Value) layered.Point {
	r := goapp.Window().GetElementByID("graph-canvas").Call("getBoundingClientRect")
	return layered.Point{X: (e.Get("clientX").Float() - r.Get("left").Float()) / g.scale, Y: (e.Get("clientY").Float() - r.Get("top").Float()) / g.scale}
}

// nodeAt is the layer at a place of the drawing, or "".
func (g *graph) nodeAt(p layered.Point) string {
	for i, b := range g.drawing.Boxes {
		if math.Abs(p.X-b.X) <= b.Width/2 && math.Abs(p.Y-b.Y) <= b.Height/2 {
			return g.nodes[i].id
		}
	}
	return ""
}

// edgeAt is the nearest edge within reach of a place that what is held may be put on, or -1.
func (g *graph) edgeAt(p layered.Point) int {
	best, near := -1, float64(reach)
	for i, e := range g.drawing.Edges {
		if g.grab.kind == "node" && (g.nodes[e.From].id == g.grab.of || g.nodes[e.To].id == g.grab.of) {
			continue
		}
		for k, b := range e.Points[1:] {
			if d := distance(p, e.Points[k], b); d < near {
				best, near = i, d
			}
		}
	}
	return best
}

// distance is how far a point is from a line between two others.
func distance(p, a, b layered.Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(1, max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/length))
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}

// mark shows where what is held would go.
func (g *graph) mark(edge int, over string) {
	h := &g.grab
	list := func(id string) goapp.Value { return goapp.Window().GetElementByID(id).Get("classList") }
	if edge != h.target {
		if h.target >= 0 {
			list("edge-"+strconv.Itoa(h.target)).Call("remove", "edge-target")
		}
		if h.target = edge; edge >= 0 {
			list("edge-"+strconv.Itoa(edge)).Call("add", "edge-target")
		}
	}
	if over == h.of && h.kind == "edge" {
		over = ""
	}
	if over != h.over {
		if i := g.at(h.over); i >= 0 {
			list("gnode-"+strconv.Itoa(i)).Call("remove", "gnode-target")
		}
		if i := g.at(over); i >= 0 {
			list("gnode-"+strconv.Itoa(i)).Call("add", "gnode-target")
		}
		h.over = over
	}
}

// up does what the drag was for.
func (g *graph) up(e goapp.Value) {
	h := g.grab
	if h.kind == "" || h.kind == "dragged" || e.Get("pointerId").Int() != h.pointer {
		return
	}
	g.drop()
	if !h.moving {
		return
	}
	if !h.finger { // no click follows what a finger has dragged
		g.grab.kind = "dragged"
	}
	c := g.Core
	var to layered.Edge
	if h.target >= 0 {
		to = g.drawing.Edges[h.target]
	}
	switch {
	case h.kind == "edge" && h.over != "":
		c.Do(state.Connect{From: h.of, To: h.over})
	case h.kind == "node" && h.target >= 0:
		c.Do(state.MoveOn{Node: h.of, To: g.nodes[to.To].id, Port: to.Port})
	case h.kind == "type" && h.target >= 0:
		c.Do(state.AddOn{To: g.nodes[to.To].id, Port: to.Port, Type: h.of})
	case h.kind == "type" && h.over != "":
		c.Do(state.AddAfter{Node: h.over, Type: h.of})
	}
}

// drop lets go of what is held, and takes the marks away.
func (g *graph) drop() {
	if g.grab.resting != nil {
		g.grab.resting.Stop()
	}
	g.mark(-1, "")
	if g.grab.ghost != nil && g.grab.ghost.Truthy() {
		g.grab.ghost.Call("remove")
	}
	if line := goapp.Window().GetElementByID("edge-new"); line.Truthy() {
		line.Call("setAttribute", "d", "")
	}
	goapp.Window().Get("document").Get("body").Get("classList").Call("remove", "dragging")
	g.grab = grab{target: -1}
}
