package view

import (
	"fmt"

	"descent/app/state"
	"descent/ml/config"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// items is a form for a list of the document whose items are entries of a catalogue.
type items struct {
	c           *Core
	path, owner string
	after       goapp.UI // what becomes of samples by the next item to be added; nil for nothing to show
	rows        []goapp.UI
	options     []goapp.UI
}

func (l *items) add(typ, title, doc string, fields []config.Field) {
	c, at := l.c, len(l.rows)
	owner, place := l.owner+"."+typ, fmt.Sprint(l.path, ".", at)
	title = c.Language.Term(owner, title)
	list := c.Value(l.path)
	if list == nil {
		list = config.List()
	}
	var controls []goapp.UI
	for _, f := range fields {
		controls = append(controls, c.field(setting{owner: owner, path: place + "." + f.Name, field: f, scale: sliderFor(f)}))
	}
	l.rows = append(l.rows, goapp.Li().Class("item").Body(
		goapp.Div().Class("field-name").Body(
			goapp.Span().Class("item-title").Text(title),
			c.why(place, title, c.Language.Term(owner+".doc", doc)),
			goapp.Div().Class("item-tools").Body(
				when(at > 0, func() goapp.UI {
					return tool("arrow-up", c.t("item.up", title), c.act(state.Shift{List: l.path, At: at, By: -1}), place)
				}),
				when(at < len(list.Items)-1, func() goapp.UI {
					return tool("arrow-down", c.t("item.down", title), c.act(state.Shift{List: l.path, At: at, By: 1}), place)
				}),
				tool("x", c.t("item.remove", title), c.act(state.Remove{List: l.path, At: at}), place))),
		goapp.If(c.Hint == place, goapp.P().Class("hint").Text(c.Language.Term(owner+".doc", doc))),
		when(c.ProblemAt(place) != "", func() goapp.UI { return goapp.P().Class("wrong").Text(c.ProblemAt(place)) }),
		goapp.Div().Class("fields").Body(controls...),
		when(l.after != nil, func() goapp.UI { return l.after }),
	))
}

func (l *items) offer(typ, title string) {
	l.options = append(l.options, goapp.Option().Value(typ).Text(l.c.Language.Term(l.owner+"."+typ, title)))
}

func (l *items) form() goapp.UI {
	c, at := l.c, len(l.rows)
	first := goapp.Option().Value("").Selected(true).Text(c.t("item.add"))
	return goapp.Div().Body(
		goapp.Ol().Class("items").Body(l.rows...),
		goapp.Div().Class("field-control").Body(
			goapp.Select().ID("add-"+l.owner).Aria("label", c.t("item.add")).OnChange(func(ctx goapp.Context, _ goapp.Event) {
				menu := ctx.JSSrc()
				typ := menu.Get("value").String()
				menu.Set("value", "") // it goes on saying what it is for
				if typ != "" {
					c.Do(state.Insert{List: l.path, Type: typ, At: at})
				}
			}, l.path, at).Body(append([]goapp.UI{first}, l.options...)...)),
	)
}

// tool is a small button with a picture.
func tool(face, label string, act goapp.EventHandler, scope ...any) goapp.UI {
	return goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).OnClick(act, append(scope, label)...).Body(icon(face))
}
