package view

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// runsStage is what was trained before.
func (c *Core) runsStage(r revs) goapp.UI {
	return c.columns("runs", nil, []goapp.UI{&curves{Core: c, Rev: r.all()}}, nil)
}
