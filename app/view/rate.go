package view

import (
	"descent/app/draw"
	"descent/app/state"
	"descent/ml/optim"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// rate is the learning rate: its setting, which acts while training goes on, its schedule, drawn over the steps of this
// run, and where it was changed by hand.
type rate struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

const idRate = "rate-chart"

func (r *rate) OnMount(goapp.Context)  { r.draw() }
func (r *rate) OnResize(goapp.Context) { r.draw() }

// rateMoves grows with each step of which something can be seen: the picture is some 200 pixels wide.
func (c *Core) rateMoves() uint64 {
	_, steps := c.Steps()
	return uint64(200 * c.State.Step / max(1, steps))
}

func (r *rate) draw() {
	c := r.Core
	c.frames.Request(idRate, func() {
		if !r.Mounted() || c.Experiment == nil {
			return
		}
		_, steps := c.Steps()
		past, ahead := c.Schedule()
		draw.Rates(idRate, draw.Series{X: past.X, Y: past.Y}, draw.Series{X: ahead.X, Y: ahead.Y}, float64(c.State.Step), float64(steps))
	})
}

func (r *rate) Render() goapp.UI {
	redrawn(r, r.draw)
	c := r.Core
	if c.Experiment == nil {
		return goapp.Section()
	}
	t := &c.Experiment.Train
	past, ahead := c.Schedule()
	now, end := t.Settings.Rate(), t.Settings.Rate()
	if n := len(ahead.Y); n > 0 {
		now, end = ahead.Y[0], ahead.Y[n-1]
	} else if n := len(past.Y); n > 0 {
		now, end = past.Y[n-1], past.Y[n-1]
	}
	text := c.t("rate.now", state.Brief(now), state.Brief(end))
	schedule, _ := optim.LookupSchedule(t.Schedule)
	fields := []goapp.UI{c.optimizerField("lr"), c.train("schedule", nil)}
	for _, f := range t.Rates.Fields() {
		fields = append(fields, c.field(setting{owner: "schedule." + t.Schedule, path: "train.schedule." + f.Name, field: f}))
	}
	var changes []goapp.UI
	for _, change := range c.Changes {
		label, _ := c.Language.Field("optimizer."+c.Experiment.Train.Optimizer, change.Field, "")
		changes = append(changes, goapp.Li().Text(c.t("rate.changed", label, state.Count(change.Step), state.Setting(change.From), state.Setting(change.To))))
	}
	return goapp.Section().Class("panel", "rate").Aria("labelledby", "rate-title").Body(
		goapp.H2().ID("rate-title").Text(c.t("train.title")),
		goapp.Div().Class("fields").Body(fields...),
		goapp.P().Class("doc").Text(c.Language.Term("schedule."+t.Schedule+".doc", schedule.Doc+".")),
		goapp.Canvas().ID(idRate).Class("rate-chart").Role("img").Aria("label", c.t("rate.describe", text)),
		goapp.P().Class("rate-text").DataSet("testid", "rate-now").Text(text),
		goapp.If(len(changes) > 0, goapp.Ul().Class("rate-changes").DataSet("testid", "changes").Title(c.t("rate.honest")).Body(changes...)),
	)
}
