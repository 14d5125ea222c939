package view

import (
	"math"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// curves is the two charts, loss and accuracy, each with its table.
type curves struct {
	goapp.Compo
	Core   *Core
	Rev    uint64
	loss   draw.Chart
	acc    draw.Chart
	cursor reading
}

// A reading is the epoch under the pointer, as each chart tells it; nil where the pointer is elsewhere.
type reading [2]*float64

// at is that place; false when the pointer is not on the charts.
func (r reading) at() (epoch float64, on bool) {
	for _, x := range r {
		if x != nil {
			return *x, true
		}
	}
	return 0, false
}

func (v *curves) OnMount(goapp.Context) {
	v.loss, v.acc = draw.Chart{ID: "chart-loss"}, draw.Chart{ID: "chart-accuracy", Percent: true}
	v.draw()
}

func (v *curves) OnUpdate(goapp.Context) { v.draw() }
func (v *curves) OnResize(goapp.Context) { v.draw() }

func (v *curves) OnDismount() {
	v.loss.Close()
	v.acc.Close()
}

// draw brings the charts up to date, one on a frame. They are there before there is a curve, under a cover: making them
// takes longer than drawing.
func (v *curves) draw() {
	c := v.Core
	c.frames.Request("loss", func() {
		if !v.Mounted() {
			return
		}
		v.loss.Log = c.Log
		v.loss.Draw(append(v.series(func(p session.Point) float64 { return p.Loss }), c.levels()...), v.read(0))
		c.frames.Request("accuracy", func() {
			if v.Mounted() && c.classifies() {
				v.acc.Draw(v.series(func(p session.Point) float64 { return p.Accuracy }), v.read(1))
			}
		})
	})
}

func (v *curves) series(of func(session.Point) float64) []draw.Series {
	line := func(label, colour string, curve state.Curve) draw.Series {
		s := draw.Series{Label: label, Colour: colour}
		for _, p := range curve.Points {
			s.X = append(s.X, p.Epoch)
			s.Y = append(s.Y, of(p))
		}
		return s
	}
	c := v.Core
	return []draw.Series{
		line(c.t("curve.train"), "series-train", c.Train),
		line(c.t("curve.validation"), "series-validation", c.Valid),
	}
}

// levels are the baselines as lines across the chart of the loss.
func (c *Core) levels() (out []draw.Series) {
	n := len(c.Train.Points)
	if n < 2 {
		return nil
	}
	for _, b := range c.Baselines() {
		out = append(out, draw.Series{Label: b.Name, Colour: "edge", Level: true,
			X: []float64{c.Train.Points[0].Epoch, c.Train.Points[n-1].Epoch}, Y: []float64{b.Loss, b.Loss}})
	}
	return out
}

func (v *curves) read(chart int) func(float64) {
	return func(x float64) {
		v.cursor[chart] = &x
		if math.IsNaN(x) {
			v.cursor[chart] = nil
		}
		v.Core.hovers++
		v.Core.change()
	}
}

// classifies reports whether there are classes, and so an accuracy.
func (c *Core) classifies() bool { return len(c.Plan.Meta.Classes) > 0 }

func (v *curves) Render() goapp.UI {
	c := v.Core
	return goapp.Section().Class("curves").Aria("label", c.t("curve.title")).Body(
		v.chart("loss", c.t("curve.loss"), state.Loss, func(p session.Point) float64 { return p.Loss },
			goapp.Label().Class("check").Body(goapp.Input().Type("checkbox").Checked(c.Log).
				OnChange(c.act(state.ShowLog{On: !c.Log}), c.Log), goapp.Span().Text(c.t("curve.log")))),
		goapp.If(c.classifies(), v.chart("accuracy", c.t("curve.accuracy"), state.Percent,
			func(p session.Point) float64 { return p.Accuracy })),
	)
}

func (v *curves) chart(id, title string, write func(float64) string, of func(session.Point) float64, extra ...goapp.UI) goapp.UI {
	c := v.Core
	epoch, pointed := v.cursor.at()
	value := func(curve *state.Curve) string {
		p, ok := curve.Last()
		if pointed {
			p, ok = curve.At(epoch)
		}
		if !ok {
			return "–"
		}
		return write(of(p))
	}
	when := c.t("curve.x")
	if pointed {
		when = c.t("curve.at", state.Setting(math.Round(epoch*100)/100))
	}
	return goapp.Figure().Class("chart").Body(
		goapp.FigCaption().Body(
			goapp.Div().Class("chart-head").Body(append([]goapp.UI{goapp.H2().Text(title)}, extra...)...),
			goapp.Div().Class("chart-keys").Body(
				goapp.Span().Class("key", "key-train").Text(c.t("curve.train")),
				goapp.Span().Class("key-value").Text(value(&c.Train)),
				goapp.Span().Class("key", "key-validation").Text(c.t("curve.validation")),
				goapp.Span().Class("key-value").Text(value(&c.Valid))),
		),
		goapp.Div().Class("plot-frame").Body(
			goapp.Div().Class("plot").ID("chart-"+id).Role("img").Aria("label", c.t("curve.describe", title)),
			goapp.If(len(c.Train.Points) == 0, goapp.P().Class("plot-empty").Text(c.t("curve.empty"))),
		),
		goapp.Div().Class("chart-foot").Body(
			v.table(id, title, write, of),
			goapp.Span().Class("axis-name").Text(when),
		),
	)
}

// table is a chart's numbers, for who cannot see it. Its rows are there while it is open.
func (v *curves) table(id, title string, write func(float64) string, of func(session.Point) float64) goapp.UI {
	c := v.Core
	open := c.Tables[id]
	var rows []goapp.UI
	if open {
		for _, line := range []struct {
			name  string
			curve *state.Curve
		}{{c.t("curve.validation"), &c.Valid}, {c.t("curve.train"), &c.Train}} {
			for _, p := range line.curve.Rows(25) {
				rows = append(rows, goapp.Tr().Body(
					goapp.Td().Text(line.name), goapp.Td().Text(state.Count(p.Step)),
					goapp.Td().Text(state.Setting(math.Round(p.Epoch*100)/100)), goapp.Td().Text(write(of(p)))))
			}
		}
	}
	return goapp.Details().Class("table").Open(open).On("toggle", func(ctx goapp.Context, _ goapp.Event) {
		if now := ctx.JSSrc().Get("open").Bool(); now != c.Tables[id] {
			c.Do(state.ShowTable{Of: id, Open: now})
		}
	}, id).Body(
		goapp.Summary().Text(c.t("table.show")),
		goapp.If(open, goapp.Div().Class("table-body").TabIndex(0).Role("region").Aria("label", title).Body(
			goapp.Table().Body(
				goapp.THead().Body(goapp.Tr().Body(
					goapp.Th().Scope("col").Text(c.t("table.curve")), goapp.Th().Scope("col").Text(c.t("table.step")),
					goapp.Th().Scope("col").Text(c.t("table.epoch")), goapp.Th().Scope("col").Text(title))),
				goapp.TBody().Body(rows...)))),
	)
}
