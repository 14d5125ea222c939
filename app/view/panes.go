package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// panes chooses the stage. A wide window has it in the header, a narrow one at the bottom.
type panes struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

// stages is the stages in their order, each with its icon.
var stages = []struct{ pane, face string }{
	{state.PaneData, "database"}, {state.PaneModel, "layers"}, {state.PaneTrain, "chart-line"}, {state.PaneEvaluate, "gauge"},
	{state.PaneRuns, "history"},
}

func (p *panes) Render() goapp.UI {
	c := p.Core
	var tabs []goapp.UI
	for _, tab := range stages {
		current := "false"
		if c.Pane == tab.pane {
			current = "page"
		}
		tabs = append(tabs, goapp.Button().Type("button").Class("pane").Attr("aria-current", current).DataSet("testid", "pane-"+tab.pane).
			OnClick(c.act(state.Show{Pane: tab.pane}), tab.pane).Body(icon(tab.face), goapp.Span().Text(c.t("pane."+tab.pane))))
	}
	return goapp.Nav().Class("panes").Aria("label", c.t("panes")).Body(tabs...)
}
