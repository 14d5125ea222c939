package data

import (
	"math"
	"strconv"
	"strings"
	"sync"
)

// A glyph is the shape of one digit: outlines to fill, or lines for a pen to
// follow. It is one unit high and its middle is the origin; y goes down.
type glyph struct {
	lines  [][]vec // of a fill, each returns to its start
	pen    bool
	weight float64 // of a fill: how wide its strokes are, about
}

type vec struct{ x, y float64 }

// faces are the alphabets that digits are drawn from.
var faces = sync.OnceValue(func() [][10]glyph {
	var all [][10]glyph
	add := func(paths [][10]string, pen bool) {
		for _, ten := range paths {
			var face [10]glyph
			for digit, path := range ten {
				face[digit] = newGlyph(path, pen)
			}
			all = append(all, face)
		}
	}
	add(printed, false)
	add(written, true)
	return all
})

func newGlyph(path string, pen bool) glyph {
	g := glyph{lines: flatten(path), pen: pen}
	lo, hi := bounds(g.lines)
	size := hi.y - lo.y
	for _, line := range g.lines {
		for i, p := range line {
			line[i] = vec{(p.x - (lo.x+hi.x)/2) / size, (p.y - (lo.y+hi.y)/2) / size}
		}
	}
	if !pen {
		// A long band has the area length * width and the outline 2 * length.
		var area, outline float64
		for _, line := range g.lines {
			area += signedArea(line)
			for i := 1; i < len(line); i++ {
				outline += line[i].distance(line[i-1])
			}
		}
		g.weight = 2 * math.Abs(area) / outline
	}
	return g
}

// flatten reads a path and replaces its curves by eight lines each.
func flatten(path string) [][]vec {
	const pieces = 8
	var lines [][]vec
	for path != "" {
		op := path[0]
		end := 1 + strings.IndexAny(path[1:]+"M", "MLQ")
		var v [4]float64
		for i, number := range strings.Fields(path[1:end]) {
			v[i], _ = strconv.ParseFloat(number, 64)
		}
		path = path[end:]
		if op == 'M' {
			lines = append(lines, []vec{{v[0], v[1]}})
			continue
		}
		line := &lines[len(lines)-1]
		from := (*line)[len(*line)-1]
		switch op {
		case 'L':
			*line = append(*line, vec{v[0], v[1]})
		case 'Q':
			for i := 1; i <= pieces; i++ {
				t := float64(i) / pieces
				a, b, c := (1-t)*(1-t), 2*t*(1-t), t*t
				*line = append(*line, vec{a*from.x + b*v[0] + c*v[2], a*from.y + b*v[1] + c*v[3]})
			}
		}
	}
	return lines
}

func (p vec) distance(q vec) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// bounds returns the corners of the box around all points.
func bounds(lines [][]vec) (lo, hi vec) {
	lo, hi = vec{math.Inf(1), math.Inf(1)}, vec{math.Inf(-1), math.Inf(-1)}
	for _, line := range lines {
		for _, p := range line {
			lo = vec{min(lo.x, p.x), min(lo.y, p.y)}
			hi = vec{max(hi.x, p.x), max(hi.y, p.y)}
		}
	}
	return lo, hi
}

// signedArea returns the area within a closed line: positive when it runs
// clockwise as seen, y being downwards; holes run the other way.
func signedArea(line []vec) float64 {
	var sum float64
	for i := 1; i < len(line); i++ {
		sum += line[i-1].x*line[i].y - line[i].x*line[i-1].y
	}
	return sum / 2
}
