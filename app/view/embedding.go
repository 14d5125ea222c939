package view

import (
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InTable] = func(c *Core, rev uint64) goapp.UI { return &embedding{Core: c, Rev: rev} }
}

// embedding is the table of the tokens' vectors along its principal components.
type embedding struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	seen scatter
}

const idSpace = "space"

func (v *embedding) OnMount(goapp.Context) {
	v.seen.id, v.seen.core, v.seen.points = idSpace, v.Core, v.points
	v.seen.mount()
}

func (v *embedding) OnResize(goapp.Context) { v.seen.draw() }
func (v *embedding) OnDismount()            { v.seen.unmount() }

// points is what is drawn.
func (v *embedding) points() (draw.Space, bool) {
	c := v.Core
	t := c.Sights.Table
	if t == nil || t.Path != c.Path(session.OfTable) {
		return draw.Space{}, false
	}
	p := draw.Space{At: t.Places}
	for i := range len(t.Places) / 3 {
		p.Names = append(p.Names, state.Visible(c.TokenText(i)))
	}
	return p, true
}

func (v *embedding) Render() goapp.UI {
	redrawn(v, v.seen.draw)
	c := v.Core
	t := c.Sights.Table
	said, keys := c.t("look.waiting"), "table.keys.flat"
	if c.Solid {
		keys = "table.keys.solid"
	}
	var foot, shares goapp.UI
	if t != nil {
		foot = c.named(t.Path, t.Shape, t.Step)
		shares = c.explained(t.Explained)
		said = c.t(keys)
		if i := v.seen.lit - 1; i >= 0 && 3*i+2 < len(t.Places) {
			said = c.t("table.said", state.Visible(c.TokenText(i)), strconv.Itoa(i),
				state.Setting(round2(t.Places[3*i])), state.Setting(round2(t.Places[3*i+1])), state.Setting(round2(t.Places[3*i+2])))
		}
	}
	return goapp.Div().Class("table-look").Body(
		goapp.P().Class("doc").Text(c.t("table.doc")),
		goapp.Div().Class("choices").Body(
			c.chooser(session.OfTable, c.t("attention.layer")),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(c.Solid).DataSet("testid", "solid").OnChange(c.act(state.ShowInSolid{On: !c.Solid}), c.Solid),
				goapp.Span().Text(c.t("table.solid"))),
			shares),
		v.seen.canvas(idSpace, c.t("table.label")),
		goapp.P().Class("said").ID("space-said").Role("status").Text(said),
		goapp.Div().Class("look-foot").Body(foot),
		c.details("table", c.t("table.label"), []string{c.t("reading.token"), c.t("reading.id"), "1", "2", "3"}, func() []goapp.UI { return v.rows(t) }),
	)
}

func round2(v float64) float64 { return float64(int(100*v)) / 100 }

// explained says how much of the variance is along each component that is seen.
func (c *Core) explained(shares []float64) goapp.UI {
	sum, n := 0.0, 2
	if c.Solid {
		n = 3
	}
	text := ""
	for i, share := range shares[:min(n, len(shares))] {
		if i > 0 {
			text += " + "
		}
		text += state.Percent(share)
		sum += share
	}
	return goapp.Span().Class("soft").Text(c.t("table.explained", text, state.Percent(sum)))
}

func (v *embedding) rows(t *session.Cloud) (rows []goapp.UI) {
	if t == nil {
		return nil
	}
	for i := range len(t.Places) / 3 {
		rows = append(rows, row(state.Visible(v.Core.TokenText(i)), strconv.Itoa(i), state.Setting(round2(t.Places[3*i])),
			state.Setting(round2(t.Places[3*i+1])), state.Setting(round2(t.Places[3*i+2]))))
	}
	return rows
}
