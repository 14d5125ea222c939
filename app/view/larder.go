package view

import (
	"strings"

	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// larder is the palette beside the graph: all layers by group, to be pressed or dragged onto an edge.
type larder struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	find string
}

func (l *larder) Render() goapp.UI {
	c := l.Core
	body := []goapp.UI{
		goapp.H2().ID("larder-title").Text(c.t("larder.title")),
		goapp.P().Class("soft").Text(c.t("larder.doc")),
		goapp.Input().Type("search").Class("palette-find").ID("larder-find").AutoComplete(false).Aria("label", c.t("palette.find")).
			Placeholder(c.t("palette.find")).OnInput(func(ctx goapp.Context, _ goapp.Event) {
			l.find = ctx.JSSrc().Get("value").String()
		}),
	}
	found := 0
	for _, group := range groups {
		var rows []goapp.UI
		for _, info := range c.layersFound(group, l.find) {
			rows = append(rows, l.entry(info))
		}
		if len(rows) > 0 {
			title := c.Language.Term("group."+group, strings.ToUpper(group[:1])+group[1:])
			body = append(body, goapp.H3().Class("larder-group").Body(goapp.Span().Class("swatch", "swatch-"+group).Aria("hidden", true), goapp.Text(title)),
				goapp.Ul().Class("larder-list").Aria("label", title).Body(rows...))
		}
		found += len(rows)
	}
	if found == 0 {
		body = append(body, goapp.P().Class("doc").Role("status").Text(c.t("palette.none")))
	}
	return goapp.Section().Class("panel", "larder").Aria("labelledby", "larder-title").Body(body...)
}

func (l *larder) entry(info nn.Info) goapp.UI {
	c := l.Core
	after := c.Node
	if after == "" && len(c.Rows) > 0 {
		after = c.Rows[max(0, len(c.Rows)-2)].ID
	}
	if after == "" || len(c.Rows) == 1 && c.place(after) == 0 { // the one layer gives the answer
		after = nn.InputName
	}
	return goapp.Li().Body(goapp.Button().Type("button").Class("larder-entry").DataSet("layer", info.Type).
		Title(c.Language.Term("layer."+info.Type+".doc", info.Doc+".")).OnClick(c.act(state.AddAfter{Node: after, Type: info.Type}), info.Type, after).
		Text(c.Language.Term("layer."+info.Type, info.Title)))
}
