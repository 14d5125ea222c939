package view

import (
	"strconv"
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// tokens is a text as its tokens, each to be pointed at or reached by the arrow keys, in the colour of how surprising
// it was to the model.
type tokens struct {
	id, label string
	lead      string // text before them that is not of them
	places    []state.Place
	at        int  // the one that is chosen; -1 for none
	bounds    bool // where tokens end is drawn
	choose    func(i int)
	now       func() int // the one that is chosen now, which may be later than at
}

func (t tokens) draw(c *Core) goapp.UI {
	items := make([]goapp.UI, 0, len(t.places))
	for i, p := range t.places {
		class := []string{"token"}
		if p.Target >= 0 {
			class = append(class, "surprise-"+strconv.Itoa(state.Surprise(p.Bits)))
		}
		if i == t.at {
			class = append(class, "token-at")
		}
		text := p.Piece
		switch {
		case p.Token < 0:
			class, text = append(class, "token-next"), "…"
		case strings.Contains(text, "\n"):
			class = append(class, "token-line")
			text = strings.ReplaceAll(text, "\n", "⏎\n")
		case text == " ":
			class = append(class, "token-space")
		}
		items = append(items, goapp.Span().ID(t.id+"-"+strconv.Itoa(i)).Class(class...).Role("option").
			Aria("selected", i == t.at).Aria("label", c.spokenPlace(p)).DataSet("i", i).Text(text))
	}
	class := "tokens"
	if t.bounds {
		class += " tokens-bounds"
	}
	count := len(t.places)
	list := goapp.Div().Class(class).ID(t.id).TabIndex(0).Role("listbox").Aria("label", t.label).Aria("orientation", "horizontal").
		On("mouseover", func(_ goapp.Context, e goapp.Event) {
			if i := e.Get("target").Get("dataset").Get("i"); i.Truthy() {
				t.choose(wholeOf(i.String()))
			}
		}, count).
		On("keydown", func(_ goapp.Context, e goapp.Event) {
			if to, ok := moved(e.Get("key").String(), t.now(), count); ok {
				e.PreventDefault()
				t.choose(to)
			}
		}, count)
	if t.at >= 0 && t.at < count {
		list = list.Aria("activedescendant", t.id+"-"+strconv.Itoa(t.at))
	}
	return goapp.Div().Class("tokens-frame").Body(
		goapp.If(t.lead != "", goapp.Span().Class("tokens-lead").Text(t.lead)),
		list.Body(items...))
}

// moved is where an arrow key leads among so many.
func moved(key string, at, count int) (int, bool) {
	switch key {
	case "ArrowRight", "ArrowDown":
		at++
	case "ArrowLeft", "ArrowUp":
		at--
	case "Home":
		at = 0
	case "End":
		at = count - 1
	default:
		return 0, false
	}
	return min(max(at, 0), count-1), count > 0
}

// spokenPlace is a token for who does not see it.
func (c *Core) spokenPlace(p state.Place) string {
	if p.Token < 0 {
		return c.next()
	}
	if p.Target < 0 {
		return c.t("place.plain", state.Visible(p.Piece))
	}
	return c.t("place.surprise", state.Visible(p.Piece), state.Fine(p.Bits))
}

// next is what a place without a token stands for: what comes next, or the class of the whole text.
func (c *Core) next() string {
	if c.Data != nil && c.Data.Layout == "" && len(c.Data.Y) == 1 {
		return c.t("place.class")
	}
	return c.t("place.next")
}

// expectation is what the model expected at a place: the likeliest tokens with bars, and what came.
func (c *Core) expectation(p state.Place) goapp.UI {
	var rows []goapp.UI
	there := false
	for _, g := range p.Guesses {
		there = there || g.Token == p.Target
		rows = append(rows, c.guessBar(g, g.Token == p.Target))
	}
	if p.Target >= 0 && !there && len(p.Guesses) > 0 {
		rows = append(rows, c.guessBar(state.Guess{Token: p.Target, Piece: c.Answer(p.Target), Chance: p.Chance}, true))
	}
	head := []goapp.UI{}
	if p.Token >= 0 {
		head = append(head, goapp.Span().Class("place-token").Text(state.Visible(p.Piece)),
			goapp.Span().Class("soft").Text(c.t("place.id", p.Token)))
	} else {
		head = append(head, goapp.Span().Text(c.next()))
	}
	note := ""
	if p.Target >= 0 {
		note = c.t("place.bits", state.Chance(p.Chance), state.Fine(p.Bits))
	}
	return goapp.Div().Class("beside").Body(
		goapp.Div().Class("place-head").Body(head...),
		goapp.P().Class("soft").Text(note),
		when(len(rows) > 0, func() goapp.UI {
			return goapp.Ol().Class("guesses").Aria("label", c.t("place.guesses")).Body(rows...)
		}))
}

func (c *Core) guessBar(g state.Guess, came bool) goapp.UI {
	class := "guess"
	if came {
		class += " guess-came"
	}
	return goapp.Li().Class(class).Body(
		goapp.Span().Class("guess-name", "guess-token").Text(state.Visible(g.Piece)),
		goapp.Elem("svg").XMLNS(svg).DataSet("bar", "").Attr("viewBox", "0 0 100 8").Attr("preserveAspectRatio", "none").Aria("hidden", true).Body(
			goapp.Elem("rect").XMLNS(svg).Attr("width", int(100*g.Chance+0.5)).Attr("height", 8)),
		goapp.Span().Class("guess-value").Text(state.Chance(g.Chance)),
		goapp.If(came, goapp.Span().Class("unseen").Text(c.t("place.came"))))
}
