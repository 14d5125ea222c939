package view

import (
	"math"
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// threshold is from which probability on a sample counts as of a class, and what that costs and brings.
type threshold struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *threshold) Render() goapp.UI {
	c := v.Core
	u := c.Curve
	if u == nil {
		return c.card("threshold", c.t("threshold.title"), c.t("threshold.doc"), v.choice())
	}
	at := c.CountsAt()
	roc, pr := v.roc(u, at), v.pr(u, at)
	name := c.className(u.Class)
	return c.card("threshold", c.t("threshold.title"), c.t("threshold.doc"), v.choice(),
		goapp.Div().Class("slider").Body(
			goapp.Label().For("threshold").Text(c.t("threshold.at", name)),
			goapp.Input().Type("range").ID("threshold").Min("0").Max("100").Step(1).Value(int(math.Round(100*c.Threshold))).
				Aria("valuetext", state.Percent(c.Threshold)).
				OnInput(func(ctx goapp.Context, _ goapp.Event) {
					if at, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64); err == nil {
						c.Do(state.SetThreshold{At: at / 100})
					}
				}),
			goapp.Output().For("threshold").DataSet("testid", "threshold-at").Text(state.Percent(c.Threshold))),
		v.counts(u, at),
		goapp.Div().Class("figures").Body(
			&plotted{Core: c, Rev: v.Rev, ID: "roc", Class: "figure-square", Plot: roc,
				Label: c.t("threshold.roc.label", state.Loss(u.Area), state.Percent(at.FalseRate), state.Percent(at.Recall))},
			&plotted{Core: c, Rev: v.Rev, ID: "pr", Class: "figure-square", Plot: pr,
				Label: c.t("threshold.pr.label", state.Loss(u.Precision), state.Percent(at.Recall), state.Percent(at.Precision))}),
		goapp.P().Class("soft").Text(c.t("threshold.areas", state.Loss(u.Area), state.Loss(u.Precision))))
}

// choice is the class, where there are more than two.
func (v *threshold) choice() goapp.UI {
	c := v.Core
	const id = "threshold-class"
	var options []goapp.UI
	if c.Curve == nil {
		options = append(options, goapp.Option().Value("-1").Selected(true).Text(c.t("threshold.choose")))
	}
	for k := range c.Report.Classes {
		options = append(options, goapp.Option().Value(strconv.Itoa(k)).Selected(c.Curve != nil && c.Curve.Class == k).Text(c.className(k)))
	}
	return goapp.Div().Class("tools").Body(
		goapp.Label().Class("soft").For(id).Text(c.t("threshold.class")),
		goapp.Select().ID(id).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			if k, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil && k >= 0 {
				c.Do(state.TraceOf{Of: k})
			}
		}).Body(options...))
}

// counts is the four kinds of answers, and the figures that are made of them.
func (v *threshold) counts(u *session.Curve, at state.Counts) goapp.UI {
	c := v.Core
	cell := func(key string, n int, class string) goapp.UI {
		return goapp.Div().Class("kind", class).Body(goapp.Strong().Text(state.Count(n)), goapp.Span().Text(c.t(key)))
	}
	figure := func(name string, value float64) goapp.UI {
		text := "–"
		if !math.IsNaN(value) {
			text = state.Percent(value)
		}
		return goapp.Div().Class("kind-figure").Title(c.t("threshold.doc."+name)).Body(goapp.Span().Class("soft").Text(c.t("threshold."+name)), goapp.Strong().DataSet("testid", "threshold-"+name).Text(text))
	}
	return goapp.Div().Class("kinds").Body(
		goapp.Div().Class("kinds-grid").Body(
			cell("threshold.tp", at.Hits, "kind-right"), cell("threshold.fn", u.Positive-at.Hits, "kind-wrong"),
			cell("threshold.fp", at.Alarms, "kind-wrong"), cell("threshold.tn", u.Negative-at.Alarms, "kind-right")),
		goapp.Div().Class("kinds-figures").Body(
			figure("precision", at.Precision), figure("recall", at.Recall),
			figure("f1", at.F1), figure("false", at.FalseRate), figure("accuracy", at.Accuracy)))
}

func (v *threshold) roc(u *session.Curve, at state.Counts) draw.Plot {
	c := v.Core
	line := draw.Mark{Kind: draw.MarkLine, Colour: "series-validation"}
	for i := range u.Hits {
		line.X = append(line.X, float64(u.Alarms[i])/float64(u.Negative))
		line.Y = append(line.Y, float64(u.Hits[i])/float64(u.Positive))
	}
	return draw.Plot{X: draw.Axis{High: 1, Percent: true, Name: c.t("threshold.false")}, Y: draw.Axis{High: 1, Percent: true, Name: c.t("threshold.recall")},
		Marks: []draw.Mark{{Kind: draw.MarkIdeal, X: []float64{0, 1}, Y: []float64{0, 1}, Colour: "edge"}, line,
			{Kind: draw.MarkDots, X: []float64{at.FalseRate}, Y: []float64{at.Recall}, Size: 6, Colour: "text"}}}
}

func (v *threshold) pr(u *session.Curve, at state.Counts) draw.Plot {
	c := v.Core
	line := draw.Mark{Kind: draw.MarkLine, Colour: "series-validation"}
	for i := range u.Hits {
		if called := u.Hits[i] + u.Alarms[i]; called > 0 {
			line.X = append(line.X, float64(u.Hits[i])/float64(u.Positive))
			line.Y = append(line.Y, float64(u.Hits[i])/float64(called))
		}
	}
	share := float64(u.Positive) / float64(u.Positive+u.Negative)
	marks := []draw.Mark{{Kind: draw.MarkIdeal, X: []float64{0, 1}, Y: []float64{share, share}, Colour: "edge"}, line}
	if !math.IsNaN(at.Precision) {
		marks = append(marks, draw.Mark{Kind: draw.MarkDots, X: []float64{at.Recall}, Y: []float64{at.Precision}, Size: 6, Colour: "text"})
	}
	return draw.Plot{X: draw.Axis{High: 1, Percent: true, Name: c.t("threshold.recall")}, Y: draw.Axis{High: 1, Percent: true, Name: c.t("threshold.precision")}, Marks: marks}
}
