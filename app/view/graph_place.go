package view

import (
	"fmt"
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// arrange puts the elements where they belong. Style attributes are not allowed by the page's policy, but what a script
// sets is.
func (g *graph) arrange() {
	put := func(id string, left, top, width, height float64) {
		e := goapp.Window().GetElementByID(id)
		if !e.Truthy() {
			return
		}
		style := e.Get("style")
		style.Set("left", figure(left)+"px")
		style.Set("top", figure(top)+"px")
		if width > 0 {
			style.Set("width", figure(width)+"px")
			style.Set("height", figure(height)+"px")
		}
	}
	for i, b := range g.drawing.Boxes {
		put("gnode-"+strconv.Itoa(i), b.X-b.Width/2, b.Y-b.Height/2, b.Width, b.Height)
	}
	for i, e := range g.drawing.Edges {
		n := len(e.Points)
		a, b := e.Points[n-2], e.Points[n-1]
		x, y := (a.X+b.X)/2, (a.Y+b.Y)/2
		if n == 2 {
			y += 4
		}
		put("edge-add-"+strconv.Itoa(i), x-12, y-12, 0, 0)
	}
	put("graph-canvas", 0, 0, g.drawing.Width, g.drawing.Height)
	g.rescale()
}

// rescale shows the drawing at its scale. The frame keeps the room that it takes then, so that it can be scrolled.
func (g *graph) rescale() {
	canvas, size := goapp.Window().GetElementByID("graph-canvas"), goapp.Window().GetElementByID("graph-size")
	if !canvas.Truthy() || g.scale == 0 {
		return
	}
	canvas.Get("style").Set("transform", "scale("+figure3(g.scale)+")")
	size.Get("style").Set("width", figure(g.drawing.Width*g.scale)+"px")
	size.Get("style").Set("height", figure(g.drawing.Height*g.scale)+"px")
}

func figure3(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

func (g *graph) zoom(by float64) {
	g.scale = min(2, max(0.25, g.scale*by))
	g.rescale()
}

// fit makes the drawing as large as its room, but never larger than life: in width, or if all of it is wanted also in
// height.
func (g *graph) fit(all bool) {
	room := goapp.Window().GetElementByID("graph")
	if !room.Truthy() {
		return
	}
	g.fitted = g.Core.Origin() + fmt.Sprint(len(g.nodes))
	const margin = 32
	width, height := room.Get("clientWidth").Float()-margin, room.Get("clientHeight").Float()-margin
	scale := min(1, width/max(1, g.drawing.Width))
	if all {
		scale = min(scale, height/max(1, g.drawing.Height))
	} else {
		scale = max(scale, 0.6)
	}
	g.scale = max(0.25, scale)
	g.rescale()
}

// focusNode gives a layer the focus, and brings it into sight.
func (g *graph) focusNode(id string) {
	for i, n := range g.nodes {
		if n.id != id {
			continue
		}
		if e := goapp.Window().Get("document").Call("querySelector", "#gnode-"+strconv.Itoa(i)+" > button"); e.Truthy() {
			e.Call("focus")
			e.Call("scrollIntoView", map[string]any{"block": "nearest", "inline": "nearest"})
		}
	}
}
