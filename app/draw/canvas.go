package draw

import (
	"math"
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A surface is a canvas whose pixels are those of the screen, and whose units are CSS pixels.
type surface struct {
	canvas, ctx   goapp.Value
	width, height float64
}

// open clears the canvas of that id for drawing; false when it is not to be seen.
func open(id string) (surface, bool) {
	canvas := goapp.Window().GetElementByID(id)
	if !canvas.Truthy() {
		return surface{}, false
	}
	s := surface{canvas: canvas, width: canvas.Get("clientWidth").Float(), height: canvas.Get("clientHeight").Float()}
	if s.width == 0 || s.height == 0 {
		return surface{}, false
	}
	ratio := goapp.Window().Get("devicePixelRatio").Float()
	w, h := int(math.Round(s.width*ratio)), int(math.Round(s.height*ratio))
	s.ctx = canvas.Call("getContext", "2d")
	if canvas.Get("width").Int() != w || canvas.Get("height").Int() != h {
		canvas.Set("width", w)
		canvas.Set("height", h)
	}
	s.ctx.Call("setTransform", ratio, 0, 0, ratio, 0, 0)
	s.ctx.Call("clearRect", 0, 0, s.width, s.height)
	return s, true
}

// Width returns the CSS width of an element, 0 where it is not to be seen.
func Width(id string) float64 {
	e := goapp.Window().GetElementByID(id)
	if !e.Truthy() {
		return 0
	}
	return e.Get("clientWidth").Float()
}

// Stale reports whether a picture that stays as it is has to be drawn: the element is to be seen, and Drawn was not said
// of it in these colours and at this width. The page makes new elements as it likes, so it is the element that remembers.
func Stale(id string) bool {
	e := goapp.Window().GetElementByID(id)
	return e.Truthy() && e.Get("clientWidth").Int() > 0 && !(e.Get("drawnAs").Truthy() && e.Get("drawnAs").String() == drawnAs(e))
}

// Drawn says that a picture was drawn.
func Drawn(id string) {
	if e := goapp.Window().GetElementByID(id); e.Truthy() {
		e.Set("drawnAs", drawnAs(e))
	}
}

// Once draws on a canvas what belongs to its id, where the canvas does not show that already in these colours.
func Once(id string, job func()) {
	e := goapp.Window().GetElementByID(id)
	as := id + " " + strconv.Itoa(Era())
	if !e.Truthy() || e.Get("shows").Truthy() && e.Get("shows").String() == as {
		return
	}
	job()
	e.Set("shows", as)
}

func drawnAs(e goapp.Value) string {
	return strconv.Itoa(Era()) + " " + strconv.Itoa(e.Get("clientWidth").Int())
}

// sizeOf returns the CSS size of an element; false where it is not to be seen.
func sizeOf(id string) ([2]float64, bool) {
	e := goapp.Window().GetElementByID(id)
	if !e.Truthy() {
		return [2]float64{}, false
	}
	size := [2]float64{e.Get("clientWidth").Float(), e.Get("clientHeight").Float()}
	return size, size[0] > 0 && size[1] > 0
}

// A path is an SVG path, which reaches the browser in one call, however many lines it has.
type path []byte

func (p *path) add(command byte, values ...float64) {
	*p = append(*p, command)
	for i, v := range values {
		if i > 0 {
			*p = append(*p, ' ')
		}
		*p = strconv.AppendFloat(*p, v, 'f', 1, 64)
	}
}

func (p *path) circle(x, y, r float64) {
	r = math.Round(10*r) / 10 // or the arcs, written to one place, would not meet as a circle
	p.add('M', x-r, y)
	for _, d := range []float64{2 * r, -2 * r} {
		p.add('a', r, r)
		*p = append(*p, " 0 1 0 "...) // flags have no decimals
		*p = strconv.AppendFloat(*p, d, 'f', 1, 64)
		*p = append(*p, " 0"...)
	}
}

func (p path) value() goapp.Value { return goapp.Window().Get("Path2D").New(string(p)) }

// sheets is canvases that are on no page, by their size: making one takes longer than filling it.
var sheets = map[[2]int]goapp.Value{}

// pixels puts w·h pixels of four bytes on a canvas, which holds them until the next call with that size.
func pixels(rgba []byte, w, h int) goapp.Value {
	window := goapp.Window()
	bytes := window.Get("Uint8ClampedArray").New(len(rgba))
	goapp.CopyBytesToJS(bytes, rgba)
	canvas := sheets[[2]int{w, h}]
	if canvas == nil {
		canvas = window.Get("document").Call("createElement", "canvas")
		canvas.Set("width", w)
		canvas.Set("height", h)
		sheets[[2]int{w, h}] = canvas
	}
	canvas.Call("getContext", "2d").Call("putImageData", window.Get("ImageData").New(bytes, w, h), 0, 0)
	return canvas
}

// Bytes copies an ArrayBuffer into Go's memory.
func Bytes(buffer goapp.Value) []byte {
	view := goapp.Window().Get("Uint8Array").New(buffer)
	b := make([]byte, view.Length())
	goapp.CopyBytesToGo(b, view)
	return b
}
