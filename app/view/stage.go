package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// revs is the revisions of what the stages show, each with the shell's.
type revs struct{ doc, run, stats, views, pad uint64 }

// all is the revision of everything that a picture of training shows.
func (r revs) all() uint64 { return r.doc + r.run + r.stats + r.views }

func (c *Core) revs() revs {
	return revs{
		doc: c.Rev(state.OnDocument, state.OnShell) + c.parts, run: c.Rev(state.OnRun, state.OnShell),
		stats: c.Rev(state.OnStats, state.OnCharts), views: c.Rev(state.OnViews) + c.hovers, pad: c.Rev(state.OnPad),
	}
}

// idColumns is the stage's element, which takes the focus where a key or a command led here.
const idColumns = "columns"

// enter puts the focus at the beginning of the stage once it is there, so that whoever came by keyboard goes on from it.
func (c *Core) enter() { c.focusSoon(idColumns) }

// focusSoon gives an element the focus once the page shows what was done.
func (c *Core) focusSoon(id string) {
	c.ctx.Defer(func(goapp.Context) {
		if e := goapp.Window().GetElementByID(id); e.Truthy() {
			e.Call("focus", map[string]any{"preventScroll": true})
		}
	})
}

// goTo shows a stage and enters it.
func (c *Core) goTo(pane string) {
	c.Do(state.Show{Pane: pane})
	c.enter()
}

// stage is the stage that is chosen, and nothing of the others: what is hidden costs nothing.
func (c *Core) stage() goapp.UI {
	r := c.revs()
	if c.Editor {
		return c.columns("editor", nil, []goapp.UI{&editor{Core: c, Rev: r.doc + r.run}}, nil)
	}
	switch c.Pane {
	case state.PaneData:
		return c.dataStage(r)
	case state.PaneModel:
		return c.modelStage(r)
	case state.PaneEvaluate:
		return c.evaluateStage(r)
	case state.PaneRuns:
		return c.runsStage(r)
	}
	return c.trainStage(r)
}

// columns lays out a stage: settings on the left and more on the right where there is some, the main thing between them.
// A narrow window has them below each other, what matters most to the stage first.
func (c *Core) columns(stage string, left, main, right []goapp.UI) goapp.UI {
	column := func(class string, body []goapp.UI, come bool) goapp.UI {
		if len(body) == 0 {
			return nil
		}
		if !come {
			body = nil
		}
		return goapp.Div().Class("column", class).Body(body...)
	}
	return goapp.Div().ID(idColumns).Class("columns", "columns-"+stage).TabIndex(-1).Body(
		column("controls", left, c.missing <= withLeft),
		goapp.Main().Class("column", "stage").ID("stage").TabIndex(-1).Body(main...),
		column("side", right, c.missing <= withRight),
	)
}
