package view

import (
	"descent/app/state"
	"descent/ml/export"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// program is the experiment as a program for another library.
type program struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	To   export.Library
}

func (p *program) Render() goapp.UI {
	c := p.Core
	text, err := "", error(nil)
	if len(c.Problems) == 0 && c.Tree != nil {
		text, err = c.Program(p.To)
	}
	name := map[export.Library]string{export.Keras: "Keras", export.PyTorch: "PyTorch"}[p.To]
	body := []goapp.UI{
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("program-title").Text(c.t("program.title", name)),
			goapp.If(text != "", goapp.Div().Class("tools").Body(
				goapp.Button().Type("button").DataSet("testid", "program-copy").OnClick(func(goapp.Context, goapp.Event) { c.copyText(text, "notice.copied.program", "notice.noclipboard") }, text).
					Body(icon("copy"), goapp.Span().Text(c.t("program.copy"))),
				goapp.Button().Type("button").DataSet("testid", "program-save").OnClick(func(goapp.Context, goapp.Event) { c.download("experiment_"+string(p.To)+".py", text) }, text).
					Body(icon("download"), goapp.Span().Text(c.t("editor.save")))))),
		goapp.P().Class("doc").Text(c.t("program.doc")),
	}
	switch {
	case len(c.Problems) > 0:
		body = append(body, goapp.P().Class("doc").Role("status").Text(c.t("program.problems")))
	case err != nil:
		body = append(body, goapp.P().Class("doc").Role("status").Text(c.t("program.unknown")))
	default:
		body = append(body, goapp.Pre().Class("program").TabIndex(0).Role("group").Aria("label", c.t("program.title", name)).Body(goapp.Code().Body(coloured(text)...)))
	}
	return goapp.Section().Class("panel", "program-panel").Aria("labelledby", "program-title").Body(body...)
}

// copyText puts a text on the clipboard, and says whether the browser let it.
func (c *Core) copyText(text, copied, refused string) {
	clipboard := goapp.Window().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		c.notify(refused)
		return
	}
	var answers []goapp.Func
	say := func(key string) goapp.Func {
		answer := goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			c.dispatch(func() { c.notify(key) })
			for _, a := range answers {
				a.Release()
			}
			return nil
		})
		answers = append(answers, answer)
		return answer
	}
	clipboard.Call("writeText", text).Call("then", say(copied), say(refused))
}

// download saves a text as a file.
func (c *Core) download(name, text string) {
	window := goapp.Window()
	parts := window.Get("Array").New()
	parts.Call("push", text)
	url := window.Get("URL").Call("createObjectURL", window.Get("Blob").New(parts))
	a := window.Get("document").Call("createElement", "a")
	a.Set("href", url)
	a.Set("download", name)
	a.Call("click")
	window.Get("URL").Call("revokeObjectURL", url)
}

// coloured is a Python program in spans: comments, texts, numbers, words of the language, and the rest as it is.
func coloured(text string) (out []goapp.UI) {
	plain := 0
	flush := func(to int) {
		if to > plain {
			out = append(out, goapp.Text(text[plain:to]))
		}
	}
	mark := func(kind string, from, to int) {
		flush(from)
		out = append(out, goapp.Span().Class("py-"+kind).Text(text[from:to]))
		plain = to
	}
	for _, t := range state.Tokens(text) {
		mark(t.Kind, t.From, t.To)
	}
	flush(len(text))
	return out
}
