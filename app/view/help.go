package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// help is a dialog with a first walk and the keys.
type help struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	open bool
}

// OnUpdate opens and closes the dialog: the browser then keeps the focus inside, and gives it back.
func (h *help) OnUpdate(goapp.Context) {
	dialog := goapp.Window().GetElementByID("help")
	if !dialog.Truthy() || h.open == h.Core.Help {
		return
	}
	h.open = h.Core.Help
	if h.open {
		dialog.Call("showModal")
	} else {
		dialog.Call("close")
	}
}

func (h *help) Render() goapp.UI {
	c := h.Core
	steps := []goapp.UI{}
	for _, key := range []string{"help.data", "help.model", "help.play", "help.test"} {
		steps = append(steps, goapp.Li().Text(c.t(key)))
	}
	keys := []goapp.UI{}
	for _, k := range [][2]string{
		{c.t("key.space"), "help.space"}, {"S", "run.step"}, {"R", "run.reset"}, {"?", "tool.help"}, {"Ctrl+Z", "tool.undo"}, {"Ctrl+Y", "tool.redo"},
	} {
		keys = append(keys, goapp.Div().Body(goapp.Dt().Body(goapp.Elem("kbd").Text(k[0])), goapp.Dd().Text(c.t(k[1]))))
	}
	if c.missing > whole {
		return goapp.Elem("dialog").ID("help").Class("help")
	}
	return goapp.Elem("dialog").ID("help").Class("help").Aria("labelledby", "help-title").
		On("close", func(goapp.Context, goapp.Event) {
			h.open = false
			if c.Help {
				c.Do(state.ShowHelp{})
			}
		}).Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("help-title").Text(c.t("help.title")),
			goapp.Button().Type("button").Class("tool").Aria("label", c.t("close")).OnClick(c.act(state.ShowHelp{})).Body(icon("x"))),
		goapp.P().Text(c.t("help.intro")),
		goapp.Ol().Body(steps...),
		goapp.H3().Text(c.t("help.keys")),
		goapp.Dl().Class("keys").Body(keys...),
		goapp.Label().Class("check").Body(
			goapp.Input().Type("checkbox").Checked(c.Shortcuts).OnChange(c.act(state.UseKeys{On: !c.Shortcuts}), c.Shortcuts),
			goapp.Span().Text(c.t("help.usekeys"))),
	)
}
