package view

import (
	"math"
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// tryRow is a row of the table, or a point, that a person fills in, and what the model makes of it at once.
type tryRow struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *tryRow) Render() goapp.UI {
	c := v.Core
	var fields []goapp.UI
	for i, f := range c.Data.Features {
		fields = append(fields, v.field(i, f))
	}
	doc := c.t("try.row")
	if c.Planar() {
		doc = c.t("try.point")
	}
	take := goapp.Button().Type("button").Class("small-text").Disabled(c.Cases == nil || len(c.Cases.Places) == 0).DataSet("testid", "try-sample").
		OnClick(func(goapp.Context, goapp.Event) { c.Do(state.TakeRow{Values: c.nextRow()}) }).Text(c.t("try.sample"))
	return c.card("try", c.t("try.title"), doc, take,
		goapp.Div().Class("try").Body(
			goapp.Div().Class("try-fields").Body(fields...),
			v.answer()))
}

// value is what stands in a field: what was filled in, or the middle of the range.
func (c *Core) rowValue(i int, f session.Feature) float64 {
	if i < len(c.Row) {
		return c.Row[i]
	}
	if f.Kind == "category" {
		return 0
	}
	return (f.Low + f.High) / 2
}

// fill changes one number of the row, which begins in the middle of all ranges.
func (c *Core) fill(at int, value float64) {
	if len(c.Row) != len(c.Data.Features) {
		row := make([]float64, len(c.Data.Features))
		for i, f := range c.Data.Features {
			row[i] = c.rowValue(i, f)
		}
		row[at] = value
		c.Do(state.TakeRow{Values: row})
		return
	}
	c.Do(state.FillIn{At: at, Value: value})
}

// nextRow is another of the samples that are looked at.
func (c *Core) nextRow() []float64 {
	at := 0
	for i := range c.Cases.Places {
		if same := c.rowOf(i); len(c.Row) == len(same) {
			equal := true
			for k := range same {
				equal = equal && (same[k] == c.Row[k] || math.IsNaN(same[k]))
			}
			if equal {
				at = (i + 1) % len(c.Cases.Places)
			}
		}
	}
	row := c.rowOf(at)
	for i, x := range row {
		if math.IsNaN(x) { // a cell without a value
			f := c.Data.Features[i]
			row[i] = (f.Low + f.High) / 2
		}
	}
	return row
}

func (v *tryRow) field(i int, f session.Feature) goapp.UI {
	c := v.Core
	id := "try-" + strconv.Itoa(i)
	now := c.rowValue(i, f)
	if f.Kind == "category" {
		var options []goapp.UI
		for k, name := range f.Values {
			options = append(options, goapp.Option().Value(strconv.Itoa(k)).Selected(k == int(now)).Text(name))
		}
		return goapp.Div().Class("try-field").Body(goapp.Label().For(id).Text(f.Name),
			goapp.Select().ID(id).OnChange(func(ctx goapp.Context, _ goapp.Event) {
				if k, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
					c.fill(i, float64(k))
				}
			}, i).Body(options...))
	}
	read := func(ctx goapp.Context, _ goapp.Event) {
		if x, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
			c.fill(i, x)
		}
	}
	span := f.High - f.Low
	if !(span > 0) {
		span = 1
	}
	text := figures(now, span)
	low, high := f.Low-0.25*span, max(f.High+0.25*span, now)
	if f.Low >= 0 {
		low = max(0, low) // what is never below 0, such as a length, is not offered there
	}
	low = min(low, now)
	// The slider counts from 0 to 100, as it does before it knows its range: attributes come in any order.
	slide := func(ctx goapp.Context, _ goapp.Event) {
		if k, err := strconv.ParseFloat(ctx.JSSrc().Get("value").String(), 64); err == nil {
			c.fill(i, low+(high-low)*k/100)
		}
	}
	return goapp.Div().Class("try-field").Body(
		goapp.Label().For(id).Text(f.Name),
		goapp.Input().Type("range").Min("0").Max("100").Step(1).Value(int(math.Round(100*(now-low)/(high-low)))).
			Aria("label", f.Name).Aria("valuetext", text).DataSet("testid", "slide-"+strconv.Itoa(i)).OnInput(slide, i, low, high),
		goapp.Input().Type("text").ID(id).Attr("inputmode", "decimal").Value(text).OnChange(read, i))
}

// figures writes a number with a thousandth of a range.
func figures(x, span float64) string {
	fine := math.Pow(10, 3-math.Floor(math.Log10(span)))
	return state.Setting(math.Round(x*fine) / fine)
}

func (v *tryRow) answer() goapp.UI {
	c := v.Core
	if c.Reply == nil || len(c.Row) == 0 {
		return goapp.P().Class("soft", "try-none").Text(c.t("try.none"))
	}
	return c.reply()
}

// reply is what the model makes of a sample of one's own.
func (c *Core) reply() goapp.UI {
	if len(c.Data.Classes) == 0 {
		var items []goapp.UI
		for _, x := range c.Reply.Values {
			items = append(items, goapp.Strong().Class("try-value").DataSet("testid", "try-value").Text(state.Loss(x)))
		}
		return goapp.Div().Class("try-answer").Role("status").Body(append([]goapp.UI{goapp.Span().Class("soft").Text(c.t("try.value"))}, items...)...)
	}
	p := c.Reply.Values
	if len(p) == 1 {
		p = []float64{1 - p[0], p[0]}
	}
	return goapp.Div().Class("try-answer").DataSet("testid", "try-answer").Body(c.probabilities(p, -1))
}

// lookedAt is the points that are looked at: the one that is tried, and the samples on show.
func (c *Core) lookedAt() (clouds []draw.Cloud) {
	if c.Cases != nil && len(c.Cases.Samples.Shape) == 1 {
		clouds = append(clouds, draw.Cloud{At: c.Cases.Samples.Values, Values: c.Cases.Samples.Labels, Lit: true})
	}
	if len(c.Row) == 2 {
		v := -1.0 // of no class
		clouds = append(clouds, draw.Cloud{At: c.Row, Values: []float64{v}, Lit: true})
	}
	return clouds
}
