package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// sketch listens to the pad on which samples are drawn, without go-app, which would update the page for each move.
type sketch struct {
	canvas goapp.Value
	close  []func()
}

// listen hears the canvas of that id, if it is not heard yet.
func (s *sketch) listen(id string, d *dataMake) {
	canvas := goapp.Window().GetElementByID(id)
	if !canvas.Truthy() {
		s.forget()
		return
	}
	if s.canvas != nil && s.canvas.Equal(canvas) {
		return
	}
	s.forget()
	s.canvas = canvas
	on := func(event string, f func(e goapp.Value)) {
		handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			f(args[0])
			return nil
		})
		canvas.Call("addEventListener", event, handler)
		s.close = append(s.close, func() {
			canvas.Call("removeEventListener", event, handler)
			handler.Release()
		})
	}
	at := func(e goapp.Value) state.Spot {
		return spot(e.Get("offsetX").Float()/canvas.Get("clientWidth").Float(), e.Get("offsetY").Float()/canvas.Get("clientHeight").Float())
	}
	on("pointerdown", func(e goapp.Value) {
		e.Call("preventDefault")
		canvas.Call("focus")
		canvas.Call("setPointerCapture", e.Get("pointerId"))
		d.cursor = nil
		d.begin(at(e))
	})
	on("pointermove", func(e goapp.Value) {
		if d.pen.drawing {
			d.move(at(e))
		}
	})
	on("pointerup", func(goapp.Value) {
		if d.pen.drawing {
			d.Core.Do(state.Scribble{Stroke: d.pen.line}) // the next stroke may begin before the frame
		}
		d.pen.drawing = false
	})
	on("pointercancel", func(goapp.Value) { d.pen.drawing = false })
	on("keydown", d.key)
}

func (s *sketch) forget() {
	for _, f := range s.close {
		f()
	}
	s.canvas, s.close = nil, nil
}

func (d *dataMake) begin(at state.Spot) {
	d.pen = pen{drawing: true, line: []state.Spot{at}}
	d.Core.Do(state.NewScribble{At: at})
	d.paint()
}

func (d *dataMake) move(at state.Spot) {
	d.pen.line = append(d.pen.line, at)
	d.Core.frames.Request("pen", func() {
		c := d.Core
		if !d.pen.drawing {
			return
		}
		c.send(c.Apply(state.Scribble{Stroke: d.pen.line}))
		d.paint()
	})
}

// key draws with the arrow keys. The space bar puts the pen down and lifts it, Enter adds what was drawn, and a number
// chooses the class, 0 the tenth.
func (d *dataMake) key(e goapp.Value) {
	const stride = 1.0 / 14
	key := e.Get("key").String()
	start := state.Spot{X: 0.5, Y: 0.3}
	now := start
	if d.cursor != nil {
		now = *d.cursor
	}
	switch key {
	case "ArrowLeft":
		now.X -= stride
	case "ArrowRight":
		now.X += stride
	case "ArrowUp":
		now.Y -= stride
	case "ArrowDown":
		now.Y += stride
	case " ":
		d.down = !d.down
	case "Enter":
		e.Call("preventDefault")
		d.add()
		return
	case "Delete", "Backspace":
		d.down, now = false, start
		d.Core.Do(state.WipeOut{})
	default:
		if len(key) != 1 || key < "0" || key > "9" || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() {
			return
		}
		e.Call("stopPropagation")
		d.Core.Do(state.ChooseClass{At: (int(key[0]-'0') + 9) % 10})
		return
	}
	e.Call("preventDefault")
	e.Call("stopPropagation")
	now = spot(now.X, now.Y)
	d.cursor = &now
	switch {
	case !d.down:
		d.pen.drawing = false
	case !d.pen.drawing:
		d.begin(now)
	default: // at once: the next key may come before the frame
		d.pen.line = append(d.pen.line, now)
		d.Core.Do(state.Scribble{Stroke: d.pen.line})
	}
	d.paint()
}
