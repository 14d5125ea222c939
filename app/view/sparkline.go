package view

import (
	"math"
	"strconv"
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// The sparkline's box, in units of its own.
const (
	sparkWide = 96
	sparkHigh = 28
)

// sparkline is the losses of a run as two small lines. The table has them as numbers.
func sparkline(r *state.Run) goapp.UI {
	low, high, last := math.Inf(1), math.Inf(-1), 1.0
	for _, c := range []*state.Curve{&r.Train, &r.Valid} {
		for _, p := range c.Points {
			if !math.IsNaN(p.Loss) && !math.IsInf(p.Loss, 0) {
				low, high = min(low, p.Loss), max(high, p.Loss)
			}
			last = max(last, float64(p.Step))
		}
	}
	line := func(c *state.Curve) goapp.UI {
		var path strings.Builder
		for _, p := range c.Points {
			if math.IsNaN(p.Loss) || math.IsInf(p.Loss, 0) {
				continue
			}
			x := 1 + (sparkWide-2)*float64(p.Step)/last
			y := sparkHigh / 2.0
			if high > low {
				y = 2 + (sparkHigh-4)*(high-p.Loss)/(high-low)
			}
			path.WriteString(strconv.FormatFloat(x, 'f', 1, 64) + "," + strconv.FormatFloat(y, 'f', 1, 64) + " ")
		}
		return goapp.Elem("polyline").XMLNS(svg).Attr("points", path.String())
	}
	return goapp.Span().Class("sparkline").Aria("hidden", true).Body(goapp.Elem("svg").XMLNS(svg).Attr("viewBox", "0 0 "+strconv.Itoa(sparkWide)+" "+strconv.Itoa(sparkHigh)).Body(
		line(&r.Train), line(&r.Valid)))
}
