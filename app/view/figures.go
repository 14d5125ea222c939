package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// figures is the picture of data that is neither images nor points of a plane: the curves, and how the test went.
type figures struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (f *figures) Render() goapp.UI {
	c := f.Core
	return goapp.Div().Class("picture").Body(
		&curves{Core: c, Rev: f.Rev},
		goapp.Section().Class("panel").DataSet("panes", "train evaluate").Body(c.scores(), c.loading()),
	)
}
