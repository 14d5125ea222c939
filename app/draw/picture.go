package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Picture puts one image on a canvas, a pixel for each of its own; the style sheet says how large it is seen. Grey is ink
// on paper in the colours of the theme.
func Picture(id string, bytes []byte, height, width, channels int) {
	canvas := goapp.Window().GetElementByID(id)
	if !canvas.Truthy() || len(bytes) < height*width*channels || height == 0 || width == 0 {
		return
	}
	rgba := Images{Pixels: bytes, Count: 1, Side: 1, Channels: channels}.sized(height * width)
	if canvas.Get("width").Int() != width || canvas.Get("height").Int() != height {
		canvas.Set("width", width)
		canvas.Set("height", height)
	}
	window := goapp.Window()
	array := window.Get("Uint8ClampedArray").New(len(rgba))
	goapp.CopyBytesToJS(array, rgba)
	canvas.Call("getContext", "2d").Call("putImageData", window.Get("ImageData").New(array, width, height), 0, 0)
}

// Line draws a series of values from low to high over the width of a canvas.
func Line(id string, values []float64, low, high float64) {
	s, ok := open(id)
	if !ok || len(values) == 0 || high <= low {
		return
	}
	var p path
	for i, v := range values {
		command := byte('L')
		if i == 0 {
			command = 'M'
		}
		x := s.width * (float64(i) + 0.5) / float64(len(values))
		p.add(command, x, 3+(s.height-6)*math.Min(1, math.Max(0, (high-v)/(high-low))))
	}
	s.ctx.Set("lineWidth", 1.5)
	s.ctx.Set("strokeStyle", Token("accent").String())
	s.ctx.Call("stroke", p.value())
}

// Ring draws a ring around a place of a plane that was drawn before.
func Ring(id string, view View, x, y float64) {
	canvas := goapp.Window().GetElementByID(id)
	if !canvas.Truthy() {
		return
	}
	side := canvas.Get("clientWidth").Float()
	var p path
	p.circle((x-view.Low)/view.Side*side, canvas.Get("clientHeight").Float()-(y-view.Low)/view.Side*side, 9)
	ctx := canvas.Call("getContext", "2d")
	ctx.Set("lineWidth", 2.5)
	ctx.Set("strokeStyle", Token("text").String())
	ctx.Call("stroke", p.value())
}
