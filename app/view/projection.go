package view

import (
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/nn"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InProjection] = func(c *Core, rev uint64) goapp.UI { return &projection{Core: c, Rev: rev} }
}

// projection is where samples lie by what a layer makes of them, in the colours of their classes.
type projection struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	seen scatter
}

const idProjection = "projection"

func (v *projection) OnMount(goapp.Context) {
	v.seen.id, v.seen.core, v.seen.points = idProjection, v.Core, v.points
	v.seen.turning = !calmMotion()
	v.seen.chosen = v.show
	v.seen.mount()
}

func (v *projection) OnResize(goapp.Context) { v.seen.draw() }
func (v *projection) OnDismount()            { v.seen.unmount() }

// sent is what the trainer sent of the layer that is chosen.
func (v *projection) sent() *session.Projection {
	if p := v.Core.Sights.Projection; p != nil && p.Path == v.Core.Projected() {
		return p
	}
	return nil
}

// show looks at a sample in the layers.
func (v *projection) show(i int) {
	if p := v.sent(); p != nil && i < len(p.Samples) {
		v.Core.Do(state.ViewSample{Sample: p.Samples[i]})
		v.Core.Do(state.ViewLayer{Layer: v.Core.Projected()})
		v.Core.Do(state.LookInto{Tab: state.InLayers})
	}
}

func (v *projection) points() (draw.Space, bool) {
	c := v.Core
	p := v.sent()
	if p == nil {
		return draw.Space{}, false
	}
	out := draw.Space{At: p.Places}
	low, high := least(p.Labels)
	for i := range p.Samples {
		colour := draw.Token("edge")
		switch {
		case i >= len(p.Labels):
		case len(c.Data.Classes) > 0:
			colour = draw.Token(classToken(int(p.Labels[i]) % 10))
		default:
			colour = draw.Diverge(2*(p.Labels[i]-low)/max(high-low, 1e-30) - 1)
		}
		out.Paint = append(out.Paint, colour)
		out.Wrong = append(out.Wrong, v.wrong(p, i))
	}
	return out, true
}

// wrong reports whether the model errs about a sample.
func (v *projection) wrong(p *session.Projection, i int) bool {
	return i < len(p.Predicted) && i < len(p.Labels) && p.Predicted[i] != int(p.Labels[i])
}

// least is the range of numbers.
func least(values []float64) (low, high float64) {
	for i, v := range values {
		if i == 0 {
			low, high = v, v
		}
		low, high = min(low, v), max(high, v)
	}
	return low, high
}

func (v *projection) Render() goapp.UI {
	redrawn(v, v.seen.draw)
	c := v.Core
	p := v.sent()
	var foot, shares goapp.UI
	said, keys := c.t("look.waiting"), "projection.keys.flat"
	if c.Solid {
		keys = "projection.keys.solid"
	}
	if p != nil {
		foot = goapp.Div().Body(c.named(p.Path, p.Shape, p.Step), v.used(p))
		shares = c.explained(p.Explained)
		said = c.t(keys)
		if i := v.seen.lit - 1; i >= 0 && i < len(p.Samples) {
			said = v.said(p, i)
		}
	}
	return goapp.Div().Class("projection-look").Body(
		goapp.P().Class("doc").Text(c.t("projection.doc")),
		goapp.Div().Class("choices").Body(
			v.menu(),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(c.Solid).DataSet("testid", "solid").OnChange(c.act(state.ShowInSolid{On: !c.Solid}), c.Solid),
				goapp.Span().Text(c.t("table.solid"))),
			goapp.If(c.Solid, goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(v.seen.turning).DataSet("testid", "turning").OnChange(func(goapp.Context, goapp.Event) {
					v.seen.turning = !v.seen.turning
					c.refreshViews()
				}), goapp.Span().Text(c.t("projection.turn")))),
			shares),
		v.seen.canvas(idProjection, c.t("projection.label")),
		goapp.P().Class("said").ID(idProjection+"-said").Role("status").DataSet("testid", "projection-said").Text(said),
		c.classLegend(),
		goapp.Div().Class("look-foot").Body(foot),
		c.details("projection", c.t("projection.label"), []string{c.t("projection.sample"), c.t("projection.right"), c.t("projection.told"), "1", "2", "3"},
			func() []goapp.UI { return v.rows(p) }),
	)
}

// menu chooses the layer.
func (v *projection) menu() goapp.UI {
	c := v.Core
	now := c.Projected()
	var options []goapp.UI
	for _, id := range c.Viewable() {
		text := id
		if id == nn.InputName {
			text = c.t("net.input")
		}
		options = append(options, goapp.Option().Value(id).Selected(id == now).Text(text))
	}
	return goapp.Div().Class("choose").Body(goapp.Label().For("project-layer").Text(c.t("attention.layer")),
		goapp.Select().ID("project-layer").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.ProjectOf{Layer: ctx.JSSrc().Get("value").String()})
		}).Body(options...))
}

// used says which samples these are, and how much of the value was looked at.
func (v *projection) used(p *session.Projection) goapp.UI {
	all := 1
	for _, d := range p.Shape {
		all *= d
	}
	of := "projection.of.validation"
	if v.Core.Data != nil && v.Core.Data.Validation == 0 {
		of = "projection.of.training"
	}
	text := v.Core.t(of, state.Count(len(p.Samples)))
	if p.Used < all {
		text += v.Core.t("projection.used", state.Count(p.Used), state.Count(all))
	}
	return goapp.P().Class("soft").Text(text)
}

func (v *projection) said(p *session.Projection, i int) string {
	c := v.Core
	text := c.t("projection.said", state.Count(p.Samples[i]+1), v.label(p, i))
	if v.wrong(p, i) {
		text += c.t("projection.wrong", c.Class(p.Predicted[i]))
	}
	return text
}

// label is a sample's right answer; "" where it has no single one.
func (v *projection) label(p *session.Projection, i int) string {
	switch {
	case i >= len(p.Labels):
		return ""
	case len(v.Core.Data.Classes) > 0:
		return v.Core.Class(int(p.Labels[i]))
	}
	return state.Loss(p.Labels[i])
}

// classLegend names the classes' colours.
func (c *Core) classLegend() goapp.UI {
	if c.Data == nil || len(c.Data.Classes) < 2 || len(c.Data.Classes) > 10 || c.Sequential() && len(c.Data.Y) != 1 {
		return goapp.Ul().Hidden(true)
	}
	var items []goapp.UI
	for i := range c.Data.Classes {
		items = append(items, goapp.Li().Body(goapp.Span().Class("dot", "dot-"+classToken(i)).Aria("hidden", true), goapp.Text(c.Class(i))))
	}
	items = append(items, goapp.Li().Body(goapp.Span().Class("dot", "dot-wrong").Aria("hidden", true), goapp.Text(c.t("projection.ring"))))
	return goapp.Ul().Class("legend").Body(items...)
}

func (v *projection) rows(p *session.Projection) (rows []goapp.UI) {
	if p == nil {
		return nil
	}
	for i, id := range p.Samples {
		guess := ""
		if i < len(p.Predicted) {
			guess = v.Core.Class(p.Predicted[i])
		}
		rows = append(rows, row(strconv.Itoa(id+1), v.label(p, i), guess, state.Setting(round2(p.Places[3*i])),
			state.Setting(round2(p.Places[3*i+1])), state.Setting(round2(p.Places[3*i+2]))))
	}
	return rows
}
