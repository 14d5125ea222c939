package view

import (
	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// press does what a key asks for while a layer of the graph has the focus.
func (g *graph) press(e goapp.Value) {
	c := g.Core
	face := e.Get("target").Call("closest", "[data-gnode]")
	if !face.Truthy() || e.Get("isComposing").Truthy() {
		return
	}
	id := face.Get("dataset").Get("gnode").String()
	at := g.at(id)
	key := e.Get("key").String()
	control := e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy()
	done := func() {
		e.Call("preventDefault")
		e.Call("stopPropagation")
	}
	edit := func(a state.Action) {
		done()
		g.focus = true
		c.Do(a)
	}
	to := func(i int) {
		done()
		if i >= 0 && i < len(g.nodes) {
			g.visit(g.nodes[i].id)
		}
	}
	switch {
	case control:
		if key == "d" && id != nn.InputName {
			edit(state.Duplicate{Node: id})
		}
	case e.Get("altKey").Truthy():
		switch {
		case id == nn.InputName:
		case key == "ArrowUp":
			edit(state.MoveAlong{Node: id, By: -1})
		case key == "ArrowDown":
			edit(state.MoveAlong{Node: id, By: 1})
		}
	case key == "ArrowDown":
		to(g.below(at))
	case key == "ArrowUp":
		to(g.above(at))
	case key == "ArrowLeft":
		to(g.beside(at, -1))
	case key == "ArrowRight":
		to(g.beside(at, 1))
	case key == "Home":
		to(0)
	case key == "End":
		to(len(g.nodes) - 1)
	case key == "Delete" || key == "Backspace":
		if id != nn.InputName {
			edit(state.TakeOut{Node: id})
		}
	case key == "c" || key == "C":
		edit(state.Join{From: id})
	case key == "a" || key == "A" || key == "Insert":
		done()
		c.Do(state.FindFor{Slot: state.Slot{After: id}})
	case key == "b" || key == "B":
		done()
		c.Do(state.FindFor{Slot: state.Slot{After: id, Branch: true}})
	case key == "Escape" && c.Linking != "":
		edit(state.Join{})
	case key == "Enter":
		done()
		if c.Linking != "" {
			g.focus = true
			g.choose(id)
			return
		}
		c.Do(state.Mark{Node: id})
		c.focusForm()
	}
}

// visit moves the focus to a layer. It is selected by that, unless another is about to be connected.
func (g *graph) visit(id string) {
	if g.Core.Linking != "" {
		g.focusNode(id)
		return
	}
	g.focus = true
	g.Core.Do(state.Mark{Node: id})
}

func (g *graph) at(id string) int {
	for i, n := range g.nodes {
		if n.id == id {
			return i
		}
	}
	return -1
}

// below is the first layer that reads one, the nearest to it.
func (g *graph) below(i int) int {
	for _, e := range g.drawing.Edges {
		if e.From == i {
			return e.To
		}
	}
	return min(i+1, len(g.nodes)-1)
}

// above is what a layer reads first.
func (g *graph) above(i int) int {
	for _, e := range g.drawing.Edges {
		if e.To == i {
			return e.From
		}
	}
	return max(0, i-1)
}

// beside is the neighbour in the same row, on one side; the layer itself where there is none.
func (g *graph) beside(i, side int) int {
	if i < 0 {
		return 0
	}
	best, me := i, g.drawing.Boxes[i]
	for k, b := range g.drawing.Boxes {
		way := (b.X - me.X) * float64(side)
		if b.Rank == me.Rank && way > 0 && (best == i || way < (g.drawing.Boxes[best].X-me.X)*float64(side)) {
			best = k
		}
	}
	return best
}

// focusForm moves the focus into the form of the selected layer, once it is drawn.
func (c *Core) focusForm() {
	c.frames.Request("form", func() {
		if e := goapp.Window().Get("document").Call("querySelector", "#layer-form input, #layer-form select, #layer-form button"); e.Truthy() {
			e.Call("focus")
		}
	})
}
