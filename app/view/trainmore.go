package view

import (
	"descent/ml/config"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// train is a setting of the training that belongs to no catalogue.
func (c *Core) train(name string, slider scale) goapp.UI {
	for _, f := range c.Experiment.TrainFields() {
		if f.Name == name {
			return c.field(setting{owner: "train", path: "train." + name, field: f, scale: slider})
		}
	}
	return nil
}

// optimizerField is a setting of the optimizer. Its numbers act while it runs.
func (c *Core) optimizerField(name string) goapp.UI {
	e := c.Experiment
	for _, f := range e.Train.Settings.Fields() {
		if f.Name == name {
			return c.field(setting{owner: "optimizer." + e.Train.Optimizer, path: "train.optimizer." + name, field: f, scale: sliderFor(f), live: true})
		}
	}
	return nil
}

// moreTraining is what a beginner can leave alone, by what it is about.
func (c *Core) moreTraining() goapp.UI {
	e := c.Experiment
	t := &e.Train
	group := func(key string, fields ...goapp.UI) goapp.UI {
		return goapp.Div().Class("group").Role("group").Aria("label", c.t(key)).Body(
			goapp.H3().Text(c.t(key)),
			goapp.Div().Class("fields").Body(fields...))
	}
	part := func(owner, path string, fields []config.Field) []goapp.UI {
		var out []goapp.UI
		for _, f := range fields {
			out = append(out, c.field(setting{owner: owner, path: path + "." + f.Name, field: f}))
		}
		return out
	}
	var optimizer []goapp.UI
	for _, f := range t.Settings.Fields() {
		if f.Name != "lr" {
			optimizer = append(optimizer, c.optimizerField(f.Name))
		}
	}
	loss, _ := nn.LookupLoss(t.Loss)
	entry := func(key, doc, formula string) goapp.UI {
		if formula != "" {
			return goapp.P().Class("doc").Body(goapp.Text(c.Language.Term(key+".doc", doc+".")+" "), goapp.Code().Text(formula))
		}
		return goapp.P().Class("doc").Text(c.Language.Term(key+".doc", doc+"."))
	}
	groups := []goapp.UI{
		when(len(optimizer) > 0, func() goapp.UI { return group("train.group.optimizer", optimizer...) }),
		group("train.group.loss", append([]goapp.UI{c.train("loss", nil), entry("loss."+t.Loss, loss.Doc, loss.Formula)},
			part("loss."+t.Loss, "train.loss", t.Objective.Fields())...)...),
		group("train.group.weights", c.train("l1", nil), c.train("l2", nil), c.train("ema", nil)),
	}
	if c.missing > whole {
		return goapp.Div().Class("groups").Body(groups...)
	}
	return goapp.Div().Class("groups").Body(append(groups,
		group("train.group.gradient", c.train("clip_norm", nil), c.train("clip_value", nil), c.train("accumulate", nil), c.train("recompute", nil)),
		group("train.group.end", append([]goapp.UI{c.train("steps", nil)}, part("stop", "train.stop", t.Stop.Fields())...)...),
		group("train.group.early", part("early_stopping", "train.early_stopping", t.EarlyStopping.Fields())...),
		group("train.group.work", c.train("validate_every", nil), c.train("shards", nil)))...)
}
