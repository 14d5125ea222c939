package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// importance is which columns of a table the model's answers rest on.
type importance struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *importance) Render() goapp.UI {
	c := v.Core
	e := c.Explained
	if e != nil && !e.Features {
		e = nil
	}
	var body []goapp.UI
	if c.Reasoning && e != nil {
		body = append(body, goapp.Progress().Max(e.Total).Value(e.Done).Aria("label", c.t("importance.working")))
	}
	if e != nil && len(e.Mean) > 0 {
		most := 1e-9
		for _, m := range e.Mean {
			most = max(most, m)
		}
		var rows []goapp.UI
		for _, k := range state.Largest(e.Mean) {
			name := ""
			if k < len(c.Data.Features) {
				name = c.Data.Features[k].Name
			}
			rows = append(rows, goapp.Li().DataSet("feature", name).Body(
				goapp.Span().Class("guess-name").Text(name), shareBar(e.Mean[k]/most, "best"),
				goapp.Span().Class("guess-value").Text(c.t("importance.value", c.lost(e.Mean[k]), c.lost(e.SD[k])))))
		}
		score := "importance.score"
		if c.Report.Classes == 0 {
			score = "importance.score.value"
		}
		body = append(body, goapp.Ol().Class("chances").DataSet("testid", "importances").Aria("label", c.t("importance.title")).Body(rows...),
			goapp.P().Class("soft").Text(c.t(score, state.Count(e.Samples), c.lost(e.Score))))
	}
	return c.card("importance", c.t("importance.title"), c.t("importance.doc"),
		goapp.Button().Type("button").Class("small-text").Disabled(c.Reasoning).DataSet("testid", "importance-ask").
			OnClick(c.act(state.ExplainRows{})).Text(c.t("importance.ask")), body...)
}

// lost writes what a score lost: a share of samples, or a part of R².
func (c *Core) lost(v float64) string {
	if c.Report.Classes == 0 {
		return state.Loss(v)
	}
	return state.Percent(v)
}
