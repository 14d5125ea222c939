package view

import (
	"slices"
	"strconv"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// comparison sets the marked runs beside each other: their losses over each other, and what differs in their documents.
type comparison struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	chart draw.Chart
	all   bool // settings that are the same too
}

func (v *comparison) OnMount(goapp.Context) {
	v.chart = draw.Chart{ID: "chart-runs"}
	v.draw()
}

func (v *comparison) OnUpdate(goapp.Context) { v.draw() }
func (v *comparison) OnResize(goapp.Context) { v.draw() }
func (v *comparison) OnDismount()            { v.chart.Close() }

// compared is the marked runs, in the order in which they were marked.
func (v *comparison) compared() (runs []state.Run) {
	for _, id := range v.Core.Marked {
		if r := v.Core.Run(id); r != nil {
			runs = append(runs, *r)
		}
	}
	return runs
}

// colour is that of the run at a place: not those that mean something else.
func colour(i int) string { return "class-" + strconv.Itoa(2+i%8) }

func (v *comparison) draw() {
	v.Core.frames.Request("comparison", func() {
		if !v.Mounted() {
			return
		}
		var series []draw.Series
		for i, r := range v.compared() {
			curve := r.Valid
			if len(curve.Points) == 0 {
				curve = r.Train
			}
			s := draw.Series{Label: r.Name, Colour: colour(i)}
			for _, p := range curve.Points {
				s.X, s.Y = append(s.X, float64(p.Step)), append(s.Y, p.Loss)
			}
			series = append(series, s)
		}
		v.chart.Log = v.Core.Log
		v.chart.Draw(series, draw.Told{})
	})
}

func (v *comparison) Render() goapp.UI {
	c := v.Core
	runs := v.compared()
	if len(runs) == 0 {
		return goapp.Div()
	}
	head := []goapp.UI{goapp.Th().Scope("col").Text(c.t("compare.setting"))}
	var keys []goapp.UI
	for i, r := range runs {
		key := func() goapp.UI {
			return goapp.Span().Class("run-key").DataSet("series", colour(i)).Text(r.Name)
		}
		head = append(head, goapp.Th().Scope("col").Body(key()))
		keys = append(keys, key())
	}
	return goapp.Section().Class("panel", "comparison").Aria("labelledby", "compare-title").DataSet("testid", "comparison").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("compare-title").Text(c.t("compare.title", state.Count(len(runs)))),
			goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").Checked(c.Log).
				OnChange(c.act(state.ShowLog{On: !c.Log}), c.Log), goapp.Span().Text(c.t("tools.logy")))),
		goapp.Figure().Body(
			goapp.FigCaption().Class("chart-keys").Body(append([]goapp.UI{goapp.Span().Class("soft").Text(c.t("compare.loss"))}, keys...)...),
			goapp.Div().Class("plot").ID("chart-runs").Role("img").Aria("label", c.t("compare.describe"))),
		goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").Checked(v.all).
			OnChange(func(goapp.Context, goapp.Event) { v.all = !v.all }, v.all), goapp.Span().Text(c.t("compare.all"))),
		goapp.Div().Class("runs-scroll").TabIndex(0).Role("group").Aria("label", c.t("compare.settings")).Body(
			goapp.Table().Class("compare-table").Body(
				goapp.THead().Body(goapp.Tr().Body(head...)), goapp.TBody().Body(v.rows(runs)...))),
	)
}

// rows are results first, then the settings that differ, then perhaps the others.
func (v *comparison) rows(runs []state.Run) (rows []goapp.UI) {
	c := v.Core
	add := func(name string, values []string, differs bool) {
		cells := []goapp.UI{goapp.Th().Scope("row").Text(name)}
		for _, value := range values {
			if value == "" {
				value = "–"
			}
			cells = append(cells, goapp.Td().Text(value))
		}
		rows = append(rows, goapp.Tr().DataSet("differs", yes(differs)).Body(cells...))
	}
	result := func(key string, of func(r *state.Run) string) {
		var values []string
		for i := range runs {
			values = append(values, of(&runs[i]))
		}
		add(c.t(key), values, slices.ContainsFunc(values, func(x string) bool { return x != values[0] }))
	}
	result("runs.column.loss", func(r *state.Run) string {
		if x, ok := r.Best(); ok {
			return state.Loss(x)
		}
		return ""
	})
	result("runs.column.accuracy", func(r *state.Run) string {
		if x, ok := r.Top(); ok {
			return state.Percent(x)
		}
		return ""
	})
	result("runs.column.step", func(r *state.Run) string { return state.Count(r.Step) })
	result("runs.column.seconds", func(r *state.Run) string { return c.Duration(r.Seconds) })
	differ := false
	for _, d := range state.Differences(runs) {
		if differ = differ || d.Differ; d.Differ || v.all {
			add(d.Path, d.Values, d.Differ)
		}
	}
	if !differ {
		rows = append(rows, goapp.Tr().Body(goapp.Td().ColSpan(len(runs)+1).Class("soft").Text(c.t("compare.same"))))
	}
	return rows
}
