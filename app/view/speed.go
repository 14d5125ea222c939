package view

import (
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// rateButton is the speed reading, which opens the meter.
func (c *Core) rateButton(rate string) goapp.UI {
	return goapp.Button().Type("button").Class("rate-button").Title(c.t("speed.open")).Aria("expanded", c.SpeedOpen).
		DataSet("testid", "speed.open").OnClick(c.act(state.ShowSpeed{On: !c.SpeedOpen}), c.SpeedOpen).
		Body(goapp.Span().DataSet("testid", "rate").Text(rate), icon("gauge"))
}

// speedMeter says where the time of training goes.
func (c *Core) speedMeter() goapp.UI {
	if !c.SpeedOpen {
		return nil
	}
	return goapp.Section().Class("speed").Aria("label", c.t("speed.title")).DataSet("testid", "speed").Body(
		goapp.Div().Class("speed-head").Body(
			goapp.H2().Text(c.t("speed.title")),
			goapp.Button().Type("button").Class("tool").Title(c.t("speed.close")).Aria("label", c.t("speed.close")).
				OnClick(c.act(state.ShowSpeed{})).Body(icon("x")),
		),
		goapp.If(c.Speed == nil, goapp.P().Class("soft").Text(c.t("speed.wait"))).Else(c.speedFigures()),
	)
}

func (c *Core) speedFigures() goapp.UI {
	s := c.Speed
	if s == nil {
		return nil
	}
	figure := func(name, value string) goapp.UI {
		return goapp.Div().Body(goapp.Dt().Text(name), goapp.Dd().Text(value))
	}
	share := func(v float64) goapp.UI {
		return goapp.Td().Class("speed-share").Text(state.Percent(v))
	}
	bar := func(name string, v float64) goapp.UI {
		return goapp.Td().Class("speed-bar").Body(goapp.Progress().Max(1).Value(v).Aria("label", name))
	}
	var phases, layers []goapp.UI
	for i, phase := range session.Phases {
		if i < len(s.Phases) && s.Phases[i] > 0 {
			name := c.t("speed." + phase)
			phases = append(phases, goapp.Tr().Body(goapp.Th().Scope("row").Text(name), bar(name, s.Phases[i]), share(s.Phases[i])))
		}
	}
	for _, l := range c.LayerShares() {
		name := l.Layer
		if name == "" {
			name = c.t("speed.loss")
		}
		layers = append(layers, goapp.Tr().Body(goapp.Th().Scope("row").Text(name), bar(name, l.Forward+l.Backward), share(l.Forward), share(l.Backward)))
	}
	column := func(text string) goapp.UI { return goapp.Th().Scope("col").Text(text) }
	wide := func(text string) goapp.UI { return goapp.Th().Scope("col").ColSpan(2).Text(text) }
	return goapp.Div().Class("speed-body").Body(
		goapp.Dl().Class("speed-figures").Body(
			figure(c.t("speed.gflops"), c.t("speed.giga", state.Brief(s.GFLOPS))),
			figure(c.t("speed.samples"), c.t("speed.second", state.Rate(s.Samples))),
			figure(c.t("speed.step"), c.t("speed.ms", state.Brief(s.Step))),
		),
		goapp.Table().Class("speed-table").Body(
			goapp.THead().Body(goapp.Tr().Body(column(c.t("speed.phases")), wide(c.t("speed.share")))),
			goapp.TBody().Body(phases...)),
		goapp.Table().Class("speed-table").Body(
			goapp.THead().Body(goapp.Tr().Body(column(c.t("speed.layers")), column(c.t("speed.share")), column(c.t("speed.forward")), column(c.t("speed.backward")))),
			goapp.TBody().Body(layers...)),
	)
}
