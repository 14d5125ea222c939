package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// modelStage is the model and what it is made of.
func (c *Core) modelStage(r revs) goapp.UI {
	return c.columns("model", nil, []goapp.UI{&chain{Core: c, Rev: r.doc + r.run}}, nil)
}
