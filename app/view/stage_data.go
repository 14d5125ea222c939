package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// dataStage is where samples come from, what they look like, and what is done to them.
func (c *Core) dataStage(r revs) goapp.UI {
	return c.columns("data",
		[]goapp.UI{when(c.missing <= withSettings, func() goapp.UI { return &dataForm{Core: c, Rev: r.doc} })},
		[]goapp.UI{c.samplesOnShow(r)},
		nil)
}

// samplesOnShow is the training samples as pictures, where they are some.
func (c *Core) samplesOnShow(r revs) goapp.UI {
	switch {
	case c.Kind() == "images":
		return goapp.Div().Class("picture").Body(&trainingImages{Core: c, Rev: r.doc + r.run + r.views})
	case !c.Sequential() && c.Planar():
		return goapp.Div().Class("picture").Body(&plane{Core: c, Rev: r.all()})
	}
	return goapp.Div().Class("picture").Body(goapp.Section().Class("panel").Aria("labelledby", "parts-title").Body(
		goapp.H2().ID("parts-title").Text(c.t("data.parts")),
		when(len(c.Problems) == 0, c.parts),
		c.loading(),
	))
}
