package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// trainStage has all of an experiment in sight: settings on the left, what the model makes of the data in the middle,
// the model on the right.
func (c *Core) trainStage(r revs) goapp.UI {
	return c.columns("train",
		[]goapp.UI{
			&dataBrief{Core: c, Rev: r.doc},
			&rate{Core: c, Rev: r.doc + r.run + c.rateMoves()},
			&trainForm{Core: c, Rev: r.doc},
		},
		[]goapp.UI{&diagnosis{Core: c, Rev: r.run + r.stats}, c.picture(r)},
		c.beside(r))
}

// beside is what stands on the right where there is room. The network of points is drawn with the training itself.
func (c *Core) beside(r revs) (side []goapp.UI) {
	if c.Narrow {
		return nil
	}
	if c.TakesDigits() {
		side = append(side, &pads{Core: c, Rev: r.doc + r.run + r.views + r.pad})
	}
	if !c.Planar() {
		side = append(side, &chain{Core: c, Rev: r.doc + r.run})
	}
	return side
}

// picture is what the model makes of its data, as its kind asks for, with the curves.
func (c *Core) picture(r revs) goapp.UI {
	switch {
	case c.Kind() == "images":
		return goapp.Div().Class("picture").Body(
			&curves{Core: c, Rev: r.all()},
			c.further(c.insideLook(r), &guessedImages{Core: c, Rev: r.all()}))
	case c.Sequential():
		return &sequence{Core: c, Rev: r.all()}
	case !c.Planar():
		return goapp.Div().Class("picture").Body(&curves{Core: c, Rev: r.all()}, c.further(c.insideLook(r), c.loading()))
	}
	return goapp.Div().Class("picture").Body(&hero{Core: c, Rev: r.all()}, c.further(&curves{Core: c, Rev: r.all()}, c.insideLook(r)))
}
