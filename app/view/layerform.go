package view

import (
	"slices"
	"strconv"

	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// layerForm is the selected layer: what it is, its settings, what it reads and what it costs.
type layerForm struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (f *layerForm) Render() goapp.UI {
	c := f.Core
	i := c.place(c.Node)
	if i < 0 {
		return goapp.Section().Class("panel", "layer-form").ID("layer-form").Aria("labelledby", "layer-form-title").Body(
			goapp.H2().ID("layer-form-title").Text(c.t("form.none.title")),
			goapp.P().Class("doc").Text(c.t("form.none")))
	}
	r := c.Rows[i]
	info, known := nn.Lookup(r.Type)
	title := r.Type
	if known {
		title = c.Language.Term("layer."+r.Type, info.Title)
	}
	return goapp.Section().Class("panel", "layer-form").ID("layer-form").Aria("labelledby", "layer-form-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("layer-form-title").Text(title),
			goapp.Span().Class("total").Text(r.ID)),
		c.layerFacts(r),
		when(known, func() goapp.UI { return c.inspector(r, info) }),
		when(!known, func() goapp.UI {
			return goapp.P().Class("wrong").Text(c.ProblemAt(state.Layers + "." + r.ID + ".type"))
		}),
	)
}

// layerFacts is what the layer gives and takes, in figures.
func (c *Core) layerFacts(r state.Row) goapp.UI {
	fact := func(key, value string) goapp.UI {
		return goapp.Div().Body(goapp.Dt().Text(c.t(key)), goapp.Dd().Text(value))
	}
	shape := "?"
	if r.Output != nil {
		shape = state.Shape(r.Output)
	}
	facts := []goapp.UI{fact("layer.output", shape), fact("total.parameters", state.Count(r.Params))}
	if r.Output != nil {
		cost := c.t("layer.free")
		if r.FLOPs > 0 {
			cost = c.t("count.flops", state.Operations(float64(r.FLOPs)))
			if c.Plan.FLOPs > 0 && len(c.Problems) == 0 {
				cost += c.t("layer.share", max(0, int(100*r.FLOPs/c.Plan.FLOPs)))
			}
		}
		facts = append(facts, fact("layer.flops", cost))
	}
	return goapp.Dl().Class("facts", "layer-facts").Body(facts...)
}

// inputsForm is a choice for each layer that a layer reads. One that may read more has a choice to add to them.
func (c *Core) inputsForm(r state.Row, info nn.Info) goapp.UI {
	i := c.place(r.ID)
	reads := c.Reads()
	if i < 0 || i >= len(reads) {
		return nil
	}
	from, most := reads[i], max(1, info.Inputs[1])
	can := c.Readable(r.ID)
	name := func(id string) string {
		if id == nn.InputName {
			return c.t("model.input")
		}
		return id
	}
	choice := func(port int, now string) goapp.UI {
		var options []goapp.UI
		if now == "" {
			options = append(options, goapp.Option().Value("").Selected(true).Text(c.t("layer.reads.add")))
		}
		for _, id := range can {
			options = append(options, goapp.Option().Value(id).Selected(id == now).Text(name(id)))
		}
		if now != "" && !slices.Contains(can, now) {
			options = append(options, goapp.Option().Value(now).Selected(true).Text(now))
		}
		return goapp.Select().ID("node-from-"+strconv.Itoa(port)).Aria("label", c.t("layer.reads.nth", port+1)).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			if id := ctx.JSSrc().Get("value").String(); id != "" {
				c.Do(state.Rewire{To: r.ID, Port: port, From: id})
			}
		}, r.ID, port).Body(options...)
	}
	var rows []goapp.UI
	for port, id := range from {
		rows = append(rows, goapp.Li().Class("input-row").Body(choice(port, id),
			when(len(from) > max(1, info.Inputs[0]), func() goapp.UI {
				return tool("x", c.t("layer.reads.remove", name(id)), c.act(state.Unconnect{To: r.ID, Port: port}), r.ID, port)
			})))
	}
	if len(from) < most {
		rows = append(rows, goapp.Li().Class("input-row").Body(choice(len(from), "")))
	}
	path := state.Layers + "." + r.ID + ".from"
	problem := c.ProblemAt(path)
	return goapp.Div().Class("field").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For("node-from-0").Text(c.t("layer.from")), c.why(path, c.t("layer.from"), c.t("layer.reads.doc"))),
		goapp.Ul().Class("inputs").Body(rows...),
		goapp.If(c.Hint == path, goapp.P().Class("hint").Text(c.t("layer.reads.doc"))),
		goapp.If(problem != "", goapp.P().Class("wrong").Text(problem)))
}
