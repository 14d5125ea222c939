package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// evaluateStage measures the model, shows where it errs, and lets people try it.
func (c *Core) evaluateStage(r revs) goapp.UI {
	seen := r.doc + r.run + r.views + c.hovers // not the numbers, which change ten times a second
	var main, side []goapp.UI
	switch {
	case c.Kind() == "images":
		main = append(main, &guessedImages{Core: c, Rev: r.all()})
	case c.Sequential():
		if c.Writes() {
			main = append(main, &writing{Core: c, Rev: seen})
		}
		main = append(main, &inside{Core: c, Rev: seen})
	case c.Planar():
		main = append(main, &plane{Core: c, Rev: r.all()})
	}
	if c.Kind() != "images" {
		main = append(main, goapp.Section().Class("panel").Body(c.scores(), c.loading()))
	}
	if c.TakesDigits() {
		side = append(side, &pads{Core: c, Rev: r.doc + r.run + r.views + r.pad})
	}
	return c.columns("evaluate", nil, []goapp.UI{goapp.Div().Class("picture").Body(main...)}, side)
}
