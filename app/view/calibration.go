package view

import (
	"math"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// calibration is whether the model is as often right as it is sure.
type calibration struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *calibration) Render() goapp.UI {
	c := v.Core
	cal := c.Report.Calibration
	var sure, right draw.Mark
	right = draw.Mark{Kind: draw.MarkBars, Width: 0.1, Colour: "series-validation", Faint: true}
	sure = draw.Mark{Kind: draw.MarkDots, Size: 4, Colour: "series-validation"}
	most := 0
	for i, n := range cal.Counts {
		if n > 0 {
			right.X, right.Y = append(right.X, float64(i)/10), append(right.Y, cal.Accuracy[i])
			sure.X, sure.Y = append(sure.X, cal.Sure[i]), append(sure.Y, cal.Accuracy[i])
		}
		most = max(most, n)
	}
	counts := draw.Mark{Kind: draw.MarkBars, Width: 0.1, Colour: "series-train"}
	for i, n := range cal.Counts {
		counts.X, counts.Y = append(counts.X, float64(i)/10), append(counts.Y, float64(n))
	}
	unit := draw.Axis{High: 1, Percent: true, Name: c.t("calibration.sure")}
	verdict := "calibration.good"
	switch {
	case cal.Error >= 0.05 && overconfident(cal.Sure, cal.Accuracy, cal.Counts) > 0:
		verdict = "calibration.over"
	case cal.Error >= 0.05:
		verdict = "calibration.under"
	}
	return c.card("calibration", c.t("calibration.title"), c.t("calibration.doc"),
		goapp.Span().Class("soft").DataSet("testid", "ece").Title(c.t("calibration.ece.doc")).Text(c.t("calibration.ece", state.Percent(cal.Error))),
		goapp.P().Text(c.t(verdict)),
		&plotted{Core: c, Rev: v.Rev, ID: "reliability", Class: "figure-square", Label: c.t("calibration.label", state.Percent(cal.Error)),
			Plot: draw.Plot{X: unit, Y: draw.Axis{High: 1, Percent: true, Name: c.t("calibration.right")},
				Marks: []draw.Mark{right, {Kind: draw.MarkIdeal, X: []float64{0, 1}, Y: []float64{0, 1}, Colour: "edge"}, sure}}},
		&plotted{Core: c, Rev: v.Rev, ID: "reliability-counts", Class: "figure-low", Label: c.t("calibration.counts"),
			Plot: draw.Plot{X: unit, Y: draw.Axis{High: math.Max(1, float64(most)) * 1.05, Name: c.t("calibration.counts")}, Marks: []draw.Mark{counts}}},
		goapp.P().Class("soft").Text(c.t("calibration.ece.doc")),
		c.details("calibration", c.t("calibration.title"), []string{c.t("calibration.bin"), c.t("calibration.count"), c.t("calibration.sure"), c.t("calibration.right")},
			func() (rows []goapp.UI) {
				for i, n := range cal.Counts {
					rows = append(rows, row(state.Percent(float64(i)/10)+" – "+state.Percent(float64(i+1)/10), state.Count(n), state.Percent(cal.Sure[i]), state.Percent(cal.Accuracy[i])))
				}
				return rows
			}))
}

// overconfident is the mean of how much surer than right the model is.
func overconfident(sure, right []float64, counts []int) (sum float64) {
	for i, n := range counts {
		sum += float64(n) * (sure[i] - right[i])
	}
	return sum
}
