package draw

import (
	"math"
	"strconv"
)

// A Plot is a still chart: axes with a few numbers, and marks between them. Curves that grow are a Chart.
type Plot struct {
	X, Y  Axis
	Marks []Mark
}

// An Axis is the range that is shown, with what it is of.
type Axis struct {
	Low, High float64
	Name      string
	Percent   bool // 0 to 1 are written as 0 % to 100 %
}

// Kinds of Mark.
const (
	MarkLine  = iota // through the points
	MarkIdeal        // likewise, thin and dashed: what would be best
	MarkDots         // at the points
	MarkBars         // from 0 up to each point, Width wide, from its x on
	MarkRing         // around the points
)

// A Mark is one thing that is drawn.
type Mark struct {
	Kind   int
	X, Y   []float64
	Width  float64 // of bars, in units of x
	Size   float64 // radius of dots, in pixels
	Colour string  // a token's name
	Faint  bool
}

// The margins hold the numbers, and the names of the axes.
const (
	plotLeft, plotRight = 46.0, 24.0
	plotTop, plotBottom = 20.0, 36.0
)

// Steps returns round numbers between low and high, at most about n.
func Steps(low, high float64, n int) (out []float64) {
	if !(high > low) || n < 1 {
		return nil
	}
	rough := (high - low) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, k := range []float64{1, 2, 5, 10} {
		if unit*k >= rough*0.999 {
			unit *= k
			break
		}
	}
	for i := math.Ceil(low/unit - 1e-9); i*unit <= high+1e-9*unit; i++ {
		out = append(out, i*unit+0) // and not -0
	}
	return out
}

// place returns where a point stands on a surface of that size.
func (p *Plot) place(x, y, width, height float64) (left, top float64) {
	left = plotLeft + (x-p.X.Low)/(p.X.High-p.X.Low)*(width-plotLeft-plotRight)
	top = height - plotBottom - (y-p.Y.Low)/(p.Y.High-p.Y.Low)*(height-plotTop-plotBottom)
	return left, top
}

// DrawPlot draws a plot on the canvas of that id.
func DrawPlot(id string, p Plot) {
	s, ok := open(id)
	if !ok || !(p.X.High > p.X.Low) || !(p.Y.High > p.Y.Low) {
		return
	}
	p.axes(s)
	for _, m := range p.Marks {
		p.mark(s, m)
	}
}

func (p *Plot) axes(s surface) {
	var grid path
	soft := Token("text-soft").String()
	s.ctx.Set("font", "11px system-ui, sans-serif")
	s.ctx.Set("fillStyle", soft)
	s.ctx.Set("textBaseline", "middle")
	s.ctx.Set("textAlign", "right")
	for _, v := range Steps(p.Y.Low, p.Y.High, max(2, int(s.height/44))) {
		_, y := p.place(p.X.Low, v, s.width, s.height)
		grid.add('M', plotLeft, y)
		grid.add('L', s.width-plotRight, y)
		s.ctx.Call("fillText", p.Y.text(v), plotLeft-6, y)
	}
	s.ctx.Set("textAlign", "center")
	s.ctx.Set("textBaseline", "alphabetic")
	for _, v := range Steps(p.X.Low, p.X.High, max(2, int(s.width/64))) {
		x, _ := p.place(v, p.Y.Low, s.width, s.height)
		grid.add('M', x, plotTop)
		grid.add('L', x, s.height-plotBottom)
		s.ctx.Call("fillText", p.X.text(v), x, s.height-plotBottom+14)
	}
	s.ctx.Call("fillText", p.X.Name, plotLeft+(s.width-plotLeft-plotRight)/2, s.height-5)
	s.ctx.Set("textAlign", "left")
	s.ctx.Call("fillText", p.Y.Name, 4, 11)
	s.ctx.Set("strokeStyle", Token("line").String())
	s.ctx.Set("lineWidth", 1)
	s.ctx.Call("stroke", grid.value())
}

func (a *Axis) text(v float64) string {
	if a.Percent {
		return strconv.FormatFloat(100*v, 'g', 3, 64) + " %"
	}
	if math.Abs(v) < 1e-12 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}

func (p *Plot) mark(s surface, m Mark) {
	colour := Token(m.Colour).String()
	s.ctx.Set("strokeStyle", colour)
	s.ctx.Set("fillStyle", colour)
	s.ctx.Set("globalAlpha", 1)
	if m.Faint {
		s.ctx.Set("globalAlpha", 0.45)
	}
	var shape path
	n := min(len(m.X), len(m.Y))
	for i := range n {
		x, y := p.place(m.X[i], m.Y[i], s.width, s.height)
		switch m.Kind {
		case MarkLine, MarkIdeal:
			command := byte('L')
			if i == 0 {
				command = 'M'
			}
			shape.add(command, x, y)
		case MarkDots, MarkRing:
			shape.circle(x, y, m.Size)
		case MarkBars:
			right, floor := p.place(m.X[i]+m.Width, max(0, p.Y.Low), s.width, s.height)
			shape.add('M', x+0.5, floor)
			shape.add('L', x+0.5, y)
			shape.add('L', right-0.5, y)
			shape.add('L', right-0.5, floor)
			shape = append(shape, 'Z')
		}
	}
	if len(shape) == 0 {
		return
	}
	switch m.Kind {
	case MarkLine:
		s.ctx.Set("lineWidth", 2)
		s.ctx.Set("lineJoin", "round")
		s.ctx.Call("stroke", shape.value())
	case MarkRing:
		s.ctx.Set("lineWidth", 2)
		s.ctx.Call("stroke", shape.value())
	case MarkIdeal:
		s.ctx.Set("lineWidth", 1)
		dash := parse("[4,4]")
		s.ctx.Call("setLineDash", dash)
		s.ctx.Call("stroke", shape.value())
		s.ctx.Call("setLineDash", parse("[]"))
	default:
		s.ctx.Call("fill", shape.value())
	}
	s.ctx.Set("globalAlpha", 1)
}
