package draw

import "math"

// Rates draws a learning rate over steps: what was, what is to come, and where training stands.
func Rates(id string, past, ahead Series, at, steps float64) {
	s, ok := open(id)
	if !ok {
		return
	}
	const margin = 5
	top := 0.0
	for _, line := range []Series{past, ahead} {
		for _, v := range line.Y {
			if v-v == 0 {
				top = max(top, v)
			}
		}
	}
	if top == 0 {
		top = 1
	}
	x := func(step float64) float64 { return margin + (s.width-2*margin)*step/max(1, steps) }
	y := func(v float64) float64 { return s.height - margin - (s.height-2*margin)*v/top }
	stroke := func(line Series, colour string, width float64, dash ...any) {
		var p path
		command := byte('M')
		for i, v := range line.Y {
			if v-v != 0 || math.IsNaN(line.X[i]) {
				continue
			}
			p.add(command, x(line.X[i]), y(v))
			command = 'L'
		}
		if len(p) == 0 {
			return
		}
		s.ctx.Call("setLineDash", dash)
		s.ctx.Set("strokeStyle", Token(colour).String())
		s.ctx.Set("lineWidth", width)
		s.ctx.Call("stroke", p.value())
	}
	ground := Series{X: []float64{0, steps}, Y: []float64{0, 0}}
	stroke(ground, "line", 1)
	stroke(ahead, "accent", 2, 3, 3)
	stroke(past, "series-train", 2)
	now := math.NaN()
	if n := len(past.Y); n > 0 {
		now = past.Y[n-1]
	} else if len(ahead.Y) > 0 {
		now = ahead.Y[0]
	}
	if now-now == 0 {
		var p path
		p.circle(x(at), y(now), 4)
		s.ctx.Call("setLineDash", []any{})
		s.ctx.Set("fillStyle", Token("accent").String())
		s.ctx.Call("fill", p.value())
	}
}
