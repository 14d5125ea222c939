package view

import (
	"descent/app/state"
	"descent/ml/diagnose"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// diagnosis tells what is wrong with a training, why, and what can be done about it; and of one that is over, how it went.
type diagnosis struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

// findingsShown is how many are told of at once; the gravest come first.
const findingsShown = 3

func (d *diagnosis) Render() goapp.UI {
	c := d.Core
	var cards []goapp.UI
	for i, f := range c.Findings {
		if i == findingsShown {
			break
		}
		cards = append(cards, c.finding(f))
	}
	return goapp.Div().Class("diagnosis").Aria("live", "polite").Hidden(len(cards) == 0 && c.Verdict.How.Text == "").Body(
		goapp.Div().Class("findings").Body(cards...),
		when(c.Verdict.How.Text != "" && c.State.Phase == session.Done, c.concluded),
	)
}

// grave reports whether a finding means that training is of no use as it is.
func grave(kind string) bool {
	switch kind {
	case diagnose.Diverged, diagnose.BrokenData, diagnose.Exploding, diagnose.Vanishing, diagnose.DeadReLU:
		return true
	}
	return false
}

func (c *Core) finding(f diagnose.Finding) goapp.UI {
	class := "finding"
	if grave(f.Kind) {
		class += " finding-grave"
	}
	var fixes []goapp.UI
	for i, fix := range f.Fixes {
		fixes = append(fixes, c.fix(fix, "fix-"+fix.Kind, i == 0))
	}
	return goapp.Article().Class(class).DataSet("testid", "finding-"+f.Kind).Body(
		icon("triangle-alert"),
		goapp.Div().Class("finding-text").Body(
			goapp.H2().Text(c.t("finding."+f.Kind)),
			goapp.P().Class("finding-seen").Text(c.Language.Message(f.Seen)),
			goapp.P().Class("finding-why").Text(c.Language.Message(f.Why)),
			goapp.Div().Class("finding-fixes").Body(fixes...),
		),
	)
}

// fix is the button that changes the document and trains again.
func (c *Core) fix(f diagnose.Fix, id string, first bool) goapp.UI {
	b := goapp.Button().Type("button").DataSet("testid", id)
	if first {
		b = b.Class("primary")
	} else {
		b = b.Class("small-text")
	}
	return b.OnClick(c.act(state.Cure{Fix: f}), f.Does.Text).Text(c.Language.Message(f.Does))
}

func (c *Core) concluded() goapp.UI {
	v := c.Verdict
	title := c.t("verdict.done")
	if c.State.Stopped != "" {
		title = c.t("verdict.early")
	}
	best := ""
	if v.Has {
		best = c.t("verdict.best", state.Brief(v.Best.Epoch), state.Loss(v.Best.Loss))
		if v.Best.Accuracy >= 0 {
			best = c.t("verdict.bestboth", state.Brief(v.Best.Epoch), state.Loss(v.Best.Loss), state.Percent(v.Best.Accuracy))
		}
	}
	return goapp.Article().Class("finding", "conclusion").DataSet("testid", "verdict").Body(
		icon("circle-check"),
		goapp.Div().Class("finding-text").Body(
			goapp.H2().Text(title),
			goapp.P().Class("finding-seen").Body(goapp.Text(c.Language.Message(v.How)), goapp.If(best != "", goapp.Text(" "+best))),
			goapp.P().Class("finding-why").Text(c.Language.Message(v.Next)),
			goapp.Div().Class("finding-fixes").Body(
				when(v.Fix != nil, func() goapp.UI { return c.fix(*v.Fix, "verdict-fix", true) }),
				when(v.Look != "", func() goapp.UI {
					return goapp.Button().Type("button").Class("primary").DataSet("testid", "verdict-look").
						OnClick(c.act(state.Show{Pane: v.Look}), v.Look).Text(c.t("verdict.look"))
				})),
		),
	)
}
