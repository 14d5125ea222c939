package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataStage is where samples come from, what they look like, and what is done to them. What there is to choose from
// stands beside the rest where there is room.
func (c *Core) dataStage(r revs) goapp.UI {
	rev := r.doc + r.run + c.Rev(state.OnShelf, state.OnMaking)
	all := []string{state.DataLook, state.DataPrepare, state.DataMake}
	var left []goapp.UI
	if c.Narrow {
		all = append([]string{state.DataChoose}, all...)
	} else {
		left = append(left, &dataForm{Core: c, Rev: r.doc})
	}
	var body goapp.UI
	now := c.DataTab()
	switch now {
	case state.DataChoose:
		body = &dataForm{Core: c, Rev: r.doc}
	case state.DataPrepare:
		body = &dataPrepare{Core: c, Rev: rev}
	case state.DataMake:
		body = &dataMake{Core: c, Rev: rev}
	default:
		body = &dataLook{Core: c, Rev: rev}
	}
	return c.columns("data", left, c.tabs("data", c.t("pane.data"), all, now, func(tab string) state.Action { return state.ShowData{Tab: tab} }, body), nil)
}
