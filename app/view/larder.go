package view

import (
	"strings"

	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// larder is the palette beside the graph: all layers by group, to be pressed or dragged onto an edge. Tab stops at one of
// them, and arrow keys go to the others.
type larder struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	find string
	at   int // the layer that Tab stops at
}

func (l *larder) Render() goapp.UI {
	c := l.Core
	body := []goapp.UI{
		goapp.H2().ID("larder-title").Text(c.t("larder.title")),
		goapp.P().Class("soft").Text(c.t("larder.doc")),
		goapp.Input().Type("search").Class("palette-find").ID("larder-find").AutoComplete(false).Aria("label", c.t("palette.find")).
			Placeholder(c.t("palette.find")).OnInput(func(ctx goapp.Context, _ goapp.Event) {
			l.find, l.at = ctx.JSSrc().Get("value").String(), 0
		}),
	}
	found := 0
	var lists []goapp.UI
	for _, group := range groups {
		var rows []goapp.UI
		for i, info := range c.layersFound(group, l.find) {
			rows = append(rows, l.entry(info, found+i == l.at))
		}
		if len(rows) > 0 {
			title := c.Language.Term("group."+group, strings.ToUpper(group[:1])+group[1:])
			lists = append(lists, goapp.H3().Class("larder-group").Body(goapp.Span().Class("swatch", "swatch-"+group).Aria("hidden", true), goapp.Text(title)),
				goapp.Ul().Class("larder-list").Aria("label", title).Body(rows...))
		}
		found += len(rows)
	}
	if found == 0 {
		lists = append(lists, goapp.P().Class("doc").Role("status").Text(c.t("palette.none")))
	}
	body = append(body, goapp.Div().ID("larder").On("keydown", func(_ goapp.Context, e goapp.Event) {
		if to, ok := stepTo("larder", e.Get("key").String()); ok {
			e.PreventDefault()
			l.at = to
		}
	}).Body(lists...))
	return goapp.Section().Class("panel", "larder").Aria("labelledby", "larder-title").Body(body...)
}

func (l *larder) entry(info nn.Info, stop bool) goapp.UI {
	c := l.Core
	after := c.Node
	if after == "" && len(c.Rows) > 0 {
		after = c.Rows[max(0, len(c.Rows)-2)].ID
	}
	if after == "" || len(c.Rows) == 1 && c.place(after) == 0 { // the one layer gives the answer
		after = nn.InputName
	}
	return goapp.Li().Body(goapp.Button().Type("button").Class("larder-entry").DataSet("layer", info.Type).TabIndex(stopAt(stop)).
		Title(c.Language.Term("layer."+info.Type+".doc", info.Doc+".")).OnClick(c.act(state.AddAfter{Node: after, Type: info.Type}), info.Type, after).
		Text(c.Language.Term("layer."+info.Type, info.Title)))
}
