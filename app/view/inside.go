package view

import (
	"slices"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// looks is how each look of state.Looks is drawn, by its name. A look is a file with a component, which says here that it
// is there.
var looks = map[string]func(c *Core, rev uint64) goapp.UI{}

// inside is the looks into a model, one at a time: what is not on show is not asked for.
type inside struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

// insideLook is the panel of the looks.
func (c *Core) insideLook(r revs) goapp.UI {
	return &inside{Core: c, Rev: r.doc + r.run + r.views + r.pad}
}

func (n *inside) Render() goapp.UI {
	c := n.Core
	tabs, now := c.Tabs(), c.LooksInto()
	if len(tabs) == 0 {
		return goapp.Section().Class("panel").Hidden(true)
	}
	open := c.InsideShown()
	head := []goapp.UI{goapp.H2().ID("look-title").Text(c.t("look.title"))}
	if !c.Sequential() {
		face, label := "chevron-down", "look.open"
		if open {
			face, label = "minus", "look.close"
		}
		head = append(head, goapp.Button().Type("button").Class("small-text").Aria("expanded", open).DataSet("testid", "look-open").
			OnClick(c.act(state.OpenInside{Open: !open}), open).Body(icon(face), goapp.Span().Text(c.t(label))))
	}
	if !open {
		return goapp.Section().Class("panel", "inside").Aria("labelledby", "look-title").Body(
			goapp.Div().Class("panel-head").Body(head...), goapp.P().Class("doc").Text(c.t("look.closed")))
	}
	var buttons []goapp.UI
	for _, tab := range tabs {
		index := -1
		if tab == now {
			index = 0
		}
		buttons = append(buttons, goapp.Button().Type("button").Class("tab").ID("tab-"+tab).Role("tab").Aria("selected", tab == now).
			Aria("controls", "look").TabIndex(index).DataSet("testid", "tab-"+tab).
			OnClick(c.act(state.LookInto{Tab: tab}), tab).Text(c.t("look."+tab)))
	}
	list := goapp.Div().Class("tabs").Role("tablist").Aria("label", c.t("look.title")).
		On("keydown", func(_ goapp.Context, e goapp.Event) {
			if to, ok := moved(e.Get("key").String(), slices.Index(tabs, now), len(tabs)); ok {
				e.PreventDefault()
				c.Do(state.LookInto{Tab: tabs[to]})
				goapp.Window().GetElementByID("tab-" + tabs[to]).Call("focus")
			}
		}, now, len(tabs)).Body(buttons...)
	return goapp.Section().Class("panel", "inside").Aria("labelledby", "look-title").Body(
		goapp.Div().Class("panel-head").Body(head...),
		list,
		goapp.Div().ID("look").Class("look").Role("tabpanel").Aria("labelledby", "tab-"+now).Body(looks[now](c, n.Rev)),
	)
}

// subject chooses the text that is looked at: a sample, or what is typed.
func (c *Core) subject() goapp.UI {
	typed := c.Subject.Text != ""
	where := c.t("subject.typed")
	if r := c.Sights.Reading; !typed && r != nil {
		where = c.t("subject.sample", state.Count(c.Subject.Sample+1), state.Count(r.Samples))
	} else if !typed {
		where = c.t("subject.one", state.Count(c.Subject.Sample+1))
	}
	types := c.Sequential() && !c.Answers() && c.Data.Vocabulary != nil && c.Data.Vocabulary.Kind != ""
	return goapp.Div().Class("subject").Body(
		goapp.Div().Class("subject-turn").Body(
			goapp.Button().Type("button").Class("small").Title(c.t("subject.before")).Aria("label", c.t("subject.before")).
				OnClick(c.act(state.ReadSample{By: -1})).Body(icon("chevron-left")),
			goapp.Button().Type("button").Class("small").Title(c.t("subject.after")).Aria("label", c.t("subject.after")).DataSet("testid", "next-sample").
				OnClick(c.act(state.ReadSample{By: 1}), "after").Body(icon("chevron-right")),
			goapp.Span().Class("soft").Text(where)),
		when(types, func() goapp.UI {
			return goapp.Div().Class("subject-text").Body(
				goapp.Label().Class("unseen").For("subject").Text(c.t("subject.type")),
				goapp.Input().Type("text").ID("subject").AutoComplete(false).Spellcheck(false).Placeholder(c.t("subject.type")).
					Value(c.Subject.Text).OnInput(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.ReadText{Text: ctx.JSSrc().Get("value").String()})
				}))
		}),
	)
}

// chooser is a menu of what there is of a kind; nothing where there is no choice.
func (c *Core) chooser(kind, label string) goapp.UI {
	all, now := c.Choices(kind), c.Path(kind)
	if len(all) < 2 {
		return goapp.Code().Class("value-name").Text(now)
	}
	var options []goapp.UI
	for _, in := range all {
		text := in.Path
		if in.Path == session.Rollout {
			text = c.t("attention.rollout")
		}
		options = append(options, goapp.Option().Value(in.Path).Selected(in.Path == now).Text(text))
	}
	id := "choose-" + kind
	return goapp.Div().Class("choose").Body(goapp.Label().For(id).Text(label),
		goapp.Select().ID(id).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.Choose{Kind: kind, Path: ctx.JSSrc().Get("value").String()})
		}, kind).Body(options...))
}

// named says which tensor is on show, its shape, and after which step.
func (c *Core) named(path string, shape []int, step int) goapp.UI {
	return goapp.P().Class("soft", "value-name").Body(
		goapp.Code().Text(path), goapp.Span().Text(" "+state.Shape(shape)+" · "+c.t("look.step", state.Count(step))))
}

// details is numbers as a table, behind a line to open it; the rows are made while it is open.
func (c *Core) details(id, label string, heads []string, rows func() []goapp.UI) goapp.UI {
	open := c.Tables[id]
	var body []goapp.UI
	var top []goapp.UI
	if open {
		body = rows()
		for _, h := range heads {
			top = append(top, goapp.Th().Scope("col").Text(h))
		}
	}
	return goapp.Details().Class("table").Open(open).On("toggle", func(ctx goapp.Context, _ goapp.Event) {
		if now := ctx.JSSrc().Get("open").Bool(); now != c.Tables[id] {
			c.Do(state.ShowTable{Of: id, Open: now})
		}
	}, id).Body(
		goapp.Summary().Text(c.t("table.show")),
		goapp.If(open, goapp.Div().Class("table-body").TabIndex(0).Role("group").Aria("label", label).Body(goapp.Table().Body(
			goapp.THead().Body(goapp.Tr().Body(top...)), goapp.TBody().Body(body...)))))
}

func row(cells ...string) goapp.UI {
	var out []goapp.UI
	for _, text := range cells {
		out = append(out, goapp.Td().Text(text))
	}
	return goapp.Tr().Body(out...)
}
