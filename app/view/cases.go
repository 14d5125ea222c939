package view

import (
	"fmt"
	"strings"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/evaluation"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// cases is samples that were measured: the surest mistakes, the least certain answers, or those of a cell of the
// confusion matrix. One is shown large.
type cases struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	at   int // the case that Tab stops at; arrow keys go to the others
}

func (v *cases) OnMount(goapp.Context)  { v.draw() }
func (v *cases) OnUpdate(goapp.Context) { v.draw() }
func (v *cases) OnResize(goapp.Context) { v.draw() }

// draw draws the images, a few on each frame: sixty at once would hold the page up.
func (v *cases) draw() {
	c := v.Core
	c.frames.Request("cases", func() { v.drawFrom(0) })
	if c.Planar() && !c.Sequential() {
		c.repaintPoints()
	}
	c.frames.Request("case", func() {
		if v.Mounted() {
			c.drawCase()
		}
	})
}

func (v *cases) drawFrom(at int) {
	c := v.Core
	if !v.Mounted() || c.Cases == nil {
		return
	}
	to := min(at+8, len(c.Cases.Places))
	for i := at; i < to; i++ {
		draw.DrawThumb(thumbID(i), c.thumb(i))
	}
	if to < len(c.Cases.Places) {
		c.frames.Request("cases", func() { v.drawFrom(to) })
	}
}

func thumbID(i int) string { return fmt.Sprintf("case-%d", i) }

// thumb is the image of a case on the page.
func (c *Core) thumb(i int) draw.Thumb {
	x := c.Cases.Samples.Shape
	if len(x) != 3 {
		return draw.Thumb{}
	}
	t := draw.Thumb{Height: x[0], Width: x[1], Channels: x[2]}
	size := t.Height * t.Width * t.Channels
	if (i+1)*size <= len(c.pictures.cases) {
		t.Pixels = c.pictures.cases[i*size : (i+1)*size]
	}
	return t
}

func (v *cases) Render() goapp.UI {
	c := v.Core
	r := c.Report
	tab := func(order, key string) goapp.UI {
		return goapp.Button().Type("button").Class("small-text").Aria("pressed", c.Asked.Order == order).DataSet("testid", "cases-"+order).
			OnClick(c.act(state.Examine{Order: order}), order).Text(c.t(key))
	}
	var tools []goapp.UI
	if r.Classes == 0 {
		tools = append(tools, tab(evaluation.ByMistake, "cases.farthest"), tab(evaluation.InOrder, "cases.all"))
	} else {
		tools = append(tools, tab(evaluation.ByMistake, "cases.mistakes"), tab(evaluation.ByDoubt, "cases.doubt"), tab(evaluation.InOrder, "cases.all"))
	}
	doc := c.t("cases.doc." + c.Asked.Order)
	switch {
	case r.Classes == 0 && c.Asked.Order == evaluation.ByMistake:
		doc = c.t("cases.doc.farthest")
	case c.Asked.Order == evaluation.InCell && c.Asked.Right == c.Asked.Guess:
		doc = c.t("cases.doc.right", c.className(c.Asked.Right))
	case c.Asked.Order == evaluation.InCell:
		doc = c.t("cases.doc.cell", c.className(c.Asked.Right), c.className(c.Asked.Guess))
	}
	return c.card("cases", c.t("cases.title"), doc, goapp.Div().Class("tools").Role("group").Aria("label", c.t("cases.title")).Body(tools...),
		v.list(), v.pages(), when(c.Large >= 0, c.large))
}

// pages turns the pages.
func (v *cases) pages() goapp.UI {
	c := v.Core
	if c.Cases == nil || c.Cases.Total == 0 {
		return nil
	}
	from := c.Cases.Asked.From
	to := from + len(c.Cases.Places)
	return goapp.Div().Class("pages").Body(
		goapp.Span().Class("soft").DataSet("testid", "cases-count").Text(c.t("cases.pages", state.Count(from+1), state.Count(to), state.Count(c.Cases.Total))),
		goapp.Button().Type("button").Class("small").Disabled(from == 0).Title(c.t("cases.before")).Aria("label", c.t("cases.before")).
			OnClick(c.act(state.MoreCases{By: -1}), "before").Body(icon("chevron-left")),
		goapp.Button().Type("button").Class("small").Disabled(to >= c.Cases.Total).Title(c.t("cases.after")).Aria("label", c.t("cases.after")).
			DataSet("testid", "cases-after").OnClick(c.act(state.MoreCases{By: 1}), "after").Body(icon("chevron-right")))
}

func (v *cases) list() goapp.UI {
	c := v.Core
	s := c.Cases
	if s == nil {
		return goapp.P().Class("soft").Text(c.t("cases.coming"))
	}
	if s.Total == 0 {
		return goapp.P().DataSet("testid", "cases-none").Text(c.t("cases.none." + c.none()))
	}
	image := len(s.Samples.Shape) == 3 && s.Texts == nil
	v.at = min(v.at, len(s.Places)-1)
	var items []goapp.UI
	for i, place := range s.Places {
		wrong := c.Report.Classes > 0 && c.guess(i) != c.truth(i)
		var inside []goapp.UI
		if image {
			inside = append(inside, goapp.Canvas().ID(thumbID(i)).Class("thumb").Role("img").Aria("label", c.t("case.title", state.Count(s.Numbers[i]+1))))
		} else {
			inside = append(inside, goapp.Span().Class("case-text").Text(c.caseText(i)))
		}
		inside = append(inside, goapp.Span().Class("case-says").Body(c.says(i)...))
		items = append(items, goapp.Li().Body(goapp.Button().Type("button").Class("case").TabIndex(stopAt(i == v.at)).DataSet("wrong", wrong).Aria("pressed", c.Large == place).
			OnClick(c.act(state.ShowCase{Place: place}), place).Body(inside...)))
	}
	return goapp.Ol().ID("cases-list").Class("cases").DataSet("image", image).On("keydown", func(_ goapp.Context, e goapp.Event) {
		if to, ok := stepTo("cases-list", e.Get("key").String()); ok {
			e.PreventDefault()
			v.at = to
		}
	}).Body(items...)
}

// none says why there is no case.
func (c *Core) none() string {
	if c.Asked.Order == evaluation.ByMistake {
		return "mistake"
	}
	return "cell"
}

func (c *Core) truth(i int) int { return int(c.Cases.Samples.Labels[i]) }
func (c *Core) guess(i int) int { return c.Cases.Samples.Predicted[i] }

// says is what the model took a case for, how sure it was, and what it is.
func (c *Core) says(i int) []goapp.UI {
	if c.Report.Classes == 0 {
		return []goapp.UI{goapp.Span().Class("case-guess").Text(c.t("cases.answered", c.values(c.Cases.Answers, i))),
			goapp.Span().Class("soft").Text(c.t("cases.told", c.values(c.Cases.Told, i)))}
	}
	out := []goapp.UI{goapp.Span().Class("case-guess").Text(c.className(c.guess(i))),
		goapp.Span().Class("case-sure").Text(state.Sure(c.Cases.Samples.Probability[i]))}
	if c.guess(i) != c.truth(i) {
		out = append(out, goapp.Span().Class("case-truth").Text(c.t("cases.truth", c.className(c.truth(i)))))
	}
	return out
}

// values writes the numbers of a case.
func (c *Core) values(all []float64, i int) string {
	var out []string
	for _, v := range all[i*c.Cases.Width : (i+1)*c.Cases.Width] {
		out = append(out, state.Loss(v))
	}
	return strings.Join(out, ", ")
}

func (c *Core) caseLabel(i int) string {
	number := state.Count(c.Cases.Numbers[i] + 1)
	if c.Report.Classes == 0 {
		return c.t("cases.label.value", number, c.values(c.Cases.Answers, i), c.values(c.Cases.Told, i))
	}
	return c.t("cases.label", number, c.className(c.guess(i)), state.Percent(c.Cases.Samples.Probability[i]), c.className(c.truth(i)))
}

// caseText is a case that is no image, in words.
func (c *Core) caseText(i int) string {
	s := c.Cases
	if s.Texts != nil {
		return clip(s.Texts[i], 160)
	}
	size := 1
	for _, n := range s.Samples.Shape {
		size *= n
	}
	if (i+1)*size > len(s.Samples.Values) {
		return ""
	}
	row := s.Samples.Values[i*size : (i+1)*size]
	var out []string
	for k, v := range row {
		if k == 8 {
			out = append(out, "…")
			break
		}
		if k < len(c.Data.Features) {
			out = append(out, c.Data.Features[k].Name+" "+cellText(c.Data.Features[k], v))
			continue
		}
		out = append(out, state.Loss(v))
	}
	return strings.Join(out, "  ")
}

// cellText is the value of a feature as a person reads it.
func cellText(f session.Feature, v float64) string {
	switch k := int(v); {
	case v != v:
		return "–"
	case f.Kind == "category" && k >= 0 && k < len(f.Values):
		return f.Values[k]
	}
	return state.Loss(v)
}

func clip(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
