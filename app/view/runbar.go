package view

import (
	"strconv"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// runBar starts and stops, and says how it goes. It is always in sight.
type runBar struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (r *runBar) Render() goapp.UI {
	c := r.Core
	phase := c.State.Phase
	if c.Opening() {
		phase = session.Loading
	}
	return goapp.Section().Class("run").Aria("label", c.t("run.title")).DataSet("phase", phase).Body(
		goapp.Div().Class("run-buttons").Body(
			c.runButton("rotate-ccw", "run.reset", "R", c.act(state.Reset{}), !c.Resettable()),
			c.playButton(),
			c.runButton("step-forward", "run.step", "S", c.act(state.Step{}), !c.Playable()),
		),
		c.advance(),
		c.paceMenu(),
		c.readings(),
		c.speedMeter(),
	)
}

// paceMenu holds training back, so that it can be watched.
func (c *Core) paceMenu() goapp.UI {
	const id = "pace"
	of, now := c.PaceOf(), c.Pace()
	var options []goapp.UI
	for _, rate := range state.Paces {
		text := c.t("run.full")
		if rate > 0 {
			text = c.t("run.pace", state.Setting(rate))
		}
		options = append(options, goapp.Option().Value(state.Setting(rate)).Selected(rate == now).Text(text))
	}
	return goapp.Div().Class("pace").Title(c.t("pace.doc")).Body(
		goapp.Label().For(id).Text(c.t("pace.title")),
		goapp.Select().ID(id).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			if rate, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64); err == nil {
				c.Do(state.SetPace{Of: of, Rate: rate})
			}
		}, of).Body(options...),
	)
}

func (c *Core) runButton(face, key, shortcut string, do goapp.EventHandler, disabled bool) goapp.UI {
	label := c.t(key)
	return goapp.Button().Type("button").Class("run-button").Title(label+" ("+shortcut+")").Aria("label", label).
		DataSet("testid", key).Disabled(disabled).OnClick(do, key).Body(icon(face))
}

func (c *Core) playButton() goapp.UI {
	face, key := "play", "run.play"
	var action state.Action = state.Play{}
	if c.Running() {
		face, key, action = "pause", "run.pause", state.Pause{}
	}
	label := c.t(key)
	return goapp.Button().Type("button").Class("run-button", "run-play").Title(label+" ("+c.t("key.space")+")").Aria("label", label).
		DataSet("testid", "run.play").Disabled(!c.Playable() && !c.Running() && !c.Opening()).OnClick(c.act(action), key).Body(icon(face))
}

// advance is how far training has come.
func (c *Core) advance() goapp.UI {
	s := c.State
	if s.Epochs == 0 && c.Experiment != nil {
		s.Epochs, s.Steps = c.Experiment.Train.Epochs, c.Plan.Steps
	}
	total := s.Steps * s.Epochs
	return goapp.Div().Class("advance").Body(
		goapp.Div().Class("advance-text").Body(
			goapp.Span().DataSet("testid", "epoch").Text(c.t("run.epoch", state.Count(min(s.Epoch+1, max(1, s.Epochs))), state.Count(s.Epochs))),
			goapp.Span().Class("advance-phase").Body(c.savedAt(), goapp.Span().Class("soft").Text(c.phase())),
		),
		goapp.Progress().Max(max(1, total)).Value(min(s.Step, max(1, total))).Aria("label", c.t("run.title")),
	)
}

// phase is the state in a word or two, or the time that is left.
func (c *Core) phase() string {
	switch {
	case c.Worker == state.Dead:
		return c.t("phase.dead")
	case len(c.Problems) > 0:
		return c.t("phase.problems")
	case c.Worker == state.Starting:
		return c.t("phase.starting")
	}
	switch c.State.Phase {
	case session.Running:
		if c.Stats.SecondsLeft > 0 {
			return c.t("run.left", c.Duration(c.Stats.SecondsLeft))
		}
		return c.t("phase.running")
	case session.Ready:
		if c.State.Step > 0 {
			return c.t("phase.paused")
		}
		return c.t("phase.ready")
	case session.Loading:
		return c.t("phase.loading")
	case session.Done:
		if c.State.Stopped != "" {
			return c.t("phase.early")
		}
		return c.t("phase.done")
	case session.Failed:
		return c.t("phase.failed")
	}
	return c.t("phase.empty")
}

// readings is the numbers, each with its unit or name.
func (c *Core) readings() goapp.UI {
	st := c.Stats
	none := "–"
	loss, valid, acc, validAcc, rate := none, none, none, none, none
	if c.State.Step > 0 {
		loss = state.Loss(st.Loss)
		if st.Accuracy >= 0 {
			acc = state.Percent(st.Accuracy)
		}
		if st.SamplesPerSecond > 0 {
			rate = c.t("run.persecond", state.Rate(st.SamplesPerSecond))
		}
	}
	if p, ok := c.Valid.Last(); ok {
		valid = state.Loss(p.Loss)
		if p.Accuracy >= 0 {
			validAcc = state.Percent(p.Accuracy)
		}
	}
	one := func(id, name string, values ...goapp.UI) goapp.UI {
		return goapp.Div().Class("reading", "reading-"+id).Body(
			goapp.Dt().Text(name), goapp.Dd().DataSet("testid", id).Body(values...))
	}
	pair := func(train, validation string) goapp.UI {
		return goapp.Span().Class("pair").Body(
			goapp.Span().Class("key-train").Title(c.t("curve.train")).Text(train),
			goapp.Span().Class("key-validation").Title(c.t("curve.validation")).Text(validation))
	}
	kernel, why := c.Hello.Kernel, ""
	if st.Workers > 1 {
		kernel = c.t("run.workers", state.Count(st.Workers)) + " · " + kernel
	} else if st.Alone != "" {
		why = c.t("run.alone." + st.Alone)
	}
	return goapp.Dl().Class("readings").Body(
		one("step", c.t("run.steps"), goapp.Text(state.Count(c.State.Step))),
		one("loss", c.t("run.loss"), pair(loss, valid)),
		goapp.If(c.classifies(), one("accuracy", c.t("run.accuracy"), pair(acc, validAcc))),
		goapp.Div().Class("reading", "reading-rate").Body(
			goapp.Dt().Body(goapp.Text(c.t("run.rate")), goapp.Span().Class("kernel").DataSet("testid", "kernel").Title(why).Text(kernel)),
			goapp.Dd().Body(c.rateButton(rate))),
	)
}
