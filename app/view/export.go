package view

import (
	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// exportMenu saves a chart as a picture, and what was measured as a table.
func (v *curves) exportMenu(i int, of, title string) goapp.UI {
	c := v.Core
	item := func(kind, key string, do func()) goapp.UI {
		return goapp.Button().Type("button").Class("small-text").DataSet("testid", "export-"+charts[i].id+"-"+kind).
			OnClick(func(ctx goapp.Context, _ goapp.Event) {
				ctx.JSSrc().Call("closest", "details").Set("open", false)
				do()
			}, kind, of, title).Text(c.t(key))
	}
	name := "descent-" + of
	return goapp.Details().Class("chart-menu").Body(
		goapp.Summary().Title(c.t("export.title", title)).Aria("label", c.t("export.title", title)).Body(icon("download")),
		goapp.Div().Class("chart-menu-body").Body(
			item("png", "export.png", func() { v.png(i, name, title) }),
			item("svg", "export.svg", func() { download(textBlob(v.figure(i, of, title).SVG(), "image/svg+xml"), name+".svg") }),
			item("csv", "export.csv", func() { download(textBlob(c.MeasuredCSV(c.title()), "text/csv"), "descent-metrics.csv") })))
}

// figure is a chart as a picture of its own.
func (v *curves) figure(i int, of, title string) draw.Figure {
	c := v.Core
	f := draw.Figure{Title: title + " · " + c.title(), XName: c.t("axis." + c.Axis), Width: 800, Height: 450, Percent: percent(of),
		LogX: c.LogX, LogY: c.Log && i == 0, Zoom: [2]float64{c.Zoom.From, c.Zoom.To}, Series: v.series(i, of),
		Colour: func(token string) string { return draw.Token(token).String() }}
	return f
}

// png saves what is on show, with its title.
func (v *curves) png(i int, name, title string) {
	draw.Titled(v.charts[i].Canvas(), title+" · "+v.Core.title(), "surface", "text", func(blob goapp.Value) {
		download(blob, name+".png")
	})
}

// percent reports whether a quantity is a share.
func percent(of string) bool {
	switch of {
	case "accuracy", "top_k", "exact_match", "precision", "recall", "f1", "roc_auc":
		return true
	}
	return false
}

// written writes a value of a quantity.
func written(of string) func(float64) string {
	switch {
	case of == "loss":
		return state.Loss
	case percent(of):
		return state.Percent
	}
	return state.Brief
}
