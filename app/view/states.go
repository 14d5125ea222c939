package view

import (
	"math"
	"strconv"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InStates] = func(c *Core, rev uint64) goapp.UI { return &states{Core: c, Rev: rev} }
}

// states is what a recurrent layer carries from step to step: its units below each other, the text from left to right.
type states struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	heat heatMap
}

func (s *states) OnMount(goapp.Context) {
	s.heat = heatMap{id: "states", most: 420, moved: func() { s.draw(); s.Core.refreshViews() }}
	s.heat.mount()
	s.draw()
}

func (s *states) OnResize(goapp.Context) { s.draw() }
func (s *states) OnDismount()            { s.heat.unmount() }

// take turns what the trainer sent on its side: it has a row for each step.
func (s *states) take() bool {
	c := s.Core
	m, values := c.Sights.States, c.pictures.states
	if m == nil || len(m.Shape) != 2 || m.Path != c.Path(session.OfState) || len(values) < m.Shape[0]*m.Shape[1] {
		return false
	}
	steps, units := m.Shape[0], m.Shape[1]
	h := &s.heat.heat
	h.Rows, h.Cols, h.ColNames, h.Signed = units, steps, seen(m.Rows), true
	h.Values = make([]float32, steps*units)
	h.Most = 1
	for t := range steps {
		for u := range units {
			v := values[t*units+u]
			h.Values[u*steps+t] = v
			h.Most = max(h.Most, math.Abs(float64(v)))
		}
	}
	return true
}

func (s *states) draw() {
	s.Core.frames.Request("states", func() {
		if s.Mounted() && s.take() {
			s.heat.draw()
		}
	})
}

func (s *states) Render() goapp.UI {
	redrawn(s, s.draw)
	c := s.Core
	m := c.Sights.States
	here := s.heat.id != "" && s.take()
	said := c.t("look.waiting")
	if here {
		said = c.t("states.point")
		if unit, step, v, ok := s.heat.cell(); ok {
			said = c.t("states.said", strconv.Itoa(unit), state.Loss(float64(v)), label(s.heat.heat.ColNames, step))
		}
	}
	var foot goapp.UI
	if m != nil {
		foot = c.named(m.Path, m.Shape, m.Step)
	}
	return goapp.Div().Class("states-look").Body(
		goapp.P().Class("doc").Text(c.t("states.doc")),
		c.subject(),
		goapp.Div().Class("choices").Body(c.chooser(session.OfState, c.t("attention.layer"))),
		goapp.Div().Class("heat-frame").Body(heatCanvas("states", c.t("states.label"), "states-said")),
		goapp.P().Class("said").ID("states-said").Role("status").DataSet("testid", "states-said").Text(said),
		goapp.Div().Class("look-foot").Body(c.signed(s.heat.heat.Most), foot),
		c.details("states", c.t("states.label"), []string{c.t("reading.token"), c.t("states.strongest")}, func() []goapp.UI { return s.rows(here) }),
	)
}

// signed explains the colours of numbers with a sign.
func (c *Core) signed(most float64) goapp.UI {
	low, high := "−"+state.Fine(most), "+"+state.Fine(most)
	return goapp.Div().Class("scale").Role("img").Aria("label", c.t("look.scale", low, high)).Body(
		goapp.Span().Text(low), goapp.Span().Class("scale-bar"), goapp.Span().Text(high))
}

// rows says of each step which units are the strongest.
func (s *states) rows(here bool) (rows []goapp.UI) {
	if !here {
		return nil
	}
	h := &s.heat.heat
	for t := range h.Cols {
		size := make([]float32, h.Rows)
		for u := range size {
			size[u] = max(h.Values[u*h.Cols+t], -h.Values[u*h.Cols+t])
		}
		text := ""
		for _, u := range largest(size, 4) {
			text += strconv.Itoa(u) + ": " + state.Loss(float64(h.Values[u*h.Cols+t])) + "  "
		}
		rows = append(rows, row(label(h.ColNames, t), text))
	}
	return rows
}
