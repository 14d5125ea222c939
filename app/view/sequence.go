package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// sequence is the picture of a model of texts: what it writes, how it learns, and looks into it at work.
type sequence struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (q *sequence) Render() goapp.UI {
	c := q.Core
	seen := c.Rev(state.OnDocument, state.OnRun, state.OnViews, state.OnShell) + c.hovers // not the numbers, which change ten times a second
	return goapp.Div().Class("picture").Body(
		goapp.Div().Class("progressing").Body(
			c.meaning(),
			&curves{Core: c, Rev: q.Rev},
			when(c.Writes(), func() goapp.UI { return &samples{Core: c, Rev: seen} }),
			c.loading(),
		),
		c.further(when(!c.Narrow, func() goapp.UI { return &inside{Core: c, Rev: seen} })),
	)
}

// meaning says what the loss means, and what counting alone comes to.
func (c *Core) meaning() goapp.UI {
	p, ok := c.Valid.Last()
	if !ok {
		p, ok = c.Train.Last()
	}
	perplexity, bits, unit := "–", "–", "bits"
	m := c.Means(p.Loss)
	if m.Characters {
		unit = "bpc"
	}
	if ok {
		perplexity, bits = state.Loss(m.Perplexity), state.Loss(m.Bits)
	}
	one := func(id, name, value string) goapp.UI {
		key := "meaning." + name
		return goapp.Div().Class("figure").Title(c.t(key+".doc")).Body(
			goapp.Dt().Text(c.t(key)), goapp.Dd().DataSet("testid", id).Text(value))
	}
	cells := []goapp.UI{one("perplexity", "perplexity", perplexity), one("bits", unit, bits)}
	for _, b := range c.Baselines() {
		class, key, beaten := "figure figure-base", "baseline."+b.Name, ""
		if ok && p.Loss < b.Loss {
			class, beaten = class+" figure-beaten", c.t("meaning.beaten")
		}
		cells = append(cells, goapp.Div().Class(class).Title(c.t(key+".doc")).Body(
			goapp.Dt().Text(c.t(key)), goapp.Dd().DataSet("testid", "baseline-"+b.Name).Body(
				goapp.Text(state.Loss(b.Loss)), goapp.Span().Class("unseen").Text(beaten))))
	}
	return goapp.Dl().Class("figures").Aria("label", c.t("meaning.title")).Body(cells...)
}

// samples is what the model wrote on the way, the latest first.
type samples struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (p *samples) Render() goapp.UI {
	c := p.Core
	var options, items []goapp.UI
	now := c.SampleEvery()
	every := append([]int{0}, state.Samplings...)
	for _, n := range every {
		text := c.t("samples.every", state.Count(n))
		if n == 0 {
			text = c.t("samples.never")
		}
		options = append(options, goapp.Option().Value(n).Selected(n == now).Text(text))
	}
	all := c.Written.Samples
	for i := len(all) - 1; i >= 0; i-- {
		s := all[i]
		loss := ""
		if s.Loss > 0 {
			loss = c.t("samples.loss", state.Loss(s.Loss))
		}
		items = append(items, goapp.Li().Class("written-sample").Body(
			goapp.Div().Class("written-head").Body(
				goapp.Span().Class("written-step").Text(c.t("samples.step", state.Count(s.Step))), goapp.Span().Text(loss)),
			goapp.P().Class("written-text").Text(s.Text)))
	}
	return goapp.Section().Class("panel", "samples").Aria("labelledby", "written-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("written-title").Text(c.t("samples.written")),
			goapp.Label().Class("unseen").For("sample-every").Text(c.t("samples.often")),
			goapp.Select().ID("sample-every").Class("small-select").OnChange(func(ctx goapp.Context, _ goapp.Event) {
				c.Do(state.SetSampling{Every: wholeOf(ctx.JSSrc().Get("value").String())})
			}).Body(options...)),
		goapp.If(len(items) == 0, goapp.P().Class("doc").Text(c.t("samples.empty"))),
		goapp.If(len(items) > 0, goapp.Div().Class("written-samples").TabIndex(0).Role("group").Aria("label", c.t("samples.written")).
			DataSet("testid", "samples").Body(goapp.Ol().Body(items...))),
	)
}
