package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Ridgeline is how numbers were spread over time: one line for each time, the latest in front.
type Ridgeline struct {
	Name, Note string
	Low, High  string      // the ends of the axis, written out
	Zero       float64     // where 0 lies between them, from 0 to 1; outside of that for nowhere
	Rows       [][]float64 // the share of each column, the oldest row first
	Dim        bool        // there is nothing to draw
}

const (
	ridgeLeast  = 190.0 // the width of a panel at least
	ridgeHeight = 168.0
	ridgeGap    = 20.0
)

// RidgeColumns is how many panels stand side by side in a width.
func RidgeColumns(width float64, count int) int {
	return max(1, min(count, int((width+ridgeGap)/(ridgeLeast+ridgeGap))))
}

// DrawRidges draws a panel for each, in a grid.
func DrawRidges(id string, lines []Ridgeline) {
	width := Width(id)
	if width == 0 || len(lines) == 0 {
		return
	}
	columns := RidgeColumns(width, len(lines))
	rows := (len(lines) + columns - 1) / columns
	goapp.Window().GetElementByID(id).Get("style").Set("height", Px(float64(rows)*(ridgeHeight+ridgeGap)-ridgeGap))
	s, ok := open(id)
	if !ok {
		return
	}
	wide := (width - ridgeGap*float64(columns-1)) / float64(columns)
	for i := range lines {
		lines[i].draw(s, float64(i%columns)*(wide+ridgeGap), float64(i/columns)*(ridgeHeight+ridgeGap), wide)
	}
}

func (r *Ridgeline) draw(s surface, left, top, wide float64) {
	plain, soft, line := Token("text").String(), Token("text-soft").String(), Token("line").String()
	text := func(t, align, colour, font string, x, y float64) {
		s.ctx.Set("textAlign", align)
		s.ctx.Set("fillStyle", colour)
		s.ctx.Set("font", font)
		s.ctx.Call("fillText", t, x, y)
	}
	const small = "11px system-ui, sans-serif"
	s.ctx.Set("textBaseline", "alphabetic")
	text(short(r.Name, int(wide/7.2)), "left", plain, "600 12px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace", left, top+11)
	text(r.Note, "left", soft, small, left, top+26)
	base := top + ridgeHeight - 16 // of the latest
	s.ctx.Set("fillStyle", line)
	s.ctx.Call("fillRect", left, base, wide, 1)
	if r.Zero > 0 && r.Zero < 1 {
		s.ctx.Call("fillRect", left+r.Zero*wide, top+34, 1, base-top-34)
		if r.Zero > 0.2 && r.Zero < 0.8 {
			text("0", "center", soft, small, left+r.Zero*wide, top+ridgeHeight-2)
		}
	}
	if r.Dim || len(r.Rows) == 0 {
		return
	}
	text(r.Low, "left", soft, small, left, top+ridgeHeight-2)
	text(r.High, "right", soft, small, left+wide, top+ridgeHeight-2)
	most := 0.0
	for _, row := range r.Rows {
		peak := 0.0
		for _, v := range row {
			peak = max(peak, v)
		}
		most = max(most, peak)
	}
	if most == 0 {
		return
	}
	const high = 46.0 // of the tallest ridge
	room := base - (top + 34) - high
	n := len(r.Rows)
	surface, old, now := Token("surface"), Token("edge"), Token("accent")
	s.ctx.Set("lineJoin", "round")
	for i, row := range r.Rows {
		y := base
		if n > 1 {
			y = base - room*float64(n-1-i)/float64(n-1)
		}
		var p path
		first, last := edges(row)
		step := wide / float64(len(row))
		p.add('M', left+float64(first)*step, y)
		for c := first; c <= last; c++ {
			p.add('L', left+(float64(c)+0.5)*step, y-high*math.Sqrt(row[c]/most))
		}
		p.add('L', left+float64(last+1)*step, y)
		shape := p.value()
		age := float64(i+1) / float64(n)
		colour := mix(surface, old, 0.25+0.5*age)
		fill := surface
		if i == n-1 {
			colour, fill = now, mix(surface, now, 0.22)
		}
		s.ctx.Set("fillStyle", fill.String())
		s.ctx.Set("globalAlpha", 0.88)
		s.ctx.Call("fill", shape)
		s.ctx.Set("globalAlpha", 1)
		s.ctx.Set("strokeStyle", colour.String())
		s.ctx.Set("lineWidth", 1)
		if i == n-1 {
			s.ctx.Set("lineWidth", 2)
		}
		s.ctx.Call("stroke", shape)
	}
}

// edges are the first and the last column that are not empty.
func edges(row []float64) (first, last int) {
	first, last = len(row)-1, 0
	for i, v := range row {
		if v > 0 {
			first, last = min(first, i), max(last, i)
		}
	}
	return min(first, last), last
}
