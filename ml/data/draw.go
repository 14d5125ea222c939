package data

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"descent/ml/tensor"
)

// A drawer draws digits as MNIST has them: within a box of 20×20 pixels whose
// centre of mass is the middle of 28×28.
type drawer struct {
	rotation float64 // at most, in degrees to either side
	noise    float64 // at most, of the full range, to either side

	dice   dice
	lines  [][]vec // the glyph as it is being deformed
	raster vector.Rasterizer
	alpha  image.Alpha
	grain  [imageLen]float32
}

// dice draws one number of a stream after the other.
type dice struct {
	s tensor.Stream
	n int
}

func (d *dice) between(lo, hi float64) float64 {
	d.n++
	return uniform(d.s, d.n-1, lo, hi)
}

// grainFrom is the index in a sample's stream of the noise on its pixels,
// beyond what the shape draws.
const grainFrom = 64

// draw fills dst, 28×28 bytes, with the digit, whose shape is drawn from s:
//   - the face: a font, or one of two hands
//   - the width of the pen, 8 to 17 % of the height
//   - two slow waves, up to 6 % of the height, that bend it
//   - width 70 to 120 %, lean (x by y) -0.15 to 0.35, rotation
//   - the larger side 17 to 20 px, the place up to 1.5 px off the middle
//   - ink 80 to 100 %, noise on every pixel
func (d *drawer) draw(dst []byte, digit int, s tensor.Stream) {
	d.dice = dice{s: s}
	all := faces()
	// Each hand is as likely as two fonts.
	face := min(int(d.dice.between(0, float64(len(printed)+2*len(written)))), len(printed)+2*len(written)-1)
	if face >= len(printed) {
		face = len(printed) + (face-len(printed))/2
	}
	g := &all[face][digit]
	pen := d.dice.between(0.08, 0.17)

	d.lines = copyLines(d.lines, g.lines)
	if !g.pen {
		grow := (pen - g.weight) / 2
		embolden(d.lines, max(grow, -0.3*g.weight))
	}
	d.bend()
	pen = d.place(pen, g.pen)

	clear(dst)
	if g.pen {
		stroke(dst, d.lines, pen/2)
	} else {
		d.fill(dst)
	}
	d.print(dst)
}

// bend deforms the lines, in units of the digit's height.
func (d *drawer) bend() {
	const amplitude = 0.06
	roll := &d.dice
	ax, fx, px := roll.between(0, amplitude), roll.between(3, 8), roll.between(0, 2*math.Pi)
	ay, fy, py := roll.between(0, amplitude), roll.between(3, 8), roll.between(0, 2*math.Pi)
	width, lean := roll.between(0.7, 1.2), roll.between(-0.15, 0.35)
	sin, cos := math.Sincos(d.rotation * math.Pi / 180 * roll.between(-1, 1))
	for _, line := range d.lines {
		for i, p := range line {
			x := p.x + ax*math.Sin(fx*p.y+px)
			y := p.y + ay*math.Sin(fy*p.x+py)
			x = width*x - lean*y
			line[i] = vec{cos*x - sin*y, sin*x + cos*y}
		}
	}
}

// place brings the lines to pixels of the image and returns the pen's width,
// given as a fraction of the height, in pixels.
func (d *drawer) place(pen float64, penned bool) float64 {
	size := d.dice.between(17, 20)
	pen *= size
	if penned {
		size -= pen // the pen paints half its width around the lines
	}
	lo, hi := bounds(d.lines)
	scale := size / max(hi.x-lo.x, hi.y-lo.y)

	mass := centre(d.lines, penned)
	const middle, margin = 14, 2.5
	shift := func(lo, hi, mass float64) float64 {
		s := middle + d.dice.between(-1.5, 1.5) - scale*mass
		return min(max(s, margin-scale*lo), 28-margin-scale*hi) // all within the image
	}
	dx, dy := shift(lo.x, hi.x, mass.x), shift(lo.y, hi.y, mass.y)
	for _, line := range d.lines {
		for i, p := range line {
			line[i] = vec{scale*p.x + dx, scale*p.y + dy}
		}
	}
	return pen
}

// centre returns the centre of mass of the lines, or of what they enclose.
func centre(lines [][]vec, pen bool) vec {
	var mass, mx, my float64
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			p, q := line[i-1], line[i]
			m, share := p.distance(q), 0.5
			if !pen { // of the triangle to the origin, signed
				m, share = p.x*q.y-q.x*p.y, 1.0/3
			}
			mass += m
			mx += m * share * (p.x + q.x)
			my += m * share * (p.y + q.y)
		}
	}
	return vec{mx / mass, my / mass}
}

// fill paints what the lines enclose.
func (d *drawer) fill(dst []byte) {
	d.raster.Reset(28, 28)
	d.raster.DrawOp = draw.Src
	for _, line := range d.lines {
		d.raster.MoveTo(float32(line[0].x), float32(line[0].y))
		for _, p := range line[1:] {
			d.raster.LineTo(float32(p.x), float32(p.y))
		}
		d.raster.ClosePath()
	}
	d.alpha = image.Alpha{Pix: dst, Stride: 28, Rect: image.Rect(0, 0, 28, 28)}
	d.raster.Draw(&d.alpha, d.alpha.Rect, image.Opaque, image.Point{})
}

// print thins the ink and adds the noise.
func (d *drawer) print(dst []byte) {
	ink := d.dice.between(0.8, 1)
	if d.noise > 0 {
		noise := float32(255 * d.noise)
		d.dice.s.FillUniform(d.grain[:], grainFrom, -noise, noise)
	}
	for i, v := range dst {
		level := float32(float64(v)*ink) + 0.5
		if d.noise > 0 {
			level += d.grain[i]
		}
		dst[i] = byte(min(max(level, 0), 255))
	}
}
