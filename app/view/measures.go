package view

import (
	"math"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// measures is what was measured of a part of the data, beside what the baselines reach.
type measures struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (m *measures) Render() goapp.UI {
	c := m.Core
	r := c.Report
	var body []goapp.UI
	if c.Data != nil && c.State.Step == 0 && !c.Running() {
		body = append(body, c.untrained())
	}
	switch {
	case r != nil:
		body = append(body, c.measuredOn(r), c.metricTable(r))
	case c.Data == nil:
		body = append(body, c.loading())
	default:
		body = append(body, goapp.P().Class("soft").Text(c.t("eval.none")))
	}
	return c.card("measures", c.t("eval.title"), "", c.partChoice(), body...)
}

// untrained says that the figures are those of chance, and what to do about that.
func (c *Core) untrained() goapp.UI {
	return goapp.Div().Class("untrained").DataSet("testid", "untrained").Body(
		goapp.P().Body(goapp.Strong().Text(c.t("eval.untrained")), goapp.Text(" "), goapp.Span().Text(c.t("eval.untrained.doc"))),
		goapp.Button().Type("button").Class("primary").DataSet("testid", "eval-train").Disabled(!c.Playable()).
			OnClick(c.act(state.Play{}), "train").Body(icon("play"), goapp.Span().Text(c.t("eval.train"))))
}

// partChoice says which part is measured. The test part is behind its seal.
func (c *Core) partChoice() goapp.UI {
	if c.Data == nil {
		return goapp.Div()
	}
	on := ""
	if c.Report != nil {
		on = c.Report.Part
	}
	if c.Measuring != "" {
		on = c.Measuring
	}
	button := func(part string, samples int) goapp.UI {
		return goapp.Button().Type("button").Class("small-text").Aria("pressed", on == part).Disabled(!c.Measurable(samples)).
			DataSet("testid", "measure-"+part).OnClick(c.act(state.Evaluate{Part: part}), part).Text(c.t("eval.part." + part))
	}
	return goapp.Div().Class("tools").Role("group").Aria("label", c.t("eval.parts")).Body(
		when(c.Measuring != "", func() goapp.UI { return goapp.Span().Class("soft").Role("status").Text(c.t("eval.measuring")) }),
		when(c.Outdated() && c.Measuring == "" && on != session.PartTest, func() goapp.UI {
			return goapp.Button().Type("button").Class("small-text", "primary").Disabled(!c.Measurable(1)).DataSet("testid", "measure-again").
				OnClick(c.act(state.Evaluate{Part: on}), on).Text(c.t("eval.again"))
		}),
		button(session.PartValidation, c.Data.Validation),
		button(session.PartTrain, c.Data.Train))
}

// measuredOn says of what the figures are, and what to think of that.
func (c *Core) measuredOn(r *session.Report) goapp.UI {
	text := c.t("eval.on."+r.Part, state.Count(r.Count), state.Count(r.Step))
	if c.Outdated() {
		text += c.t("eval.since", state.Count(c.State.Step))
	}
	note := ""
	switch {
	case r.Part == session.PartTrain && c.Data != nil && c.Data.Validation == 0:
		note = c.t("eval.novalidation")
	case r.Part == session.PartTrain:
		note = c.t("eval.learned")
	case r.Part == session.PartTest && r.Opened > 1:
		note = c.t("eval.opened", state.Count(r.Opened))
	case r.Cut:
		note = c.t("eval.cut")
	}
	return goapp.Div().Class("measured").Body(
		goapp.P().DataSet("testid", "measured-on").Text(text),
		when(note != "", func() goapp.UI { return goapp.P().Class("note").Text(note) }))
}

// shares are the metrics from 0 to 1, which are drawn as bars.
var shares = map[string]bool{"accuracy": true, "top_k": true, "exact_match": true, "precision": true, "recall": true, "f1": true,
	"roc_auc": true, "average_precision": true, "r2": true}

// shown reports whether a metric says something here: a loss that is told under its own name is not told twice.
func (c *Core) tells(r *session.Report, i int) bool {
	value := func(name string) float64 {
		for k, m := range r.Metrics {
			if m == name {
				return r.Values[k]
			}
		}
		return math.NaN()
	}
	switch r.Metrics[i] {
	case "loss":
		for _, same := range []string{"log_loss", "mse", "mae"} {
			if v := value(same); math.Abs(v-r.Values[i]) <= 1e-3*math.Abs(v) {
				return false
			}
		}
	case "perplexity", "bits_per_character":
		return c.Sequential()
	}
	return true
}

func (c *Core) metricTable(r *session.Report) goapp.UI {
	var rows []goapp.UI
	for i, name := range r.Metrics {
		if !c.tells(r, i) {
			continue
		}
		value := c.figure(name, r.Values[i])
		between := "–"
		if i < len(r.Low) && !math.IsNaN(r.Low[i]) {
			between = c.t("eval.between", c.figure(name, r.Low[i]), c.figure(name, r.High[i]))
		}
		cells := []goapp.UI{
			goapp.Th().Scope("row").Body(goapp.Span().Class("metric").Text(c.metricName(r, name)), goapp.Span().Class("soft").Text(c.t("eval.doc."+name))),
			goapp.Td().Class("metric-value").DataSet("testid", "metric-"+name).Body(goapp.Strong().Text(value),
				when(shares[name], func() goapp.UI { return shareBar(r.Values[i], "") })),
			goapp.Td().Title(c.method(r, i)).Text(between),
		}
		for _, b := range r.Beside {
			text := "–"
			for k, metric := range b.Metrics {
				if metric == name {
					text = c.figure(name, b.Values[k])
				}
			}
			cells = append(cells, goapp.Td().Class("soft").Text(text))
		}
		rows = append(rows, goapp.Tr().Body(cells...))
	}
	heads := []goapp.UI{goapp.Th().Scope("col").Text(c.t("eval.metric")), goapp.Th().Scope("col").Text(c.t("eval.model")),
		goapp.Th().Scope("col").Title(c.t("eval.interval.doc")).Text(c.t("eval.interval"))}
	for _, b := range r.Beside {
		heads = append(heads, goapp.Th().Scope("col").Title(c.t("eval.baseline.doc."+c.baseline(r, b.Name))).Text(c.t("eval.baseline."+c.baseline(r, b.Name))))
	}
	note := c.t("eval.interval.doc")
	for _, b := range r.Beside {
		note += " " + c.t("eval.baseline.doc."+c.baseline(r, b.Name))
	}
	return goapp.Div().Class("wide", "metrics").TabIndex(0).Role("group").Aria("label", c.t("eval.title")).Body(
		goapp.Table().Body(goapp.THead().Body(goapp.Tr().Body(heads...)), goapp.TBody().Body(rows...)),
		goapp.P().Class("soft").Text(note))
}

// baseline is the key of a baseline: of values the prior is a mean.
func (c *Core) baseline(r *session.Report, name string) string {
	if name == "prior" && r.Classes == 0 {
		return "mean"
	}
	return name
}

func (c *Core) metricName(r *session.Report, name string) string {
	if name == "top_k" {
		return c.t("eval.name.top_k", r.K)
	}
	return c.t("eval.name." + name)
}

// method is how an interval was found.
func (c *Core) method(r *session.Report, i int) string {
	if i >= len(r.Methods) || r.Methods[i] == "" {
		return ""
	}
	return c.t("eval.method." + r.Methods[i])
}

// figure writes a metric's value.
func (c *Core) figure(name string, v float64) string {
	if shares[name] && name != "r2" {
		return state.Percent(v)
	}
	return state.Loss(v)
}
