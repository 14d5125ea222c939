package view

import (
	"descent/app/language"
	"descent/app/state"
	"descent/ml/config"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// header names the page and the experiment, and holds what concerns the whole of it.
type header struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (h *header) Render() goapp.UI {
	c := h.Core
	return goapp.Header().Class("top").Body(
		goapp.A().Class("skip").Href("#stage").Text(c.t("skip")).OnClick(func(_ goapp.Context, e goapp.Event) {
			e.Call("stopPropagation")
			e.PreventDefault()
			goapp.Window().GetElementByID("stage").Call("focus")
		}),
		goapp.H1().Class("brand").Body(goapp.Img().Src("/web/icon.svg").Alt("").Width(24).Height(24), goapp.Span().Text("Descent")),
		goapp.Div().Class("experiment").Body(
			c.presetButton(),
		),
		goapp.If(!c.Narrow, &panes{Core: c, Rev: h.Rev}),
		goapp.Div().Class("tools").Role("group").Aria("label", c.t("tools.document")).Body(
			c.tool("undo-2", "tool.undo", c.act(state.Undo{}), !c.CanUndo()),
			c.tool("redo-2", "tool.redo", c.act(state.Redo{}), !c.CanRedo()),
			c.editorSwitch(),
			c.tool("share-2", "tool.share", func(goapp.Context, goapp.Event) { c.shareLink() }, false),
		),
		goapp.Div().Class("tools", "tools-page").Role("group").Aria("label", c.t("tools.page")).Body(
			c.languageMenu(),
			c.themeSwitch(),
			c.tool("circle-question-mark", "tool.help", c.act(state.ShowHelp{Open: true}), false),
		),
	)
}

// tool is a button of the header with an icon for a face.
func (c *Core) tool(name, key string, do goapp.EventHandler, disabled bool) goapp.UI {
	label := c.t(key)
	return goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).Disabled(disabled).
		OnClick(do, key).Body(icon(name))
}

func (c *Core) editorSwitch() goapp.UI {
	label := c.t("tool.editor")
	return goapp.Button().Type("button").Class("tool", "tool-text").Title(label).Aria("pressed", c.Editor).
		DataSet("testid", "editor").OnClick(c.act(state.ShowEditor{Open: !c.Editor}), c.Editor).
		Body(icon("pencil"), goapp.Span().Text("JSON"), goapp.Span().Class("unseen").Text(label))
}

// title is the experiment's name.
func (c *Core) title() string {
	if v := c.Value("name"); v != nil && v.Str != "" {
		if origin := c.Origin(); origin != "" && v.Str == presetTitle(origin) {
			return c.Language.Term("preset."+origin, v.Str)
		}
		return v.Str
	}
	return c.t("preset.none")
}

var titles = map[string]string{}

func presetTitle(name string) string {
	if t, ok := titles[name]; ok {
		return t
	}
	titles[name] = name
	text, _ := presets.Text(name)
	if v, err := config.Parse(text); err == nil && v.Get("name") != nil {
		titles[name] = v.Get("name").Str
	}
	return titles[name]
}

func (c *Core) languageMenu() goapp.UI {
	var options []goapp.UI
	for _, l := range language.All {
		options = append(options, goapp.Option().Value(string(l)).Lang(l.Tag()).Selected(l == c.Language).Text(l.Name()))
	}
	return goapp.Label().Class("tool-menu").Title(c.t("tool.language")).Body(
		icon("languages"),
		goapp.Span().Class("unseen").Text(c.t("tool.language")),
		goapp.Select().ID("language").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.Speak{Language: language.Match(ctx.JSSrc().Get("value").String())})
		}).Body(options...),
	)
}

// themeSwitch goes from the system's theme to light, to dark, and back.
func (c *Core) themeSwitch() goapp.UI {
	face, next := "sun-moon", "light"
	switch c.Theme {
	case "light":
		face, next = "sun", "dark"
	case "dark":
		face, next = "moon", ""
	}
	label := c.t("tool.theme." + c.Theme)
	return goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).DataSet("testid", "theme").
		OnClick(c.act(state.Dress{Theme: next}), next).Body(icon(face))
}
