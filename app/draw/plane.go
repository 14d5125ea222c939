package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Plane draws a decision map: the pixels go from the trainer's buffer to the canvas without passing through Go.
func Plane(id string, buffer goapp.Value, width, height int) {
	canvas := goapp.Window().GetElementByID(id)
	if !canvas.Truthy() || buffer == nil {
		return
	}
	if canvas.Get("width").Int() != width {
		canvas.Set("width", width)
		canvas.Set("height", height)
	}
	bytes := goapp.Window().Get("Uint8ClampedArray").New(buffer)
	image := goapp.Window().Get("ImageData").New(bytes, width, height)
	canvas.Call("getContext", "2d").Call("putImageData", image, 0, 0)
}

// A Cloud is points with their values: class indexes, or numbers.
type Cloud struct {
	At     []float64 // x, y of each
	Values []float64
	Hollow bool
	Lit    bool // larger, in the colour of the text: what is looked at
}

// A View is the part of the plane that is shown: a square from its lower left corner.
type View struct{ Low, Side float64 }

// Points draws clouds over a map. Colour gives each value's; ring is the token of the colour around each.
func Points(id string, view View, radius float64, clouds []Cloud, ring string, colour func(value float64) Colour) {
	s, ok := open(id)
	if !ok {
		return
	}
	paper := Token("map-ring").String()
	around := Token(ring).String()
	for _, cloud := range clouds {
		if cloud.Lit {
			lit(s, view, radius, cloud)
			continue
		}
		paths := map[Colour]*path{}
		for i, v := range cloud.Values {
			if 2*i+1 >= len(cloud.At) {
				break
			}
			x := (cloud.At[2*i] - view.Low) / view.Side * s.width
			y := s.height - (cloud.At[2*i+1]-view.Low)/view.Side*s.height
			c := colour(v)
			if paths[c] == nil {
				paths[c] = &path{}
			}
			paths[c].circle(x, y, radius)
		}
		// All rings first: where points crowd, they lie under every dot.
		shapes := map[Colour]goapp.Value{}
		s.ctx.Set("lineWidth", 2.5)
		s.ctx.Set("strokeStyle", around)
		for c, p := range paths {
			shapes[c] = p.value()
			s.ctx.Call("stroke", shapes[c])
		}
		for c, shape := range shapes {
			if s.ctx.Set("fillStyle", c.String()); cloud.Hollow {
				s.ctx.Set("fillStyle", paper)
				s.ctx.Set("strokeStyle", c.String())
				s.ctx.Set("lineWidth", 1.75)
				s.ctx.Call("stroke", shape)
			}
			s.ctx.Call("fill", shape)
		}
	}
}

// lit rings the points of a cloud.
func lit(s surface, view View, radius float64, cloud Cloud) {
	var rings path
	for i := range len(cloud.At) / 2 {
		x := (cloud.At[2*i] - view.Low) / view.Side * s.width
		y := s.height - (cloud.At[2*i+1]-view.Low)/view.Side*s.height
		rings.circle(x, y, 1.8*radius+1)
	}
	if len(rings) == 0 {
		return
	}
	s.ctx.Set("lineWidth", 2)
	s.ctx.Set("strokeStyle", Token("text").String())
	s.ctx.Call("stroke", rings.value())
}

// Diverge returns the colour of a signed value between -1 and 1, in steps, so that there are not too many.
func Diverge(v float64) Colour {
	v = math.Round(10*max(-1, min(1, v))) / 10
	if v < 0 {
		return mix(Token("map-middle"), Token("negative"), -v)
	}
	return mix(Token("map-middle"), Token("positive"), v)
}

// Dots draws a cloud small, without rings around its points.
func Dots(id string, view View, radius float64, cloud Cloud, colour func(value float64) Colour) {
	s, ok := open(id)
	if !ok {
		return
	}
	paths := map[Colour]*path{}
	for i, v := range cloud.Values {
		c := colour(v)
		if paths[c] == nil {
			paths[c] = &path{}
		}
		paths[c].circle((cloud.At[2*i]-view.Low)/view.Side*s.width,
			s.height-(cloud.At[2*i+1]-view.Low)/view.Side*s.height, radius)
	}
	for c, p := range paths {
		s.ctx.Set("fillStyle", c.String())
		s.ctx.Call("fill", p.value())
	}
}
