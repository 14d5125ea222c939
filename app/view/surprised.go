package view

import (
	"strconv"
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InText] = func(c *Core, rev uint64) goapp.UI { return &surprised{Core: c, Rev: rev} }
}

// surprised is a text as the model reads it: its tokens, and how surprising each was.
type surprised struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	at   int // the token pointed at, from 1; 0 for the most surprising
}

func (r *surprised) Render() goapp.UI {
	c := r.Core
	places := c.Places()
	at := r.at - 1
	if at < 0 || at >= len(places) {
		at = surprising(places)
	}
	var beside goapp.UI = goapp.Div().Class("beside")
	if at >= 0 {
		beside = c.expectation(places[at])
	}
	strip := tokens{id: "reading", label: c.t("reading.label"), places: places, at: at, bounds: true,
		choose: func(i int) { r.at = i + 1; c.refreshViews() },
		now: func() int {
			if r.at > 0 {
				return r.at - 1
			}
			return at
		}}
	note := ""
	step := c.State.Step
	if seen := c.Sights.Reading; seen != nil {
		step = seen.Step
		if seen.Dropped > 0 {
			note = c.t("reading.dropped", state.Count(seen.Dropped), state.Count(seen.Room))
		} else if seen.Typed && len(seen.Tokens) == 0 {
			note = c.t("reading.none")
		}
	}
	return goapp.Div().Class("reading-look").Body(
		goapp.P().Class("doc").Text(c.t("reading.doc")),
		c.subject(),
		goapp.If(note != "", goapp.P().Class("soft").Text(note)),
		goapp.Div().Class("read").Body(strip.draw(c), beside),
		c.surprises(),
		goapp.P().Class("soft").Text(c.t("look.step", state.Count(step))),
		c.details("reading", c.t("reading.label"), []string{c.t("reading.token"), c.t("reading.id"), c.t("reading.chance"), c.t("reading.bits"), c.t("reading.guesses")},
			func() []goapp.UI { return c.readingRows(places) }),
	)
}

// surprising is the place that surprised the model most; -1 where there is none.
func surprising(places []state.Place) int {
	best := -1
	for i, p := range places {
		if p.Target >= 0 && (best < 0 || p.Bits > places[best].Bits) {
			best = i
		}
	}
	if best < 0 {
		best = len(places) - 1
	}
	return best
}

// surprises explains the colours.
func (c *Core) surprises() goapp.UI {
	var steps []goapp.UI
	for i, from := range state.Surprises {
		text := state.Setting(from)
		if i == len(state.Surprises)-1 {
			text += "+"
		}
		steps = append(steps, goapp.Li().Class("surprise-"+strconv.Itoa(i)).Text(text))
	}
	return goapp.Div().Class("surprises").Body(
		goapp.Span().Class("soft").Text(c.t("reading.legend")),
		goapp.Ul().Aria("label", c.t("reading.legend")).Body(steps...))
}

func (c *Core) readingRows(places []state.Place) (rows []goapp.UI) {
	for _, p := range places {
		var guesses []string
		for _, g := range p.Guesses {
			guesses = append(guesses, state.Visible(g.Piece)+" "+state.Chance(g.Chance))
		}
		chance, bits, id := "", "", ""
		if p.Target >= 0 {
			chance, bits = state.Chance(p.Chance), state.Fine(p.Bits)
		}
		if p.Token >= 0 {
			id = strconv.Itoa(p.Token)
		}
		rows = append(rows, row(state.Visible(p.Piece), id, chance, bits, strings.Join(guesses, "  ")))
	}
	return rows
}
