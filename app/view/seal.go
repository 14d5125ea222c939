package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// seal keeps the test part closed until it is opened on purpose, and says how often it was.
type seal struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

const idSeal = "seal"

func (s *seal) Render() goapp.UI {
	c := s.Core
	n := c.Plan.Meta.Test
	if c.Data != nil {
		n = c.Data.Test
	}
	if n == 0 {
		return goapp.Section().Class("panel").Hidden(true)
	}
	opened := c.TestOpened()
	title, face, doc := c.t("seal.title"), "lock", "seal.doc"
	if opened > 0 {
		title, face, doc = c.t("seal.opened"), "lock-open", "seal.doc.opened"
	}
	count := c.t("seal.never")
	switch {
	case opened == 1:
		count = c.t("seal.once")
	case opened > 1:
		count = c.t("seal.times", state.Count(opened))
	}
	// The button that was pressed goes, so the focus stays with the seal.
	do := func(a state.Action) goapp.EventHandler {
		return func(goapp.Context, goapp.Event) {
			c.Do(a)
			c.focusSoon(idSeal)
		}
	}
	var act []goapp.UI
	if c.Asking {
		act = []goapp.UI{
			goapp.P().Class("note").Role("alert").Text(c.t("seal.sure")),
			goapp.Div().Class("tools").Body(
				goapp.Button().Type("button").Class("primary").Disabled(!c.Measurable(n)).DataSet("testid", "seal-open").
					OnClick(do(state.OpenTest{}), "open").Text(c.t("seal.open")),
				goapp.Button().Type("button").DataSet("testid", "seal-keep").OnClick(do(state.AskToOpen{}), "keep").Text(c.t("seal.keep"))),
		}
	} else {
		key := "seal.ask"
		if opened > 0 {
			key = "seal.ask.again"
		}
		act = []goapp.UI{goapp.Button().Type("button").Disabled(!c.Measurable(n)).DataSet("testid", "seal-ask").
			OnClick(do(state.AskToOpen{On: true}), "ask").Text(c.t(key))}
	}
	return goapp.Section().ID(idSeal).Class("panel", "seal").TabIndex(-1).DataSet("opened", opened > 0).Aria("labelledby", "seal-title").DataSet("testid", "seal").Body(
		goapp.Div().Class("seal-face").Body(icon(face)),
		goapp.Div().Class("seal-text").Body(append([]goapp.UI{
			goapp.H2().ID("seal-title").Text(title),
			goapp.P().Text(c.t(doc, state.Count(n))),
			goapp.P().Class("soft").DataSet("testid", "seal-count").Text(count),
		}, act...)...))
}
