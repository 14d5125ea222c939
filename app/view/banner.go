package view

import (
	"slices"
	"strings"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// banner tells what went wrong and what can be done about it.
type banner struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (b *banner) Render() goapp.UI {
	c := b.Core
	return goapp.Div().Class("banners").Aria("live", "polite").Body(append(c.keptBars(),
		when(c.Tour > 0, c.tour),
		when(c.Worker == state.Dead, c.dead),
		when(c.Worker != state.Dead && c.Error != nil && c.Error.Code != session.Invalid && !c.diagnosed(), c.failed),
		when(len(c.Problems) > 0, c.problems),
		when(c.State.Phase == session.Done && c.State.Stopped != "", c.early),
		when(c.Notice != "", c.notice),
	)...)
}

// diagnosed reports whether the error is told of in detail on the stage that is open.
func (c *Core) diagnosed() bool {
	return c.Error.Code == session.NotFinite && c.Pane == state.PaneTrain && len(c.Findings) > 0
}

// bar is one banner: what it is about, and buttons.
func bar(kind, face string, body []goapp.UI, buttons ...goapp.UI) goapp.UI {
	return goapp.Div().Class("bar", "bar-"+kind).Role("alert").DataSet("testid", "bar-"+kind).Body(
		icon(face),
		goapp.Div().Class("bar-text").Body(body...),
		goapp.Div().Class("bar-buttons").Body(buttons...),
	)
}

func (c *Core) dead() goapp.UI {
	body := []goapp.UI{
		goapp.Strong().Text(c.t("dead.title")), goapp.Text(" "), goapp.Span().Text(c.t("dead.why")),
	}
	if last := strings.TrimSpace(c.Failure.Message + "\n" + c.Failure.Detail); last != "" {
		body = append(body, goapp.Details().Body(goapp.Summary().Text(c.t("dead.detail")), goapp.Pre().TabIndex(0).Text(last)))
	}
	return bar("dead", "triangle-alert", body, goapp.Button().Type("button").Class("primary").
		DataSet("testid", "restart").OnClick(c.act(state.WorkerStart{})).Text(c.t("dead.restart")))
}

func (c *Core) failed() goapp.UI {
	e := c.Error
	body := []goapp.UI{goapp.Strong().Text(c.t("error." + e.Code)), goapp.Text(" "), goapp.Span().Text(c.cause(e))}
	switch e.Code {
	case session.NoData:
		other, label, source := "digits", "error.usedigits", "digits"
		if c.Kind() == "text" && c.Source() != "text_table" {
			other, label, source = "rhyme", "error.userhyme", "pasted_text"
		}
		button := goapp.Button().Type("button").DataSet("testid", "use-"+other).OnClick(c.act(state.SetSource{Type: source}), source).Text(c.t(label))
		body = append(body, goapp.P().Text(c.t("error."+other)))
		if len(c.Instead()) > 0 {
			return bar("error", "triangle-alert", body, c.instead(), button)
		}
		return bar("error", "triangle-alert", body, button.Class("primary"))
	case session.NotFinite:
		return bar("error", "triangle-alert", append(body, goapp.Text(" "), goapp.Span().Text(c.t("error.slower"))),
			goapp.Button().Type("button").Class("primary").OnClick(c.act(state.Reset{})).Text(c.t("run.reset")))
	}
	return bar("error", "triangle-alert", body)
}

// cause says what went wrong: in a sentence, or each of the problems of what was set.
func (c *Core) cause(e *session.Error) string {
	if len(e.Problems) == 0 {
		return c.Language.Message(e.Text())
	}
	var each []string
	for _, p := range e.Problems {
		text := c.Language.Problem(p.Error())
		if p.Field != "" {
			text = p.Field + ": " + text
		}
		each = append(each, text)
	}
	return strings.Join(each, "; ")
}

// problems lists what is wrong with the document, each with its place and, where there is one, a mend.
func (c *Core) problems() goapp.UI {
	var rows []goapp.UI
	for _, p := range c.Problems {
		where := ""
		if p.Line > 0 {
			where = c.t("problem.line", p.Line)
		}
		mend := slices.Contains(state.Fixes, p.Fix)
		rows = append(rows, goapp.Li().Body(
			goapp.If(where != "", goapp.Span().Class("place").Text(where)),
			goapp.If(p.Node != "", goapp.Code().Text(p.Node)),
			goapp.If(p.Field != "", goapp.Code().Text(p.Field)),
			goapp.Span().Class("problem").Text(c.Language.Problem(p)),
			goapp.If(mend, goapp.Button().Type("button").Class("small-text").DataSet("testid", "fix-"+p.Fix).
				OnClick(c.act(state.Mend{Fix: p.Fix, Node: p.Node}), p.Fix, p.Node).Text(c.t("fix."+p.Fix))),
		))
	}
	var buttons []goapp.UI
	if !c.Editor {
		buttons = append(buttons, goapp.Button().Type("button").OnClick(c.act(state.ShowEditor{Open: true})).Text(c.t("problem.edit")))
	}
	if c.CanUndo() {
		buttons = append(buttons, goapp.Button().Type("button").OnClick(c.act(state.Undo{})).Text(c.t("tool.undo")))
	}
	return bar("problems", "triangle-alert", []goapp.UI{
		goapp.Strong().Text(c.t("problem.title")),
		goapp.Ul().Class("problems").Body(rows...),
	}, buttons...)
}

// early says why training ended before its last step.
func (c *Core) early() goapp.UI {
	return goapp.Div().Class("bar", "bar-notice").Role("status").DataSet("testid", "bar-early").Body(
		icon("info"),
		goapp.Div().Class("bar-text").Body(goapp.Strong().Text(c.t("early.title")), goapp.Text(" "),
			goapp.Span().Text(c.Language.Message(c.State.Why()))),
	)
}

func (c *Core) notice() goapp.UI {
	return goapp.Div().Class("bar", "bar-notice").Role("status").Body(
		icon("info"),
		goapp.Div().Class("bar-text").Text(c.t(c.Notice)),
		goapp.Button().Type("button").Class("tool").Aria("label", c.t("close")).OnClick(c.act(state.Notify{})).Body(icon("x")),
	)
}
