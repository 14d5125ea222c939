package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// runsStage is what was trained before: a table, and what is compared.
func (c *Core) runsStage(r revs) goapp.UI {
	runs := c.Rev(state.OnRuns, state.OnShell)
	return c.columns("runs", nil, []goapp.UI{
		&runsTable{Core: c, Rev: runs + r.run},
		when(len(c.Marked) > 1, func() goapp.UI { return &comparison{Core: c, Rev: runs} }),
	}, nil)
}
