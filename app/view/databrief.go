package view

import (
	"descent/app/state"
	"descent/ml/data"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataBrief is the data in brief, for beside the training: what is drawn here can be exchanged with a click, all else is
// a stage away.
type dataBrief struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (d *dataBrief) OnMount(goapp.Context)  { d.Core.drawSources() }
func (d *dataBrief) OnResize(goapp.Context) { d.Core.drawSources() }

func (d *dataBrief) Render() goapp.UI {
	redrawn(d, d.Core.drawSources)
	c := d.Core
	current := c.Source()
	info, _ := data.Lookup(current)
	var cards []goapp.UI
	if pictured(info) {
		for _, s := range offered(current) {
			if pictured(s) {
				cards = append(cards, c.sourceCard(s, s.Type == current))
			}
		}
	}
	return goapp.Section().Class("panel", "brief").Aria("labelledby", "brief-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("brief-title").Text(c.t("data.title")),
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "all-data").
				OnClick(c.act(state.Show{Pane: state.PaneData})).Text(c.t("data.all"))),
		goapp.If(len(cards) == 0, goapp.P().Body(
			goapp.Strong().Text(c.Language.Term("source."+current, info.Title)),
			goapp.If(c.Plan.Train > 0, goapp.Span().Class("soft").Text(" "+c.t("count.samples", state.Count(c.Plan.Train)))))),
		goapp.If(len(cards) > 0, goapp.FieldSet().Class("sources").Body(
			append([]goapp.UI{goapp.Legend().Class("unseen").Text(c.t("data.source"))}, cards...)...)),
	)
}
