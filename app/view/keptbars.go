package view

import (
	"strings"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// keptBars tells what was brought back, and what cannot be kept.
func (c *Core) keptBars() []goapp.UI {
	return []goapp.UI{
		when(c.Recovered != nil, c.recovered),
		when(c.Trouble != nil, c.notKept),
		when(len(c.Freed) > 0, func() goapp.UI {
			return c.told("freed", "info", c.t("kept.freed", strings.Join(c.Freed, ", ")))
		}),
		when(len(c.Unkept) > 0, func() goapp.UI {
			return c.told("unkept", "info", c.t("kept.unkept", strings.Join(c.Unkept, ", ")))
		}),
		when(len(c.Deleted) > 0, c.deleted),
	}
}

// told is a bar that goes when it has been read.
func (c *Core) told(id, face, text string, more ...goapp.UI) goapp.UI {
	return goapp.Div().Class("bar", "bar-notice").Role("status").DataSet("testid", "bar-"+id).Body(
		icon(face),
		goapp.Div().Class("bar-text").Text(text),
		goapp.Div().Class("bar-buttons").Body(append(more,
			goapp.Button().Type("button").Class("tool").Aria("label", c.t("close")).OnClick(c.act(state.Dismiss{}), id).Body(icon("x")))...),
	)
}

func (c *Core) recovered() goapp.UI {
	r := c.Recovered
	text := c.t("kept.document", c.date(r.Saved))
	switch {
	case r.Copy:
		text = c.t("kept.copy")
	case r.Step > 0:
		text = c.t("kept.back", state.Count(r.Step), c.date(r.Saved))
	}
	return c.told("recovered", "history", text)
}

func (c *Core) notKept() goapp.UI {
	k := c.Keeping.Trouble
	var why string
	if k.Said != nil {
		why = c.Language.Message(k.Why())
	}
	text := c.t("kept."+k.Trouble, why)
	var more []goapp.UI
	if k.Trouble == session.NoRoom {
		more = append(more, goapp.Button().Type("button").OnClick(c.act(state.Show{Pane: state.PaneRuns})).Text(c.t("kept.see")))
	}
	return c.told("kept-trouble", "triangle-alert", text, more...)
}

func (c *Core) deleted() goapp.UI {
	return c.told("deleted", "trash-2", c.t("kept.deleted", c.Deleted[0].Name),
		goapp.Button().Type("button").DataSet("testid", "undelete").OnClick(c.act(state.UndoDelete{})).Text(c.t("kept.undelete")))
}

// savedAt says which step is safe, for the run bar.
func (c *Core) savedAt() goapp.UI {
	if c.Current == "" || c.Kept.Run != c.Current || c.Kept.Step == 0 {
		return nil
	}
	text := c.t("kept.saved", state.Count(c.Kept.Step))
	return goapp.Span().Class("saved").DataSet("testid", "saved").DataSet("step", c.Kept.Step).
		Title(text+". "+c.t("kept.saved.title")).Body(icon("save"), goapp.Span().Class("unseen").Text(text))
}
