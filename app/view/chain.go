package view

import (
	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// chain shows the model as its layers, one below the other, with what flows between them.
type chain struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (ch *chain) Render() goapp.UI {
	c := ch.Core
	items := []goapp.UI{goapp.Li().Class("link", "link-input").Body(goapp.Div().Class("layer", "layer-input").Body(
		goapp.Span().Class("layer-title").Text(c.t("model.input")),
		goapp.Span().Class("layer-shape").Text(c.input()),
	))}
	for _, r := range c.Rows {
		items = append(items, c.layer(r))
	}
	return goapp.Section().Class("panel", "model").Aria("labelledby", "model-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("model-title").Text(c.t("model.title")),
			goapp.If(len(c.Problems) == 0, goapp.Span().Class("total").Text(c.t("model.parameters", state.Count(c.Plan.Parameters)))),
		),
		goapp.Ol().Class("chain").Body(items...),
		c.addLayer(),
		goapp.If(len(c.Problems) == 0, goapp.P().Class("soft").Text(c.cost())),
	)
}

// input is the shape of what the model reads.
func (c *Core) input() string {
	if c.Input == nil {
		return "?"
	}
	return state.Shape(c.Input)
}

// cost says what the model takes.
func (c *Core) cost() string {
	text := c.t("model.flops", state.Operations(float64(c.Plan.FLOPs)))
	if c.Model != nil && c.Model.Bytes > 0 {
		text += c.t("model.memory", state.Memory(c.Model.Bytes))
	}
	return text
}

func (c *Core) layer(r state.Row) goapp.UI {
	info, known := nn.Lookup(r.Type)
	title := c.Language.Term("layer."+r.Type, info.Title)
	if !known {
		title = r.Type
	}
	class := "layer"
	if r.Broken {
		class += " layer-broken"
	}
	shape, params := "?", ""
	if r.Output != nil {
		shape = state.Shape(r.Output)
	}
	if r.Params > 0 {
		params = c.t("model.params", state.Count(r.Params))
	}
	selected := c.Node == r.ID && known
	return goapp.Li().Class("link").Body(
		goapp.Button().Type("button").Class(class).DataSet("node", r.ID).Aria("expanded", selected).
			OnClick(c.act(state.Select{Node: r.ID}), r.ID).Body(
			goapp.Span().Class("layer-title").Body(
				goapp.If(r.Broken, icon("triangle-alert")),
				goapp.Text(title),
				goapp.Span().Class("layer-more").Text(gist(r)),
			),
			goapp.Span().Class("layer-shape").Title(c.t("model.shape")).Text(shape),
			goapp.Span().Class("layer-params").Text(params),
		),
		when(selected, func() goapp.UI { return c.inspector(r, info) }),
	)
}

// gist is what sets a layer apart from others of its type, in a few characters.
func gist(r state.Row) string {
	if r.Layer == nil {
		return ""
	}
	var text string
	for _, f := range r.Layer.Fields() {
		v := f.Value()
		switch f.Name {
		case "activation", "function":
			if v.Str != "none" {
				text += " " + v.Str
			}
		case "kernel", "size":
			if len(v.Items) == 2 {
				text += " " + state.Setting(v.Items[0].Num) + "×" + state.Setting(v.Items[1].Num)
			} else {
				text += " " + state.Setting(v.Num)
			}
		case "rate":
			text += " " + state.Setting(v.Num)
		}
	}
	return text
}

// inspector explains the selected layer and edits its settings.
func (c *Core) inspector(r state.Row, info nn.Info) goapp.UI {
	var fields []goapp.UI
	if r.Layer != nil {
		for _, f := range r.Layer.Fields() {
			fields = append(fields, c.field(setting{owner: "layer." + r.Type,
				path: "model.nodes." + r.ID + ".config." + f.Name, field: f, scale: sliderFor(f)}))
		}
	}
	return goapp.Div().Class("inspector").DataSet("testid", "inspector").Body(
		goapp.P().Class("doc").Text(c.Language.Term("layer."+r.Type+".doc", info.Doc+".")),
		goapp.Code().Class("formula").Text(info.Formula),
		when(c.Pane != state.PaneModel, func() goapp.UI { return c.layerFacts(r) }),
		goapp.Div().Class("fields").Body(fields...),
		c.nodeForm(r, info),
	)
}
