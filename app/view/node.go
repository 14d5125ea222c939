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
	trains := true
	if v := c.Value(path + ".trainable"); v != nil && v.Kind == config.Bool {
		trains = v.Bool
	}
	several := info.Inputs[1] > 1
	return goapp.Div().Class("fields").Body(
		goapp.Div().Class("field", "field-text").Body(label("node-name", "layer.name"),
			goapp.Div().Class("field-control").Body(goapp.Input().Type("text").ID("node-name").AutoComplete(false).Spellcheck(false).Value(name).
				OnChange(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.Rename{Node: r.ID, To: strings.TrimSpace(ctx.JSSrc().Get("value").String())})
				}, r.ID)),
			hint("layer.name"), wrong("id")),
		when(c.Pane == state.PaneModel || several, func() goapp.UI { return c.inputsForm(r, info) }),
		when(r.Params > 0, func() goapp.UI {
			return goapp.Div().Class("field", "field-toggle").Body(label("node-trainable", "layer.trainable"),
				goapp.Div().Class("field-control").Body(goapp.Input().Type("checkbox").ID("node-trainable").Checked(trains).
					OnChange(func(ctx goapp.Context, _ goapp.Event) {
						c.Do(state.Set{Path: path + ".trainable", Value: config.Flag(ctx.JSSrc().Get("checked").Bool())})
					}, r.ID)),
				hint("layer.trainable"))
		}),
		goapp.Div().Class("tools", "node-tools").Role("toolbar").Aria("label", c.t("layer.tools")).Body(
			tool("arrow-up", c.t("layer.up"), c.act(state.MoveAlong{Node: r.ID, By: -1}), r.ID),
			tool("arrow-down", c.t("layer.down"), c.act(state.MoveAlong{Node: r.ID, By: 1}), r.ID),
			tool("copy", c.t("layer.copy"), c.act(state.Duplicate{Node: r.ID}), r.ID),
			tool("plus", c.t("layer.after"), c.act(state.FindFor{Slot: state.Slot{After: r.ID}}), r.ID),
			tool("network", c.t("layer.branch"), c.act(state.FindFor{Slot: state.Slot{After: r.ID, Branch: true}}), r.ID),
			tool("trash-2", c.t("layer.remove"), c.act(state.TakeOut{Node: r.ID}), r.ID)),
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
