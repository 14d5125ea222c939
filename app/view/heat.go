package view

import (
	"descent/app/draw"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A heatMap is a canvas with a matrix, whose cells are pointed at with the pointer or the arrow keys.
type heatMap struct {
	id     string
	most   float64 // its height at most
	heat   draw.Heat
	moved  func() // somebody points elsewhere
	close  []func()
	canvas goapp.Value
}

// mount listens without go-app, which would update the page for each move of the pointer.
func (m *heatMap) mount() {
	m.heat.At = [2]int{-1, -1}
	m.canvas = goapp.Window().GetElementByID(m.id)
	if !m.canvas.Truthy() {
		return
	}
	m.on("pointermove", func(e goapp.Value) {
		l := m.heat.Lay(draw.Width(m.id), m.most)
		if row, col, ok := l.Cell(e.Get("offsetX").Float(), e.Get("offsetY").Float()); ok {
			m.point(row, col)
		}
	})
	m.on("keydown", func(e goapp.Value) {
		row, col := max(0, m.heat.At[0]), max(0, m.heat.At[1])
		if m.heat.At[0] >= 0 {
			switch e.Get("key").String() {
			case "ArrowRight":
				col++
			case "ArrowLeft":
				col--
			case "ArrowDown":
				row++
			case "ArrowUp":
				row--
			}
		}
		switch e.Get("key").String() {
		case "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp":
			e.Call("preventDefault")
			e.Call("stopPropagation")
			m.point(min(max(row, 0), m.heat.Rows-1), min(max(col, 0), m.heat.Cols-1))
		}
	})
}

func (m *heatMap) on(event string, f func(goapp.Value)) {
	handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		f(args[0])
		return nil
	})
	canvas := m.canvas
	canvas.Call("addEventListener", event, handler)
	m.close = append(m.close, func() {
		canvas.Call("removeEventListener", event, handler)
		handler.Release()
	})
}

func (m *heatMap) point(row, col int) {
	if at := [2]int{row, col}; at != m.heat.At && m.heat.Rows > 0 {
		m.heat.At = at
		m.moved()
	}
}

// cell is what is pointed at; false for nothing.
func (m *heatMap) cell() (row, col int, value float32, ok bool) {
	row, col = m.heat.At[0], m.heat.At[1]
	if row < 0 || col < 0 || row >= m.heat.Rows || col >= m.heat.Cols || len(m.heat.Values) < m.heat.Rows*m.heat.Cols {
		return 0, 0, 0, false
	}
	return row, col, m.heat.Values[row*m.heat.Cols+col], true
}

func (m *heatMap) draw() { draw.DrawHeat(m.id, m.heat, m.most) }

func (m *heatMap) unmount() {
	for _, f := range m.close {
		f()
	}
	m.close = nil
}

// heatCanvas is the canvas itself.
func heatCanvas(id, label, describedBy string) goapp.UI {
	return goapp.Canvas().ID(id).Class("heat").TabIndex(0).Role("application").Aria("label", label).Aria("describedby", describedBy)
}
