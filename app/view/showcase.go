package view

import (
	"strings"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/data"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// showcase is a dialog with all presets: a picture, and what each teaches.
type showcase struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	open bool
	find string
}

// OnUpdate opens and closes the dialog, and draws its pictures.
func (w *showcase) OnUpdate(goapp.Context) {
	dialog := goapp.Window().GetElementByID("showcase")
	if !dialog.Truthy() {
		return
	}
	if w.Core.Showcase {
		w.Core.frames.Request("showcase", drawExhibits)
	}
	if w.open == w.Core.Showcase {
		return
	}
	if w.open = w.Core.Showcase; !w.open {
		dialog.Call("close")
		return
	}
	dialog.Call("showModal")
	if now := dialog.Call("querySelector", "[aria-current=true]"); now.Truthy() {
		now.Call("focus")
	}
}

// drawExhibits draws the pictures that are made of samples.
func drawExhibits() {
	for _, e := range presets.Exhibits() {
		if info, ok := data.Lookup(e.Picture); ok && draw.Stale("exhibit-"+e.Name) {
			drawSource(info, "exhibit-"+e.Name)
			draw.Drawn("exhibit-" + e.Name)
		}
	}
}

// presetButton names the experiment, and opens the showcase.
func (c *Core) presetButton() goapp.UI {
	title := c.title()
	if c.Preset == "" && c.Origin() != "" {
		title = c.t("preset.changed", title)
	}
	return goapp.Button().Type("button").ID("preset").Class("preset").Aria("haspopup", "dialog").Title(c.t("showcase.title")).
		OnClick(c.act(state.ShowShowcase{Open: true})).Body(
		goapp.Span().Class("unseen").Text(c.t("preset")+": "),
		goapp.Span().Class("preset-name").Text(title), icon("chevron-down"))
}

func (w *showcase) Render() goapp.UI {
	c := w.Core
	dialog := goapp.Elem("dialog").ID("showcase").Class("help", "showcase").Aria("labelledby", "showcase-title").
		On("close", func(goapp.Context, goapp.Event) {
			w.open, w.find = false, ""
			if c.Showcase {
				c.Do(state.ShowShowcase{})
			}
		})
	body := []goapp.UI{
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("showcase-title").Text(c.t("showcase.title")),
			goapp.Button().Type("button").Class("tool").Aria("label", c.t("close")).OnClick(c.act(state.ShowShowcase{})).Body(icon("x"))),
		goapp.P().Class("doc").Text(c.t("showcase.intro")),
		goapp.Input().Type("search").ID("showcase-find").Class("palette-find").AutoComplete(false).Aria("label", c.t("showcase.find")).
			Placeholder(c.t("showcase.find")).OnInput(func(ctx goapp.Context, _ goapp.Event) {
			w.find = ctx.JSSrc().Get("value").String()
		}),
	}
	if !c.Showcase {
		return dialog.Body(body...) // nobody sees the rest
	}
	section, found := "", 0
	var cards []goapp.UI
	flush := func() {
		if len(cards) > 0 {
			title := c.t("showcase." + section)
			body = append(body, goapp.H3().Text(title), goapp.Ul().Class("exhibits").Aria("label", title).Body(cards...))
		}
		cards = nil
	}
	for _, e := range presets.Exhibits() {
		if e.Section != section {
			flush()
			section = e.Section
		}
		if w.fits(e) {
			cards = append(cards, w.card(e))
			found++
		}
	}
	flush()
	if found == 0 {
		body = append(body, goapp.P().Class("doc").Role("status").Text(c.t("showcase.none")))
	}
	return dialog.Body(body...)
}

// fits reports whether the search finds a preset: by its name in either language, its family, or what it teaches.
func (w *showcase) fits(e presets.Exhibit) bool {
	l := w.Core.Language
	text := strings.ToLower(strings.Join([]string{e.Name, presetTitle(e.Name), l.Term("preset."+e.Name, ""), e.Family,
		l.Text("preset." + e.Name + ".teaches"), l.Text("showcase." + e.Section)}, "\n"))
	return strings.Contains(text, strings.ToLower(strings.TrimSpace(w.find)))
}

func (w *showcase) card(e presets.Exhibit) goapp.UI {
	c := w.Core
	var picture goapp.UI
	if mask, ok := strings.CutPrefix(e.Picture, "mask:"); ok {
		picture = goapp.Div().Class("exhibit-picture", "exhibit-mask", "exhibit-"+mask)
	} else if e.Picture != "" {
		picture = goapp.Canvas().ID("exhibit-"+e.Name).Class("exhibit-picture").Aria("hidden", true)
	} else {
		var lines []goapp.UI
		for _, line := range e.Words {
			lines = append(lines, goapp.Span().Text(line))
		}
		picture = goapp.Div().Class("exhibit-picture", "exhibit-words").Aria("hidden", true).Body(lines...)
	}
	took := ""
	if e.Own {
		took = c.t("showcase.own")
	}
	return goapp.Li().Body(goapp.Button().Type("button").Class("exhibit").DataSet("preset", e.Name).Aria("current", e.Name == c.Preset).
		OnClick(func(goapp.Context, goapp.Event) { w.take(e.Name) }, e.Name).Body(
		picture,
		goapp.Span().Class("exhibit-text").Body(
			goapp.Strong().Text(c.Language.Term("preset."+e.Name, presetTitle(e.Name))),
			goapp.Span().Class("doc").Text(c.t("preset."+e.Name+".teaches")),
			goapp.Span().Class("soft", "exhibit-facts").Body(goapp.Span().Class("family").Text(e.Family), goapp.Span().Text(took))),
	))
}

// take opens a preset, closes, and goes to the stage.
func (w *showcase) take(name string) {
	w.Core.Do(state.ShowShowcase{})
	if text, ok := presets.Text(name); ok && name != w.Core.Preset {
		w.Core.Do(state.Load{Preset: name, Text: string(text)})
	}
	w.Core.enter()
}
