package draw

import (
	"math"
	"slices"
)

// A Space is named points in two or three dimensions.
type Space struct {
	At    []float64 // x, y and z of each, at most 1 away from the middle
	Names []string
	Paint []Colour // of each, which is a dot then; nil for names
	Wrong []bool   // ringed
	Solid bool     // seen in three dimensions, from an angle
	Turn  float64  // about the upright axis, in radians
	Tilt  float64
	Lit   int // the point pointed at; -1 for none
}

// places projects the points onto a square of a size, the nearest to the eye last.
func (p *Space) places(width, height float64) (at [][3]float64, order []int) {
	n := len(p.At) / 3
	at, order = make([][3]float64, n), make([]int, n)
	sin, cos := math.Sincos(p.Turn)
	tiltSin, tiltCos := math.Sincos(p.Tilt)
	size := 0.44 * min(width, height)
	for i := range n {
		x, y, z := p.At[3*i], p.At[3*i+1], p.At[3*i+2]
		if p.Solid {
			x, z = cos*x+sin*z, cos*z-sin*x
			y, z = tiltCos*y-tiltSin*z, tiltSin*y+tiltCos*z
		} else {
			z = 0
		}
		stretch := 1.0
		if !p.Solid {
			stretch = min(2, max(1, width/height))
		}
		at[i] = [3]float64{width/2 + size*stretch*x, height/2 - size*y, z}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case at[a][2] < at[b][2]:
			return -1
		case at[a][2] > at[b][2]:
			return 1
		}
		return 0
	})
	return at, order
}

// Nearest returns the point nearest to a place on the canvas of that id, within reach; -1 for none.
func (p *Space) Nearest(id string, x, y float64) int {
	s, ok := sizeOf(id)
	if !ok {
		return -1
	}
	at, _ := p.places(s[0], s[1])
	best, least := -1, 24.0
	for i, q := range at {
		if d := math.Hypot(q[0]-x, q[1]-y); d < least {
			best, least = i, d
		}
	}
	return best
}

// DrawSpace draws the points with their names.
func DrawSpace(id string, p Space) {
	s, ok := open(id)
	if !ok || len(p.At) < 3 {
		return
	}
	at, order := p.places(s.width, s.height)
	if p.Solid {
		p.axes(s)
	}
	far, near, ink := Token("edge"), Token("text"), Token("accent")
	s.ctx.Set("textAlign", "center")
	s.ctx.Set("textBaseline", "middle")
	many := len(at) > 300
	for _, i := range order {
		depth := 0.5
		if p.Solid {
			depth = (at[i][2] + 1) / 2
		}
		c := mix(far, near, 0.25+0.75*max(0, min(1, depth)))
		if !p.Solid {
			c = near
		}
		x, y := at[i][0], at[i][1]
		if i < len(p.Paint) {
			p.dot(s, i, x, y, depth)
			continue
		}
		if i >= len(p.Names) || p.Names[i] == "" || many && i != p.Lit {
			s.ctx.Set("fillStyle", c.String())
			s.ctx.Call("fillRect", x-1.5, y-1.5, 3, 3)
			continue
		}
		s.ctx.Set("font", "13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace")
		s.ctx.Set("fillStyle", c.String())
		s.ctx.Call("fillText", short(p.Names[i], 8), x, y)
	}
	if i := p.Lit; i >= 0 && i < len(at) {
		s.ctx.Set("strokeStyle", ink.String())
		s.ctx.Set("lineWidth", 2)
		s.ctx.Call("beginPath")
		s.ctx.Call("arc", at[i][0], at[i][1], 12, 0, 7)
		s.ctx.Call("stroke")
	}
}

// dot draws a point in its colour, the nearer the larger.
func (p *Space) dot(s surface, i int, x, y, depth float64) {
	r := 4.0
	if p.Solid {
		r = 2.6 + 2.6*max(0, min(1, depth))
	}
	s.ctx.Call("beginPath")
	s.ctx.Call("arc", x, y, r, 0, 7)
	s.ctx.Set("fillStyle", p.Paint[i].String())
	s.ctx.Call("fill")
	s.ctx.Set("lineWidth", 1)
	s.ctx.Set("strokeStyle", Token("map-ring").String())
	if i < len(p.Wrong) && p.Wrong[i] {
		s.ctx.Set("lineWidth", 2)
		s.ctx.Set("strokeStyle", Token("wrong").String())
	}
	s.ctx.Call("stroke")
}

// axes draws where the components point.
func (p *Space) axes(s surface) {
	ends := Space{At: []float64{1, 0, 0, 0, 1, 0, 0, 0, 1}, Solid: true, Turn: p.Turn, Tilt: p.Tilt}
	at, _ := ends.places(s.width, s.height)
	s.ctx.Set("strokeStyle", Token("line").String())
	s.ctx.Set("lineWidth", 1)
	for _, q := range at {
		s.ctx.Call("beginPath")
		s.ctx.Call("moveTo", s.width-q[0], s.height-q[1])
		s.ctx.Call("lineTo", q[0], q[1])
		s.ctx.Call("stroke")
	}
}
