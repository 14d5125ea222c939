package view

import (
	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// guessedImages shows what the model takes images for that it has not learned from.
type guessedImages struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (g *guessedImages) OnMount(goapp.Context) { g.Core.repaint() }

func (g *guessedImages) Render() goapp.UI {
	redrawn(g, g.Core.repaintGallery)
	c := g.Core
	right, total := c.CheckScore()
	return goapp.Section().Class("panel").Aria("labelledby", "checks-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("checks-title").Text(c.t("checks.title")),
			goapp.Span().Class("soft").DataSet("testid", "checks-score").Text(c.t("checks.right", right, total))),
		goapp.P().Class("doc").Body(goapp.Text(c.t("checks.doc")),
			goapp.If(c.TakesDigits(), goapp.Text(" "+c.t("checks.pad")))),
		goapp.Div().Class("images").Body(
			goapp.Canvas().ID(idChecks).Class("grid", "grid-checks").Role("img").Aria("label", c.t("checks.right", right, total)).
				OnClick(func(ctx goapp.Context, e goapp.Event) {
					layout := draw.Grid(draw.Width(idChecks), total, true)
					c.show(layout.At(e.Get("offsetX").Float(), e.Get("offsetY").Float()))
				}),
			c.loading()),
		c.checkTable(),
	)
}

// repaintGallery draws the images again where the width has changed how they stand.
func (c *Core) repaintGallery() {
	c.frames.Request("gallery", func() {
		widths := [2]float64{draw.Width(idChecks)}
		if c.Data != nil && c.Kind() == "images" && widths != c.widths {
			c.widths = widths
			c.drawViews(true)
		}
	})
}

// show puts a validation image on the pad.
func (c *Core) show(i int) {
	if pixels := c.sample(i); pixels != nil {
		c.Do(state.LoadPad{Pixels: pixels, Index: i})
		c.repaint()
	}
}

// checkTable is the grid of validation images in words.
func (c *Core) checkTable() goapp.UI {
	const id = "checks"
	open := c.Tables[id] && c.Checks != nil
	var rows []goapp.UI
	if open {
		for i, predicted := range c.Checks.Predicted {
			label, p := -1, 0.0
			if i < len(c.Checks.Labels) && i < len(c.Checks.Probability) {
				label, p = int(c.Checks.Labels[i]), c.Checks.Probability[i]
			}
			verdict := c.t("checks.yes")
			if label != predicted {
				verdict = c.t("checks.no")
			}
			rows = append(rows, goapp.Tr().Body(goapp.Td().Text(i+1), goapp.Td().Text(c.Class(label)),
				goapp.Td().Text(c.Class(predicted)), goapp.Td().Text(state.Percent(p)), goapp.Td().Text(verdict)))
		}
	}
	return goapp.Details().Class("table").Open(open).On("toggle", func(ctx goapp.Context, _ goapp.Event) {
		if now := ctx.JSSrc().Get("open").Bool(); now != c.Tables[id] {
			c.Do(state.ShowTable{Of: id, Open: now})
		}
	}).Body(
		goapp.Summary().Text(c.t("table.show")),
		goapp.If(open, goapp.Div().Class("table-body").TabIndex(0).Role("group").Aria("label", c.t("checks.title")).Body(goapp.Table().Body(
			goapp.THead().Body(goapp.Tr().Body(
				goapp.Th().Scope("col").Text(c.t("checks.image")), goapp.Th().Scope("col").Text(c.t("checks.label")),
				goapp.Th().Scope("col").Text(c.t("checks.guess")), goapp.Th().Scope("col").Text(c.t("checks.sure")),
				goapp.Th().Scope("col").Text(c.t("checks.verdict")))),
			goapp.TBody().Body(rows...)))),
	)
}
