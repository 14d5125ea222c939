package view

import (
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InSpreads] = func(c *Core, rev uint64) goapp.UI { return &spreads{Core: c, Rev: rev} }
}

// spreads is how weights, gradients or activations are spread, over the time they were watched: a small picture for each
// parameter or layer.
type spreads struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

const (
	idSpreads    = "spreads"
	spreadsShown = 12 // on a page
)

func (v *spreads) OnMount(goapp.Context)  { v.draw() }
func (v *spreads) OnResize(goapp.Context) { v.draw() }

// latest is what the trainer sent last of what is chosen.
func (v *spreads) latest() *session.Spreads {
	if s := v.Core.Sights.Spreads; s != nil && s.Of == v.Core.SpreadsOf() {
		return s
	}
	return nil
}

// page is the part of the names that is on show.
func (v *spreads) page(s *session.Spreads) (from, to, pages int) {
	n := len(s.Names)
	pages = max(1, (n+spreadsShown-1)/spreadsShown)
	from = min(v.Core.Insight.Page, pages-1) * spreadsShown
	return from, min(n, from+spreadsShown), pages
}

func (v *spreads) draw() {
	c := v.Core
	c.frames.Request(idSpreads, func() {
		s := v.latest()
		if s == nil || !v.Mounted() {
			return
		}
		from, to, _ := v.page(s)
		var lines []draw.Ridgeline
		for i := from; i < to; i++ {
			lines = append(lines, v.line(s, i))
		}
		draw.DrawRidges(idSpreads, lines)
	})
}

// line is the ridges of one name.
func (v *spreads) line(s *session.Spreads, i int) draw.Ridgeline {
	c := v.Core
	name := s.Names[i]
	r := &c.pictures.ridges
	out := draw.Ridgeline{Name: name, Note: state.Shape(s.Shapes[i])}
	if s.Counts[i] == 0 {
		out.Note, out.Dim = out.Note+" · "+c.t("spreads.none"), true
		return out
	}
	out.Note += " · " + c.t("spreads.sd", state.Short(s.SD[i]))
	if zeros := float64(s.Zeros[i]) / float64(s.Counts[i]); zeros > 0.005 {
		out.Note += " · " + c.t("spreads.dead", state.Percent(zeros))
	}
	low, high := r.Range(name)
	out.Low, out.High, out.Zero = state.Short(low), state.Short(high), -low/max(high-low, 1e-300)
	for _, row := range r.Rows(name) {
		out.Rows = append(out.Rows, row.Resample(low, high, s.Columns))
	}
	return out
}

func (v *spreads) Render() goapp.UI {
	redrawn(v, v.draw)
	c := v.Core
	s := v.latest()
	now := c.SpreadsOf()
	var kinds []goapp.UI
	for _, kind := range []string{session.OfWeights, session.OfGradients, session.OfActivations} {
		kinds = append(kinds, goapp.Button().Type("button").Class("head").Aria("pressed", kind == now).DataSet("testid", "spread-"+kind).
			OnClick(c.act(state.SpreadOf{Of: kind}), kind).Text(c.t("spreads."+kind)))
	}
	said := c.t("look.waiting")
	var pages, foot goapp.UI
	if s != nil {
		said = c.t("spreads.said", state.Count(s.Step))
		if s.Of == session.OfActivations {
			said += c.t("spreads.over", state.Count(s.Samples))
		}
		if s.Of == session.OfGradients && s.Step == 0 {
			said = c.t("spreads.early")
		}
		pages = v.pages(s)
		if s.More > 0 {
			foot = goapp.P().Class("soft").Text(c.t("spreads.more", strconv.Itoa(s.More)))
		}
	}
	return goapp.Div().Class("spreads-look").Body(
		goapp.P().Class("doc").Text(c.t("spreads.doc."+now)),
		goapp.Div().Class("choices").Body(goapp.Div().Class("heads").Role("group").Aria("label", c.t("spreads.of")).Body(kinds...), pages),
		goapp.Canvas().ID(idSpreads).Class("spreads").Role("img").Aria("label", c.t("spreads.label")),
		goapp.P().Class("said", "soft").DataSet("testid", "spreads-said").Text(said),
		goapp.Div().Class("look-foot").Body(foot),
		c.details("spreads", c.t("spreads.label"), []string{c.t("spreads.name"), c.t("spreads.shape"), c.t("spreads.mean"), c.t("spreads.deviation"),
			c.t("spreads.min"), c.t("spreads.max"), c.t("spreads.zeros"), c.t("spreads.broken")}, func() []goapp.UI { return v.rows(s) }),
	)
}

// pages turns to other parameters where there are many.
func (v *spreads) pages(s *session.Spreads) goapp.UI {
	c := v.Core
	from, to, pages := v.page(s)
	if pages < 2 {
		return nil
	}
	at := from / spreadsShown
	return goapp.Div().Class("subject-turn").Body(
		goapp.Button().Type("button").Class("small").Disabled(at == 0).Title(c.t("spreads.before")).Aria("label", c.t("spreads.before")).
			OnClick(c.act(state.TurnPage{Page: at - 1}), at).Body(icon("chevron-left")),
		goapp.Button().Type("button").Class("small").Disabled(at == pages-1).Title(c.t("spreads.after")).Aria("label", c.t("spreads.after")).
			OnClick(c.act(state.TurnPage{Page: at + 1}), at).Body(icon("chevron-right")),
		goapp.Span().Class("soft").Text(c.t("spreads.page", strconv.Itoa(from+1), strconv.Itoa(to), strconv.Itoa(len(s.Names)))))
}

func (v *spreads) rows(s *session.Spreads) (rows []goapp.UI) {
	if s == nil {
		return nil
	}
	for i, name := range s.Names {
		if s.Counts[i] == 0 {
			rows = append(rows, row(name, state.Shape(s.Shapes[i]), "–", "–", "–", "–", "–", state.Count(s.Broken[i])))
			continue
		}
		rows = append(rows, row(name, state.Shape(s.Shapes[i]), state.Short(s.Mean[i]), state.Short(s.SD[i]), state.Short(s.Min[i]), state.Short(s.Max[i]),
			state.Percent(float64(s.Zeros[i])/float64(s.Counts[i])), state.Count(s.Broken[i])))
	}
	return rows
}
