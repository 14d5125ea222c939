package view

import (
	"strings"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// nodeForm is what a layer has besides its type's settings: its name, what it reads and whether it learns; and buttons
// for its place in the model.
func (c *Core) nodeForm(r state.Row, info nn.Info) goapp.UI {
	path := state.Layers + "." + r.ID
	at := c.place(r.ID)
	label := func(id, key string) goapp.UI {
		return goapp.Div().Class("field-name").Body(goapp.Label().For(id).Text(c.t(key)), c.why(path+"."+key, c.t(key), c.t(key+".doc")))
	}
	hint := func(key string) goapp.UI {
		return goapp.If(c.Hint == path+"."+key, goapp.P().Class("hint").Text(c.t(key+".doc")))
	}
	wrong := func(field string) goapp.UI {
		problem := c.ProblemAt(path + "." + field)
		return goapp.If(problem != "", goapp.P().Class("wrong").Text(problem))
	}
	name := r.ID
	if d, ok := c.Drafts[path+".id"]; ok {
		name = d.Text
	}
	var from []string
	if v := c.Value(path + ".from"); v != nil {
		if v.Kind == config.String {
			v = config.List(v)
		}
		for _, item := range v.Items {
			from = append(from, item.Str)
		}
	}
	trains := true
	if v := c.Value(path + ".trainable"); v != nil && v.Kind == config.Bool {
		trains = v.Bool
	}
	several := info.Inputs[1] > 1 || len(from) > 0
	return goapp.Div().Class("fields").Body(
		goapp.Div().Class("field", "field-text").Body(label("node-name", "layer.name"),
			goapp.Div().Class("field-control").Body(goapp.Input().Type("text").ID("node-name").AutoComplete(false).Spellcheck(false).Value(name).
				OnChange(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.Rename{Node: r.ID, To: strings.TrimSpace(ctx.JSSrc().Get("value").String())})
				}, r.ID)),
			hint("layer.name"), wrong("id")),
		when(several, func() goapp.UI {
			return goapp.Div().Class("field", "field-text").Body(label("node-from", "layer.from"),
				goapp.Div().Class("field-control").Body(goapp.Input().Type("text").ID("node-from").AutoComplete(false).Spellcheck(false).
					Value(strings.Join(from, ", ")).OnChange(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.SetFrom{Node: r.ID, Text: ctx.JSSrc().Get("value").String()})
				}, r.ID)),
				hint("layer.from"), wrong("from"))
		}),
		when(r.Params > 0, func() goapp.UI {
			return goapp.Div().Class("field", "field-toggle").Body(label("node-trainable", "layer.trainable"),
				goapp.Div().Class("field-control").Body(goapp.Input().Type("checkbox").ID("node-trainable").Checked(trains).
					OnChange(func(ctx goapp.Context, _ goapp.Event) {
						c.Do(state.Set{Path: path + ".trainable", Value: config.Flag(ctx.JSSrc().Get("checked").Bool())})
					}, r.ID)),
				hint("layer.trainable"))
		}),
		goapp.Div().Class("tools", "node-tools").Role("toolbar").Aria("label", c.t("layer.tools")).Body(
			tool("arrow-up", c.t("layer.up"), c.act(state.Shift{List: state.Layers, At: at, By: -1}), at),
			tool("arrow-down", c.t("layer.down"), c.act(state.Shift{List: state.Layers, At: at, By: 1}), at),
			tool("copy", c.t("layer.copy"), c.act(state.Copy{List: state.Layers, At: at}), at),
			tool("plus", c.t("layer.after"), c.act(state.ShowPalette{Open: true, At: at + 1}), at),
			tool("trash-2", c.t("layer.remove"), c.act(state.Remove{List: state.Layers, At: at}), at)),
	)
}

// place is where a layer stands in the model's list.
func (c *Core) place(id string) int {
	for i, r := range c.Rows {
		if r.ID == id {
			return i
		}
	}
	return -1
}
