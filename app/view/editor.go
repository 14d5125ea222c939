package view

import (
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// editor is the experiment as its text. It is checked as one types; what is wrong stands above it.
type editor struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	Tab   bool   // as a tab of the model stage, which needs no way out
	typed string // what the text area holds, as far as is known
}

func (e *editor) OnMount(goapp.Context)  { e.fill() }
func (e *editor) OnUpdate(goapp.Context) { e.fill() }

// fill shows a document that did not come from typing. The text area is no controlled input: setting what it already
// holds would move the caret.
func (e *editor) fill() {
	if area := goapp.Window().GetElementByID("document"); area.Truthy() && e.typed != e.Core.Text {
		e.typed = e.Core.Text
		area.Set("value", e.typed)
	}
}

func (e *editor) Render() goapp.UI {
	c := e.Core
	broken := map[int]bool{}
	for _, p := range c.Problems {
		broken[p.Line] = true
	}
	var lines []goapp.UI
	for i := range strings.Count(c.Text, "\n") + 1 {
		class := "line"
		if broken[i+1] {
			class = "line line-broken"
		}
		lines = append(lines, goapp.Span().Class(class).Text(i+1))
	}
	return goapp.Section().Class("panel", "editor").Aria("labelledby", "editor-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("editor-title").Text(c.t("editor.title")),
			goapp.Div().Class("tools").Body(
				goapp.Label().Class("button").Body(
					icon("folder-open"), goapp.Span().Text(c.t("editor.open")),
					goapp.Input().Type("file").ID("file").Class("unseen").Accept(".json,application/json").OnChange(func(ctx goapp.Context, _ goapp.Event) {
						c.openFile(ctx.JSSrc())
					})),
				goapp.Button().Type("button").OnClick(func(goapp.Context, goapp.Event) { c.save() }).
					Body(icon("download"), goapp.Span().Text(c.t("editor.save"))),
				goapp.If(!e.Tab, goapp.Button().Type("button").OnClick(c.act(state.ShowEditor{})).Body(icon("x"), goapp.Span().Text(c.t("close")))),
			),
		),
		goapp.P().Class("doc").Text(c.t("editor.doc")),
		goapp.Div().Class("code").Body(
			goapp.Div().Class("gutter").Aria("hidden", true).Body(lines...),
			goapp.Textarea().ID("document").Spellcheck(false).Attr("autocapitalize", "off").Attr("autocomplete", "off").
				Aria("label", c.t("editor.title")).Attr("wrap", "off").Rows(strings.Count(c.Text, "\n")+2).
				OnInput(func(ctx goapp.Context, _ goapp.Event) {
					e.typed = ctx.JSSrc().Get("value").String()
					c.Do(state.Edit{Text: e.typed})
				}),
		),
	)
}
