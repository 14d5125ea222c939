package view

import (
	"strconv"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// chartTools says how the curves are drawn: what x counts, how smooth, on which scales and which part. All of it goes by
// keyboard too; with the pointer, a part is drawn over to see it larger, and a double click shows all again.
func (c *Core) chartTools() goapp.UI {
	var axes []goapp.UI
	for _, axis := range state.Axes {
		axes = append(axes, goapp.Option().Value(axis).Selected(axis == c.Axis).Text(c.t("axis."+axis)))
	}
	const percentage = 100
	smooth := int(c.Smoothing*percentage + 0.5)
	all := c.Zoom.All()
	button := func(key, face string, disabled bool, a state.Action) goapp.UI {
		label := c.t(key)
		return goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).DataSet("testid", key).
			Disabled(disabled).OnClick(c.act(a), key).Body(icon(face))
	}
	return goapp.Div().Class("chart-tools").Role("group").Aria("label", c.t("tools.title")).Body(
		goapp.Div().Class("chart-tool").Body(
			goapp.Label().For("axis").Text(c.t("tools.axis")),
			goapp.Select().ID("axis").OnChange(func(ctx goapp.Context, _ goapp.Event) {
				c.Do(state.SetAxis{Of: ctx.JSSrc().Get("value").String()})
			}).Body(axes...)),
		goapp.Div().Class("chart-tool").Title(c.t("tools.smooth.doc")).Body(
			goapp.Label().For("smoothing").Text(c.t("tools.smooth")),
			goapp.Input().Type("range").ID("smoothing").Min(0).Max(99).Step(1).Value(smooth).Aria("valuetext", strconv.Itoa(smooth)+" %").
				OnInput(func(ctx goapp.Context, _ goapp.Event) {
					if v, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
						c.Do(state.Smooth{To: float64(v) / percentage})
					}
				}),
			goapp.Span().Class("chart-smooth").Text(strconv.Itoa(smooth)+" %")),
		goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").ID("log-y").Checked(c.Log).
			OnChange(c.act(state.ShowLog{On: !c.Log}), c.Log), goapp.Span().Text(c.t("tools.logy"))),
		goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").ID("log-x").Checked(c.LogX).
			OnChange(c.act(state.ShowLogX{On: !c.LogX}), c.LogX), goapp.Span().Text(c.t("tools.logx"))),
		goapp.Div().Class("chart-zoom").Role("group").Aria("label", c.t("tools.zoom")).Body(
			button("zoom.out", "minus", all, state.ZoomBy{In: 0.5}),
			button("zoom.in", "plus", len(c.Train.Points) < 2 && len(c.Overlays) == 0, state.ZoomBy{In: 2}),
			button("zoom.left", "chevron-left", all, state.ZoomBy{Along: -0.25}),
			button("zoom.right", "chevron-right", all, state.ZoomBy{Along: 0.25}),
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "zoom.all").Disabled(all).
				OnClick(c.act(state.Zoom{})).Text(c.t("zoom.all"))),
	)
}

// qualityMenu chooses the metric of the second chart.
func (c *Core) qualityMenu(now string) goapp.UI {
	all := c.Qualities()
	if len(all) == 1 && now == all[0] {
		return goapp.H2().Text(c.choice("metric", now))
	}
	var options []goapp.UI
	if now == "" {
		options = append(options, goapp.Option().Value("").Selected(true).Text(c.t("curve.choose")))
	}
	for _, m := range all {
		options = append(options, goapp.Option().Value(m).Selected(m == now).Text(c.choice("metric", m)))
	}
	return goapp.H2().Class("chart-choice").Body(
		goapp.Label().Class("unseen").For("quality").Text(c.t("curve.quality")),
		goapp.Select().ID("quality").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.Measure{Of: ctx.JSSrc().Get("value").String()})
		}).Body(options...))
}

// innerMenu chooses what is shown of the steps' inner workings.
func (c *Core) innerMenu() goapp.UI {
	var options []goapp.UI
	for _, of := range state.Inners {
		options = append(options, goapp.Option().Value(of).Selected(of == c.Inner).Text(c.t("inner."+of)))
	}
	return goapp.H2().Class("chart-choice").Title(c.t("inner.doc."+c.Inner)).Body(
		goapp.Label().Class("unseen").For("inner").Text(c.t("inner.title")),
		goapp.Select().ID("inner").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.ShowIn{Of: ctx.JSSrc().Get("value").String()})
		}).Body(options...))
}
