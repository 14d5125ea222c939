package view

import (
	"math"

	"descent/app/state"
	"descent/ml/data"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// classesShown bounds the bars of the class balance.
const classesShown = 40

// balanceCard is how many samples of each class there are in each part; of the test only how many in all.
func (c *Core) balanceCard() goapp.UI {
	train, validation := c.share(session.PartTrain), c.share(session.PartValidation)
	most := 1
	for i := range train.Classes {
		n := train.Classes[i]
		if i < len(validation.Classes) {
			n += validation.Classes[i]
		}
		most = max(most, n)
	}
	var rows []goapp.UI
	for i := range min(len(train.Classes), classesShown) {
		name := c.labelText(float64(i))
		t, v := train.Classes[i], 0
		if i < len(validation.Classes) {
			v = validation.Classes[i]
		}
		a, b := 100*float64(t)/float64(most), 100*float64(v)/float64(most)
		rows = append(rows, goapp.Li().Class("balance").Body(
			goapp.Span().Class("balance-name").Title(name).Text(name),
			bars("0 0 100 10", rect{"train", 0, 0, a, 10}, rect{"validation", a, 0, b, 10}),
			goapp.Span().Class("balance-count").Body(goapp.Text(state.Count(t)),
				goapp.If(v > 0, goapp.Span().Class("count-validation").Text(" + "+state.Count(v))))))
	}
	more := len(train.Classes) - classesShown
	return goapp.Section().Class("panel").Aria("labelledby", "balance-title").DataSet("testid", "balance").Body(
		goapp.H2().ID("balance-title").Text(c.t(map[bool]string{true: "balance.title", false: "balance.parts"}[len(rows) > 0])),
		goapp.Ul().Class("legend", "part-legend").Body(
			goapp.Li().Body(goapp.Span().Class("part-swatch", "part-swatch-train").Aria("hidden", true), goapp.Text(c.t("part.train")+" "+state.Count(train.Count))),
			goapp.Li().Body(goapp.Span().Class("part-swatch", "part-swatch-validation").Aria("hidden", true), goapp.Text(c.t("part.validation")+" "+state.Count(validation.Count))),
			goapp.If(c.share(session.PartTest).Count > 0, goapp.Li().Title(c.t("part.sealed")).Body(icon("lock"), goapp.Text(c.t("part.test")+" "+state.Count(c.share(session.PartTest).Count))))),
		goapp.If(len(rows) > 0, goapp.Ol().Class("balances").Body(rows...)),
		goapp.If(more > 0, goapp.P().Class("soft").Text(c.t("balance.more", more))),
	)
}

// columnsCard is how the values of each column are spread, over all samples but the test's.
func (c *Core) columnsCard() goapp.UI {
	var rows []goapp.UI
	for _, s := range c.Shelf.Spread.Columns {
		rows = append(rows, c.spread(s))
	}
	return goapp.Section().Class("panel").Aria("labelledby", "columns-title").DataSet("testid", "columns").Body(
		goapp.H2().ID("columns-title").Text(c.t("columns.title")),
		goapp.P().Class("doc").Text(c.t("columns.doc")),
		goapp.Ol().Class("column-spreads").Body(rows...))
}

func (c *Core) spread(s session.Spread) goapp.UI {
	var figures string
	switch {
	case s.Role == data.Ignored:
		figures = c.t("columns.ignored")
	case s.Kind == data.Category:
		figures = c.t("columns.values", len(s.Names))
	default:
		figures = c.t("columns.figures", short(s.Mean), short(s.Deviation), short(s.Min), short(s.Max))
	}
	most := 1
	for _, n := range s.Bins {
		most = max(most, n)
	}
	var all []rect
	wide := 100 / math.Max(1, float64(len(s.Bins)))
	for i, n := range s.Bins {
		high := 24 * float64(n) / float64(most)
		all = append(all, rect{"train", float64(i) * wide, 24 - high, wide * 0.86, high})
	}
	return goapp.Li().Class("spread").Body(
		goapp.Div().Class("spread-head").Body(
			goapp.Strong().Text(s.Name),
			goapp.If(s.Role == data.Target, goapp.Span().Class("badge").Text(c.t("columns.target"))),
			goapp.If(s.Missing > 0 && s.Role != data.Ignored, goapp.Span().Class("badge", "badge-note").Text(c.t("columns.missing", state.Count(s.Missing))))),
		when(s.Role != data.Ignored && len(s.Bins) > 1, func() goapp.UI { return bars("0 0 100 24", all...) }),
		goapp.P().Class("soft").Text(figures))
}

// A rect is a bar of a small chart.
type rect struct {
	class      string
	x, y, w, h float64
}

// bars is a small chart, in units of its own; the numbers stand beside it in words.
func bars(box string, all ...rect) goapp.UI {
	var body []goapp.UI
	for _, r := range all {
		body = append(body, goapp.Elem("rect").XMLNS(svg).DataSet("fill", r.class).Attr("x", short(r.x)).Attr("y", short(r.y)).
			Attr("width", short(math.Max(0, r.w))).Attr("height", short(math.Max(0, r.h))))
	}
	return goapp.Elem("svg").XMLNS(svg).DataSet("bars", "").Attr("viewBox", box).Attr("preserveAspectRatio", "none").Aria("hidden", true).Body(body...)
}
