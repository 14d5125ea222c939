package view

import (
	"time"

	"descent/app/draw"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A scatter is a canvas with points in two or three dimensions, which are turned by dragging or with the arrow keys.
type scatter struct {
	id         string
	core       *Core
	points     func() (draw.Space, bool) // what is drawn
	lit        int                       // the point pointed at, from 1
	chosen     func(i int)               // somebody clicked on a point; nil where that does nothing
	turn, tilt float64
	turning    bool // by itself
	grabbed    bool
	moved      bool // since it was grabbed
	last       [2]float64
	on         listeners
	gone       bool
	at         time.Time // of the last frame
}

func (s *scatter) mount() {
	s.turn, s.tilt, s.gone = 0.6, 0.35, false
	canvas := goapp.Window().GetElementByID(s.id)
	place := func(e goapp.Value) [2]float64 {
		return [2]float64{e.Get("offsetX").Float(), e.Get("offsetY").Float()}
	}
	s.on.hear(canvas, "pointerdown", func(e goapp.Value) {
		s.grabbed, s.moved, s.last = true, false, place(e)
		if s.core.Solid {
			canvas.Call("setPointerCapture", e.Get("pointerId"))
		}
	})
	s.on.hear(canvas, "pointermove", func(e goapp.Value) {
		at := place(e)
		if s.grabbed && s.core.Solid {
			s.moved = true
			s.rotate((at[0]-s.last[0])/120, (at[1]-s.last[1])/120)
			s.last = at
			return
		}
		if p, ok := s.space(); ok {
			s.light(p.Nearest(s.id, at[0], at[1]))
		}
	})
	s.on.hear(canvas, "pointerup", func(goapp.Value) {
		if s.grabbed && !s.moved && s.chosen != nil && s.lit > 0 {
			s.chosen(s.lit - 1)
		}
		s.grabbed = false
	})
	s.on.hear(canvas, "pointercancel", func(goapp.Value) { s.grabbed = false })
	s.on.hear(canvas, "keydown", s.key)
	s.draw()
}

func (s *scatter) unmount() {
	s.gone = true
	s.on.close()
}

// space is what is drawn, as it is turned.
func (s *scatter) space() (draw.Space, bool) {
	p, ok := s.points()
	p.Solid, p.Turn, p.Tilt, p.Lit = s.core.Solid, s.turn, s.tilt, s.lit-1
	return p, ok
}

func (s *scatter) draw() {
	s.core.frames.Request(s.id, func() {
		if s.gone {
			return
		}
		if p, ok := s.space(); ok {
			draw.DrawSpace(s.id, p)
		}
		if s.turning && s.core.Solid && !s.grabbed {
			now := time.Now()
			if since := now.Sub(s.at).Seconds(); since < 0.2 {
				s.turn += 0.3 * since
			}
			s.at = now
			s.draw()
		}
	})
}

// calm reports whether the system asks for little motion.
func calmMotion() bool {
	return goapp.Window().Call("matchMedia", "(prefers-reduced-motion: reduce)").Get("matches").Truthy()
}

// key turns the points in three dimensions, and in two goes from one to the next; N and P do so in both.
func (s *scatter) key(e goapp.Value) {
	const angle = 0.12
	key := e.Get("key").String()
	p, ok := s.space()
	if !ok {
		return
	}
	by := map[string]int{"n": 1, "p": -1, "N": 1, "P": -1}[key]
	if !s.core.Solid {
		if arrow := (map[string]int{"ArrowRight": 1, "ArrowDown": 1, "ArrowLeft": -1, "ArrowUp": -1})[key]; arrow != 0 {
			by = arrow
		}
	}
	switch {
	case by != 0:
		n := len(p.At) / 3
		s.light((max(0, s.lit-1) + by + n) % n)
	case key == "Enter" && s.chosen != nil && s.lit > 0:
		s.chosen(s.lit - 1)
	case !s.core.Solid:
		return
	case key == "ArrowLeft":
		s.rotate(-angle, 0)
	case key == "ArrowRight":
		s.rotate(angle, 0)
	case key == "ArrowUp":
		s.rotate(0, -angle)
	case key == "ArrowDown":
		s.rotate(0, angle)
	default:
		return
	}
	e.Call("preventDefault")
	e.Call("stopPropagation")
}

func (s *scatter) rotate(turn, tilt float64) {
	s.turn, s.tilt = s.turn+turn, min(1.5, max(-1.5, s.tilt+tilt))
	s.draw()
}

func (s *scatter) light(i int) {
	if i+1 != s.lit {
		s.lit = i + 1
		s.draw()
		s.core.refreshViews()
	}
}

// canvas is the canvas itself.
func (s *scatter) canvas(id, label string) goapp.UI {
	return goapp.Div().Class("space-frame").Body(
		goapp.Canvas().ID(id).Class("space").TabIndex(0).Role("application").Aria("label", label).Aria("describedby", id+"-said"))
}
