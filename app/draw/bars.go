package draw

import (
	"math"
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Bars is a row of numbers as bars, up from 0 and down from it.
type Bars struct {
	Values []float32
	Names  []string // below each; nil for their places
	Lit    int      // the bar pointed at; -1 for none
}

const (
	barsHeight = 150.0
	barsFoot   = 18.0
)

// At is the bar at a place; -1 for none.
func (b *Bars) At(width, x float64) int {
	if n := len(b.Values); n > 0 && x >= 0 && x < width {
		return int(x / (width / float64(n)))
	}
	return -1
}

// DrawBars draws the bars.
func DrawBars(id string, b Bars) {
	if Width(id) == 0 || len(b.Values) == 0 {
		return
	}
	goapp.Window().GetElementByID(id).Get("style").Set("height", Px(barsHeight))
	s, ok := open(id)
	if !ok {
		return
	}
	low, high := 0.0, 0.0
	for _, v := range b.Values {
		if v-v == 0 {
			low, high = min(low, float64(v)), max(high, float64(v))
		}
	}
	if low == high {
		high = 1
	}
	room := barsHeight - barsFoot - 6
	y := func(v float64) float64 { return 4 + room*(high-v)/(high-low) }
	step := s.width / float64(len(b.Values))
	wide := max(1, min(36, 0.76*step))
	negative, positive, soft, plain := Token("negative").String(), Token("positive").String(), Token("text-soft").String(), Token("text").String()
	s.ctx.Set("textAlign", "center")
	s.ctx.Set("font", "11px system-ui, sans-serif")
	every := int(math.Ceil(float64(len(b.Values)) * 26 / s.width))
	for i, value := range b.Values {
		v := float64(value)
		if v != v {
			continue
		}
		v = max(low, min(high, v))
		x := (float64(i) + 0.5) * step
		s.ctx.Set("fillStyle", positive)
		if v < 0 {
			s.ctx.Set("fillStyle", negative)
		}
		s.ctx.Call("fillRect", x-wide/2, min(y(v), y(0)), wide, max(1, math.Abs(y(v)-y(0))))
		name := strconv.Itoa(i + 1)
		if b.Names != nil && i < len(b.Names) {
			name = short(b.Names[i], max(3, int(step*float64(every)/7)))
		}
		s.ctx.Set("fillStyle", soft)
		if i == b.Lit {
			s.ctx.Set("fillStyle", plain)
			s.ctx.Set("strokeStyle", Token("accent").String())
			s.ctx.Set("lineWidth", 2)
			s.ctx.Call("strokeRect", x-wide/2-1, min(y(v), y(0))-1, wide+2, max(1, math.Abs(y(v)-y(0)))+2)
		}
		if i%every == 0 {
			s.ctx.Call("fillText", name, x, barsHeight-4)
		}
	}
	s.ctx.Set("fillStyle", Token("edge").String())
	s.ctx.Call("fillRect", 0, y(0)-0.5, s.width, 1)
}
