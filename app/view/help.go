package view

import (
	"strings"

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
	keys := []goapp.UI{fixedKey("Ctrl+K", c.t("keys.search")), fixedKey("Ctrl+Z", c.t("tool.undo")), fixedKey("Ctrl+Y", c.t("tool.redo"))}
	for _, command := range state.Keyed {
		keys = append(keys, c.keyRow(command))
	}
	if !c.whole {
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
		goapp.Div().Class("help-buttons").Body(
			goapp.Button().Type("button").Class("small-text").DataSet("testid", "start-tour").
				OnClick(c.act(state.ShowTour{At: 1})).Text(c.t("help.tour")),
			goapp.Button().Type("button").Class("small-text").
				OnClick(c.act(state.ShowShowcase{Open: true})).Text(c.t("help.open"))),
		goapp.H3().Text(c.t("help.keys")),
		goapp.Dl().Class("keys").Body(keys...),
		goapp.Label().Class("check").Body(
			goapp.Input().Type("checkbox").Checked(c.Shortcuts).OnChange(c.act(state.UseKeys{On: !c.Shortcuts}), c.Shortcuts),
			goapp.Span().Text(c.t("help.usekeys"))),
		goapp.Button().Type("button").Class("small-text").OnClick(c.act(state.UsualKeys{})).Text(c.t("keys.usual")),
	)
}

func fixedKey(key, does string) goapp.UI {
	return goapp.Div().Body(goapp.Dt().Body(goapp.Elem("kbd").Text(key)), goapp.Dd().Text(does))
}

// commandName is what a command with a key is called.
func (c *Core) commandName(command string) string {
	if stage, ok := strings.CutPrefix(command, "stage-"); ok {
		return c.t("keys.stage", c.t("pane."+stage))
	}
	return c.t("keys." + command)
}

// keyRow is a command with its key, which can be changed.
func (c *Core) keyRow(command string) goapp.UI {
	name, face := c.commandName(command), c.keyName(c.Keys[command])
	waits := c.Listening == command
	if waits {
		face = c.t("keys.press")
	}
	return goapp.Div().Body(
		goapp.Dt().Body(goapp.Button().Type("button").Class("key-button").Title(c.t("keys.change", name)).
			Aria("pressed", waits).DataSet("key", command).OnClick(c.act(state.Listen{For: command}), command).
			Body(goapp.Text(face), goapp.Span().Class("unseen").Text(" "+c.t("keys.change", name)))),
		goapp.Dd().Body(goapp.Text(name),
			when(waits && c.Clash != "", func() goapp.UI {
				return goapp.P().Class("wrong").Role("alert").Text(c.t("keys.taken", c.commandName(c.Clash)))
			})))
}
