package view

import (
	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// plane is the picture of points: what the model answers everywhere, with the samples over it.
type plane struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (p *plane) OnMount(goapp.Context) { p.Core.repaint() }

// repaintPoints draws the samples again where a switch or the size has changed what is shown of them.
func (c *Core) repaintPoints() {
	c.frames.Request("points", func() {
		if c.Data != nil && c.Kind() != "images" {
			c.drawPoints()
		}
	})
}

func (p *plane) Render() goapp.UI {
	redrawn(p, p.Core.repaintPoints)
	c := p.Core
	return goapp.Section().Class("panel", "map").Aria("labelledby", "map-title").Body(
		goapp.Div().Class("map-frame").Body(
			goapp.Canvas().ID(idPlane).Class("map-plane").Role("img").Aria("label", c.describeMap()),
			goapp.Canvas().ID(idPoints).Class("map-points").Aria("hidden", true).OnClick(c.tryPoint),
			c.loading(),
		),
		goapp.Div().Class("map-side").Body(
			goapp.H2().ID("map-title").Text(c.t("map.title")),
			goapp.P().Class("doc").Text(c.t("map.doc."+c.Kind())),
			c.legend(),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(c.ChecksToo).OnChange(c.act(state.ShowChecks{On: !c.ChecksToo}), c.ChecksToo),
				goapp.Span().Text(c.t("map.checks"))),
			when(c.Pane == state.PaneEvaluate, func() goapp.UI { return goapp.P().Class("soft").Text(c.t("try.map")) }),
		),
	)
}

// tryPoint asks about the point that was clicked, where points are tried.
func (c *Core) tryPoint(_ goapp.Context, e goapp.Event) {
	w := c.Watching()
	width := draw.Width(idPoints)
	if c.Pane != state.PaneEvaluate || w.Side == 0 || width == 0 {
		return
	}
	x, y := e.Get("offsetX").Float()/width, e.Get("offsetY").Float()/width // the map is a square
	c.Do(state.TakeRow{Values: []float64{w.Low + x*w.Side, w.Low + (1-y)*w.Side}})
	c.repaintPoints()
}

func (c *Core) legend() goapp.UI {
	if !c.classifies() {
		return goapp.Div().Class("scale").Role("img").Aria("label", c.t("map.scale")).Body(
			goapp.Span().Text("−1"), goapp.Span().Class("scale-bar"), goapp.Span().Text("+1"))
	}
	var items []goapp.UI
	for i, name := range c.Plan.Meta.Classes {
		items = append(items, goapp.Li().Body(
			goapp.Span().Class("dot", "dot-"+classToken(i)).Aria("hidden", true),
			goapp.Text(c.Language.Term("class."+name, name))))
	}
	return goapp.Ul().Class("legend").Body(items...)
}

func (c *Core) describeMap() string {
	text := c.t("map.describe", state.Count(c.State.Step))
	if p, ok := c.Valid.Last(); ok && p.Accuracy >= 0 {
		text += c.t("spoken.accuracy", state.Percent(p.Accuracy))
	}
	return text
}

// loading covers the picture until there is something to see.
func (c *Core) loading() goapp.UI {
	if c.Data != nil || c.Worker == state.Dead || len(c.Problems) > 0 || c.Error != nil {
		return goapp.Div().Class("cover").Hidden(true)
	}
	return goapp.Div().Class("cover").Body(c.progress())
}

// progress is how far loading has come.
func (c *Core) progress() goapp.UI {
	l := c.Loading
	text := c.t("loading.start")
	if c.Worker == state.Alive {
		text = c.t("loading.data")
	}
	bar := goapp.Progress().Aria("label", text)
	if l.Total > 0 {
		bar = bar.Max(l.Total).Value(l.Done)
		text = c.t("loading.samples", state.Count(l.Done), state.Count(l.Total))
		if c.Plan.Meta.Bytes > 0 {
			text = c.t("loading.bytes", state.Megabytes(l.Done), state.Megabytes(l.Total))
		}
	}
	return goapp.Div().Class("loading").Body(bar, goapp.Span().DataSet("testid", "progress").Text(text))
}
