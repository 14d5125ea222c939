package view

import (
	"math"
	"strconv"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// residual is how far off the values are that a model tells.
type residual struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *residual) Render() goapp.UI {
	c := v.Core
	r := c.Residuals
	low, high := math.Inf(1), math.Inf(-1)
	dots := draw.Mark{Kind: draw.MarkDots, Size: 3, Colour: "series-validation", Faint: true, X: r.Told, Y: r.Answered}
	off := draw.Mark{Kind: draw.MarkDots, Size: 3, Colour: "series-validation", Faint: true, X: r.Answered}
	for i := range r.Told {
		low, high = min(low, r.Told[i], r.Answered[i]), max(high, r.Told[i], r.Answered[i])
		off.Y = append(off.Y, r.Told[i]-r.Answered[i])
	}
	margin := 0.05 * (high - low)
	if margin == 0 {
		margin = 1
	}
	low, high = low-margin, high+margin
	histogram := draw.Mark{Kind: draw.MarkBars, Colour: "series-validation", Width: (r.High - r.Low) / float64(len(r.Histogram))}
	most := 1
	for i, n := range r.Histogram {
		histogram.X, histogram.Y = append(histogram.X, r.Low+histogram.Width*float64(i)), append(histogram.Y, float64(n))
		most = max(most, n)
	}
	told, answered := c.t("residual.told"), c.t("residual.answered")
	return c.card("residual", c.t("residual.title"), c.t("residual.doc"), v.choice(),
		goapp.P().DataSet("testid", "residual-mean").Text(c.t("residual.mean", state.Loss(r.Mean), state.Loss(r.SD))),
		goapp.Div().Class("figures").Body(
			&plotted{Core: c, Rev: v.Rev, ID: "told-answered", Class: "figure-square", Label: c.t("residual.scatter", len(r.Told)),
				Plot: draw.Plot{X: draw.Axis{Low: low, High: high, Name: told}, Y: draw.Axis{Low: low, High: high, Name: answered},
					Marks: []draw.Mark{{Kind: draw.MarkIdeal, X: []float64{low, high}, Y: []float64{low, high}, Colour: "edge"}, dots}}},
			&plotted{Core: c, Rev: v.Rev, ID: "residuals", Class: "figure-square", Label: c.t("residual.histogram"),
				Plot: draw.Plot{X: draw.Axis{Low: r.Low, High: r.High, Name: c.t("residual.off")}, Y: draw.Axis{High: float64(most) * 1.05, Name: c.t("calibration.count")},
					Marks: []draw.Mark{histogram}}},
			&plotted{Core: c, Rev: v.Rev, ID: "residuals-answered", Class: "figure-square", Label: c.t("residual.against"),
				Plot: draw.Plot{X: draw.Axis{Low: low, High: high, Name: answered}, Y: draw.Axis{Low: r.Low, High: r.High, Name: c.t("residual.off")},
					Marks: []draw.Mark{{Kind: draw.MarkIdeal, X: []float64{low, high}, Y: []float64{0, 0}, Colour: "edge"}, off}}}))
}

// choice is the output, where there are several.
func (v *residual) choice() goapp.UI {
	c := v.Core
	if c.Residuals.Outputs < 2 {
		return goapp.Div()
	}
	const id = "residual-output"
	var options []goapp.UI
	for k := range c.Residuals.Outputs {
		options = append(options, goapp.Option().Value(strconv.Itoa(k)).Selected(c.Residuals.Output == k).Text(k+1))
	}
	return goapp.Div().Class("tools").Body(
		goapp.Label().Class("soft").For(id).Text(c.t("residual.output")),
		goapp.Select().ID(id).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			if k, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
				c.Do(state.TraceOf{Of: k})
			}
		}).Body(options...))
}
