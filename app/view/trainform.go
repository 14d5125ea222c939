package view

import (
	"math/rand/v2"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/optim"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// trainForm sets how the model learns.
type trainForm struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (t *trainForm) Render() goapp.UI {
	c := t.Core
	if c.Experiment == nil {
		return goapp.Section()
	}
	return goapp.Section().Class("panel", "train-form").Aria("label", c.t("train.form")).Body(
		goapp.Div().Class("fields").Body(
			c.train("batch", doubling{10}),
			c.train("epochs", nil),
			c.seed(),
			c.optimizers(),
		),
		goapp.Details().Class("more").Body(
			goapp.Summary().Text(c.t("train.more")),
			when(c.missing <= withMore, c.moreTraining),
		),
	)
}

// seed is the number everything random comes from, with a die.
func (c *Core) seed() goapp.UI {
	const path = "seed"
	label, doc, problem := c.t("train.seed"), c.t("train.seed.doc"), c.ProblemAt(path)
	value := state.Setting(float64(c.Experiment.Seed))
	if d, ok := c.Drafts[path]; ok {
		value = d.Text
	}
	return goapp.Div().Class("field", "field-int").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For("set-seed").Text(label), c.why(path, label, doc)),
		goapp.Div().Class("field-control").Body(
			goapp.Button().Type("button").Class("small").Title(c.t("train.dice")).Aria("label", c.t("train.dice")).
				OnClick(func(goapp.Context, goapp.Event) {
					c.Do(state.Set{Path: path, Value: config.Num(float64(1 + rand.IntN(9999)))})
				}).Body(icon("shuffle")),
			goapp.Input().Type("text").Attr("inputmode", "numeric").AutoComplete(false).ID("set-seed").Value(value).
				OnChange(func(ctx goapp.Context, _ goapp.Event) {
					c.Do(state.SetText{Path: path, Form: "int", Text: ctx.JSSrc().Get("value").String()})
				}),
		),
		goapp.If(c.Hint == path, goapp.P().Class("hint").Text(doc)),
		goapp.If(problem != "", goapp.P().Class("wrong").Text(problem)),
	)
}

func (c *Core) optimizers() goapp.UI {
	now := c.Experiment.Train.Optimizer
	info, _ := optim.Lookup(now)
	label := c.t("train.optimizer")
	doc := c.Language.Term("optimizer."+now+".doc", info.Doc) + "  " + info.Formula
	var options []goapp.UI
	for _, o := range optim.Optimizers() {
		options = append(options, goapp.Option().Value(o.Type).Selected(o.Type == now).
			Text(c.Language.Term("optimizer."+o.Type, o.Title)))
	}
	return goapp.Div().Class("field").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For("set-optimizer").Text(label), c.why("optimizer", label, doc)),
		goapp.Div().Class("field-control").Body(
			goapp.Select().ID("set-optimizer").OnChange(func(ctx goapp.Context, _ goapp.Event) {
				c.Do(state.SetOptim{Type: ctx.JSSrc().Get("value").String()})
			}).Body(options...)),
		goapp.If(c.Hint == "optimizer", goapp.P().Class("hint").Text(doc)),
	)
}
