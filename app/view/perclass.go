package view

import (
	"strconv"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// perClass is how well each class is found.
type perClass struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	rows gradual
}

// classesAtOnce is how many rows are made on one frame.
const classesAtOnce = 12

func (p *perClass) Render() goapp.UI {
	c := p.Core
	r := c.Report
	head := func(by string) goapp.UI {
		order, face := "none", ""
		if c.Sorted.By == by {
			if order, face = "ascending", " ↑"; c.Sorted.Down {
				order, face = "descending", " ↓"
			}
		}
		return goapp.Th().Scope("col").Aria("sort", order).Body(
			goapp.Button().Type("button").Class("sort").Title(c.t("classes.doc."+by)).DataSet("testid", "sort-"+by).
				OnClick(c.act(state.SortClasses{By: by}), by).Text(c.t("classes."+by) + face))
	}
	var rows []goapp.UI
	sorted := c.SortedClasses()
	for _, k := range sorted[:p.rows.upTo(c, p, len(sorted), classesAtOnce)] {
		share := func(v float64) goapp.UI {
			return goapp.Td().Body(goapp.Div().Class("share").Body(shareBar(v, ""), goapp.Span().Text(state.Percent(v))))
		}
		rows = append(rows, goapp.Tr().DataSet("class", strconv.Itoa(k)).Body(
			goapp.Th().Scope("row").Text(c.className(k)), share(r.Precision[k]), share(r.Recall[k]), share(r.F1[k]),
			goapp.Td().Text(state.Count(r.Samples[k]))))
	}
	return c.card("classes", c.t("classes.title"), c.t("classes.doc"), nil,
		goapp.Div().Class("wide", "tall").TabIndex(0).Role("group").Aria("label", c.t("classes.title")).Body(goapp.Table().Class("classes").Body(
			goapp.THead().Body(goapp.Tr().Body(goapp.Th().Scope("col").Text(c.t("classes.class")),
				head("precision"), head("recall"), head("f1"), head("samples"))),
			goapp.TBody().Body(rows...))))
}
