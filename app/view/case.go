package view

import (
	"slices"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

const (
	idCase = "case-large"
	idLost = "case-lost"
)

// mostClasses is how many probabilities are listed.
const mostClasses = 10

// large is one case with all that the model made of it.
func (c *Core) large() goapp.UI {
	i := -1
	if c.Cases != nil {
		i = slices.Index(c.Cases.Places, c.Large)
	}
	if i < 0 {
		return goapp.Div()
	}
	image := len(c.Cases.Samples.Shape) == 3 && c.Cases.Texts == nil
	explained := c.Explained != nil && !c.Explained.Features && c.Explained.Place == c.Large
	var picture goapp.UI
	if !image {
		picture = goapp.P().Class("case-whole").Text(c.wholeCase(i))
	} else {
		picture = goapp.Div().Class("case-pictures").Body(
			goapp.Canvas().ID(idCase).Class("case-canvas").Role("img").Aria("label", c.caseLabel(i)),
			when(explained, func() goapp.UI {
				return goapp.Figure().Body(
					goapp.Canvas().ID(idLost).Class("case-canvas").Role("img").Aria("label", c.lostLabel()),
					goapp.FigCaption().Class("soft").Text(c.t("lost.doc", c.Explained.Patch, c.Explained.Patch, c.className(max(0, c.Explained.Class)))))
			}))
	}
	return goapp.Div().Class("case-large").DataSet("testid", "case-large").Role("group").Aria("label", c.caseLabel(i)).Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H3().Text(c.t("case.title", state.Count(c.Cases.Numbers[i]+1))),
			goapp.Button().Type("button").Class("small").Title(c.t("close")).Aria("label", c.t("close")).
				OnClick(c.act(state.ShowCase{Place: -1})).Body(icon("x"))),
		goapp.Div().Class("case-body").Body(picture,
			goapp.Div().Class("case-figures").Body(
				when(c.Report.Classes > 0, func() goapp.UI { return c.probabilities(c.answerOf(i), c.truth(i)) }),
				when(c.Report.Classes == 0, func() goapp.UI { return goapp.P().Body(c.says(i)...) }),
				goapp.Div().Class("tools").Body(
					when(image, func() goapp.UI {
						return goapp.Button().Type("button").Class("small-text").Disabled(c.Reasoning).DataSet("testid", "explain").
							OnClick(c.act(state.ExplainCase{Place: c.Large}), c.Large).Text(c.t("lost.ask"))
					}),
					when(image && c.TakesDigits(), func() goapp.UI {
						return goapp.Button().Type("button").Class("small-text").OnClick(func(goapp.Context, goapp.Event) {
							c.Do(state.LoadPad{Pixels: slices.Clone(c.thumb(i).Pixels), Index: -1})
							c.repaint()
						}, c.Large).Text(c.t("case.pad"))
					}),
					when(c.TakesRows(), func() goapp.UI {
						return goapp.Button().Type("button").Class("small-text").DataSet("testid", "case-edit").
							OnClick(func(goapp.Context, goapp.Event) { c.Do(state.TakeRow{Values: c.rowOf(i)}) }, c.Large).Text(c.t("case.edit"))
					})),
				when(c.Outdated(), func() goapp.UI { return goapp.P().Class("soft").Text(c.t("case.then", state.Count(c.Cases.Step))) }))))
}

// answerOf is the probabilities of a case.
func (c *Core) answerOf(i int) []float64 {
	return c.Cases.Answers[i*c.Cases.Width : (i+1)*c.Cases.Width]
}

// rowOf is the numbers of a case.
func (c *Core) rowOf(i int) []float64 {
	n := len(c.Data.Features)
	return slices.Clone(c.Cases.Samples.Values[i*n : (i+1)*n])
}

func (c *Core) wholeCase(i int) string {
	if c.Cases.Texts != nil {
		return c.Cases.Texts[i]
	}
	return c.caseText(i)
}

// probabilities lists the likeliest classes as bars, and the right one with them; truth is -1 where it is not known.
func (c *Core) probabilities(p []float64, truth int) goapp.UI {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	if len(p) > mostClasses {
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case p[a] > p[b]:
				return -1
			case p[a] < p[b]:
				return 1
			}
			return 0
		})
		if at := slices.Index(order, truth); at >= mostClasses {
			order[mostClasses-1] = truth
		}
		order = order[:mostClasses]
	}
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	var rows []goapp.UI
	for _, k := range order {
		class := ""
		if k == best {
			class = "best"
		}
		if k == best && truth >= 0 && k != truth {
			class = "wrong"
		}
		name := c.className(k)
		if k == truth {
			name = c.t("case.right", name)
		}
		rows = append(rows, goapp.Li().DataSet("class", c.Class(k)).DataSet("best", k == best).Body(
			goapp.Span().Class("guess-name").Text(name), shareBar(p[k], class), goapp.Span().Class("guess-value").Text(state.Percent(p[k]))))
	}
	return goapp.Ol().Class("chances").Aria("label", c.t("pad.answer")).Body(rows...)
}

// lostLabel says in words where the answer lost most.
func (c *Core) lostLabel() string {
	e := c.Explained
	at, most := 0, 0.0
	for i, v := range e.Lost {
		if v > most {
			at, most = i, v
		}
	}
	return c.t("lost.label", state.Percent(most), at/max(1, e.Width)+1, at%max(1, e.Width)+1)
}

// drawCase draws the case that is shown large, and what covering parts of it did.
func (c *Core) drawCase() {
	if c.Cases == nil || c.Large < 0 {
		return
	}
	if i := slices.Index(c.Cases.Places, c.Large); i >= 0 {
		draw.DrawThumb(idCase, c.thumb(i))
	}
	c.drawLost(idLost)
}

func (c *Core) drawLost(id string) {
	e := c.Explained
	if e == nil || e.Features || len(e.Shape) != 3 {
		return
	}
	draw.DrawLost(id, draw.Thumb{Pixels: c.pictures.explained, Height: e.Height, Width: e.Width, Channels: e.Shape[2]}, e.Lost)
}
