package view

import (
	"descent/app/state"
	"descent/ml/export"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// modelStage is the model as a graph, as its document or as a program: layers to add on the left, the selected one's form
// on the right.
func (c *Core) modelStage(r revs) goapp.UI {
	var left, right []goapp.UI
	main := []goapp.UI{&modelHead{Core: c, Rev: r.doc + r.run + r.stats}}
	switch c.View {
	case state.TabJSON:
		main = append(main, &editor{Core: c, Rev: r.doc + r.run, Tab: true})
	case state.TabKeras, state.TabPyTorch:
		main = append(main, &program{Core: c, Rev: r.doc + r.run, To: export.Library(c.View)})
	default:
		main = append(main, c.further(&graph{Core: c, Rev: r.doc + r.run}))
		if !c.Narrow {
			left = append(left, &larder{Core: c, Rev: r.doc})
		}
		right = append(right, &layerForm{Core: c, Rev: r.doc + r.run})
	}
	return c.columns("model", left, main, right)
}

// modelHead is the tabs of the stage, and what the whole model takes.
type modelHead struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (h *modelHead) Render() goapp.UI {
	c := h.Core
	var tabs []goapp.UI
	for _, tab := range state.Tabs {
		tabs = append(tabs, goapp.Button().Type("button").Class("tab").DataSet("tab", tab).Aria("pressed", c.View == tab).
			OnClick(c.act(state.ShowTab{Tab: tab}), tab).Text(c.t("tab."+tab)))
	}
	return goapp.Section().Class("model-head").Aria("labelledby", "model-title").Body(
		goapp.H2().ID("model-title").Class("unseen").Text(c.t("model.title")),
		goapp.Div().Class("tabs").Role("group").Aria("label", c.t("tabs")).Body(tabs...),
		c.totals(),
	)
}

// totals is what the whole model takes: parameters, arithmetic, memory and time.
func (c *Core) totals() goapp.UI {
	if len(c.Problems) > 0 || c.Plan.Parameters == 0 && c.Plan.FLOPs == 0 {
		return goapp.Dl().Class("totals")
	}
	item := func(key, value, note string) goapp.UI {
		return goapp.Div().DataSet("total", key).Title(c.t("total."+key+".doc")).Body(
			goapp.Dt().Text(c.t("total."+key)), goapp.Dd().Body(goapp.Text(value), goapp.If(note != "", goapp.Small().Text(note))))
	}
	items := []goapp.UI{
		item("parameters", state.Count(c.Plan.Parameters), ""),
		item("flops", state.Operations(float64(c.Plan.FLOPs)), c.t("total.sample")),
	}
	if bytes := c.bytes(); bytes > 0 {
		items = append(items, item("memory", state.Memory(bytes), ""))
	}
	if seconds, measured := c.EpochTime(); seconds > 0 {
		note := c.t("total.estimated")
		if measured {
			note = c.t("total.measured")
		}
		items = append(items, item("time", c.span(seconds), note))
	}
	return goapp.Dl().Class("totals").Body(items...)
}

// bytes is the memory that training takes: as the trainer has it, or as it was worked out.
func (c *Core) bytes() int {
	if c.Model != nil && c.Model.Bytes > 0 && c.Model.Parameters == c.Plan.Parameters {
		return c.Model.Bytes
	}
	return int(c.Plan.Memory.Total())
}

// span is a time for people, also below a second.
func (c *Core) span(seconds float64) string {
	if seconds < 1 {
		return c.t("time.fraction", max(1, int(seconds*1000)))
	}
	return c.Duration(seconds)
}
