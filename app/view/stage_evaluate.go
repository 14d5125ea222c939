package view

import (
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// evaluateStage measures the model, shows where it errs, and lets people try it.
func (c *Core) evaluateStage(r revs) goapp.UI {
	now := c.Rev(state.OnEvaluate) + r.doc + r.run
	main := []goapp.UI{&measures{Core: c, Rev: now + c.Rev(state.OnStats)*outdating(c)}}
	var reported []goapp.UI
	if report := c.Report; report != nil && c.missing <= withMain {
		reported = c.reported(report, now)
	}
	reported = reported[:c.cards.upTo(c, c.page, len(reported), 1)]
	main = append(main, goapp.Div().Class("reported").Body(reported...)) // or what follows would be made anew when it comes
	if c.Sequential() {
		seen := r.doc + r.run + r.views + c.hovers
		if c.Writes() {
			main = append(main, &writing{Core: c, Rev: seen})
		}
		main = append(main, c.further(&inside{Core: c, Rev: seen}))
	}
	if c.State.Step > 0 {
		main = append(main, goapp.P().Class("paper").Body(goapp.Button().Type("button").DataSet("testid", "save-report").
			OnClick(func(goapp.Context, goapp.Event) { c.savePaper() }).Body(icon("download"), goapp.Span().Text(c.t("paper.save")))))
	}
	return c.columns("evaluate", nil, []goapp.UI{goapp.Div().Class("evaluation").Body(main...)}, c.trying(r, now))
}

// outdating is 1 while training goes on beside figures that stand still, whose age is told.
func outdating(c *Core) uint64 {
	if c.Outdated() {
		return 1
	}
	return 0
}

// reported is what a report is shown as.
func (c *Core) reported(report *session.Report, now uint64) (out []goapp.UI) {
	if len(report.Confusion) > 0 && report.Single {
		out = append(out, &confusion{Core: c, Rev: now}, &perClass{Core: c, Rev: now})
	}
	if c.Residuals != nil && report.Classes == 0 {
		out = append(out, &residual{Core: c, Rev: now})
	}
	if report.Single {
		out = append(out, &cases{Core: c, Rev: now})
	}
	if report.Explains == "features" {
		out = append(out, &importance{Core: c, Rev: now})
	}
	if report.Calibration != nil {
		out = append(out, &calibration{Core: c, Rev: now})
	}
	if report.Single && report.Classes > 1 && len(report.Confusion) > 0 {
		out = append(out, &threshold{Core: c, Rev: now})
	}
	return out
}

// trying is where a person tries the model, and the sealed test part.
func (c *Core) trying(r revs, now uint64) (side []goapp.UI) {
	if c.Data != nil {
		switch {
		case c.TakesDigits():
			side = append(side, &pads{Core: c, Rev: r.doc + r.run + r.views + r.pad + now})
		case c.TakesTexts():
			side = append(side, &tryText{Core: c, Rev: now + r.pad})
		case c.TakesRows():
			if c.Planar() {
				side = append(side, &plane{Core: c, Rev: r.all() + now})
			}
			side = append(side, &tryRow{Core: c, Rev: now + r.pad})
		}
		if c.TakesPictures() {
			side = append(side, &tryPicture{Core: c, Rev: now + r.pad + c.hovers})
		}
	}
	return append(side, &seal{Core: c, Rev: now})
}
