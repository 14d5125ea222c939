package view

import (
	"math"
	"time"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// curves is the charts of a training: the loss, a metric, and the inner workings of the steps, each with its numbers.
type curves struct {
	goapp.Compo
	Core   *Core
	Rev    uint64
	charts [3]draw.Chart
	cursor reading
	drawn  time.Time
	still  string // what a person has set of the charts, as it was drawn
}

// charts are the ids of the charts.
var charts = [3]struct{ id string }{{"loss"}, {"quality"}, {"inner"}}

// calmCharts is the least time between two drawings of charts that grow by themselves.
const calmCharts = 250 * time.Millisecond

// A reading is the x under the pointer, as each chart tells it; nil where the pointer is elsewhere.
type reading [3]*float64

// at is that place; false when the pointer is not on the charts.
func (r reading) at() (x float64, on bool) {
	for _, x := range r {
		if x != nil {
			return *x, true
		}
	}
	return 0, false
}

func (v *curves) OnMount(goapp.Context) {
	for i := range charts {
		v.charts[i] = draw.Chart{ID: "chart-" + charts[i].id}
	}
	v.draw()
}

func (v *curves) OnResize(goapp.Context) { v.still = ""; v.draw() }

func (v *curves) OnDismount() {
	for i := range v.charts {
		v.charts[i].Close()
	}
}

// of is what a chart shows; "" where the model has nothing of the kind.
func (v *curves) of(i int) string {
	switch i {
	case 0:
		return "loss"
	case 1:
		return v.Core.QualityShown()
	}
	return v.Core.Inner
}

// draw brings the charts up to date, one on a frame, and not more often than can be seen. They are there before there is
// a curve, under a cover: making them takes longer than drawing.
func (v *curves) draw() {
	c := v.Core
	still := c.settled()
	if c.Running() && still == v.still && time.Since(v.drawn) < calmCharts {
		return // the next news draws them
	}
	v.drawn, v.still = time.Now(), still
	v.drawChart(0)
}

// settled tells one setting of the charts from another.
func (c *Core) settled() string {
	z := c.Zoom
	return c.Axis + c.QualityShown() + c.Inner + state.Setting(c.Smoothing) + state.Setting(z.From) + state.Setting(z.To) +
		state.Setting(float64(c.Rev(state.OnShell, state.OnCharts, state.OnDocument)))
}

func (v *curves) drawChart(i int) {
	c := v.Core
	c.frames.Request(charts[i].id, func() {
		if !v.Mounted() {
			return
		}
		if of := v.of(i); of != "" {
			chart := &v.charts[i]
			chart.Log, chart.LogX, chart.Percent = c.Log && i == 0, c.LogX, percent(of)
			chart.Zoom = [2]float64{c.Zoom.From, c.Zoom.To}
			chart.Draw(v.series(i, of), draw.Told{Read: v.read(i), Drag: func(from, to float64) {
				c.Do(state.Zoom{To: state.Span{From: from, To: to}})
			}})
		}
		if i+1 < len(charts) {
			v.drawChart(i + 1)
		}
	})
}

// series are the lines of a chart: those of other runs first, so that this one lies above them.
func (v *curves) series(i int, of string) (out []draw.Series) {
	c := v.Core
	for k := range c.Overlays {
		o := &c.Overlays[k]
		train, valid := c.Line(&o.Train, of), c.Line(&o.Valid, of)
		if len(valid.X) == 0 {
			valid, train = train, state.Line{}
		}
		if len(train.X) > 0 {
			train = state.Smoothed(train, c.Smoothing)
			out = append(out, draw.Series{Colour: overlayToken(k, o), X: train.X, Y: train.Y, Dashed: true})
		}
		valid = state.Smoothed(valid, c.Smoothing)
		out = append(out, draw.Series{Label: o.Name, Colour: overlayToken(k, o), X: valid.X, Y: valid.Y})
	}
	own := func(label, colour string, curve *state.Curve) {
		raw := c.Line(curve, of)
		if c.Smoothing > 0 {
			out = append(out, draw.Series{Colour: colour, X: raw.X, Y: raw.Y, Faint: true})
		}
		smooth := state.Smoothed(raw, c.Smoothing)
		out = append(out, draw.Series{Label: label, Colour: colour, X: smooth.X, Y: smooth.Y})
	}
	own(c.t("curve.train"), "series-train", &c.Train)
	if i < 2 {
		own(c.t("curve.validation"), "series-validation", &c.Valid)
	}
	if i == 0 {
		out = append(out, c.levels()...)
	}
	return out
}

// overlayToken is the colour of another run: one that means nothing else beside the curves of this one.
func overlayToken(i int, o *state.Overlay) string {
	if o.Colour != "" {
		return o.Colour
	}
	return colour(i)
}

// levels are the baselines as lines across the chart of the loss.
func (c *Core) levels() (out []draw.Series) {
	n := len(c.Train.Points)
	if n < 2 {
		return nil
	}
	for _, b := range c.Baselines() {
		out = append(out, draw.Series{Label: b.Name, Colour: "edge", Level: true,
			X: []float64{c.X(c.Train.Points[0]), c.X(c.Train.Points[n-1])}, Y: []float64{b.Loss, b.Loss}})
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
	redrawn(v, v.draw)
	c := v.Core
	quality := c.QualityShown()
	return goapp.Section().Class("curves").Aria("label", c.t("curve.title")).Body(
		v.chart(0, "loss", goapp.H2().Text(c.t("curve.loss")), c.t("curve.loss")),
		when(quality != "" || len(c.Qualities()) > 0, func() goapp.UI {
			return v.chart(1, quality, c.qualityMenu(quality), c.choice("metric", quality))
		}),
		c.chartTools(),
		v.chart(2, c.Inner, c.innerMenu(), c.t("inner."+c.Inner)),
	)
}

// chart is one chart: what it shows, the values under the pointer or the latest ones, and its numbers.
func (v *curves) chart(i int, of string, head goapp.UI, title string) goapp.UI {
	c := v.Core
	id, write := charts[i].id, written(of)
	x, pointed := v.cursor.at()
	value := func(curve *state.Curve) string {
		p, ok := c.Latest(curve, of)
		if pointed {
			p, ok = c.At(curve, x)
		}
		if y, has := state.Measurement(p, of); ok && has {
			return write(y)
		}
		return "–"
	}
	where := c.t("axis." + c.Axis)
	if pointed {
		where = c.t("curve.at", where, state.Setting(math.Round(x*100)/100))
	}
	keys := []goapp.UI{
		goapp.Span().Class("key", "key-train").Text(c.t("curve.train")), goapp.Span().Class("key-value").Text(value(&c.Train))}
	if i < 2 {
		keys = append(keys, goapp.Span().Class("key", "key-validation").Text(c.t("curve.validation")), goapp.Span().Class("key-value").Text(value(&c.Valid)))
	}
	for k := range c.Overlays {
		o := &c.Overlays[k]
		curve := &o.Valid
		if i == 2 || len(curve.Points) == 0 {
			curve = &o.Train
		}
		keys = append(keys, goapp.Span().Class("key", "key-"+overlayToken(k, o)).Text(o.Name), goapp.Span().Class("key-value").Text(value(curve)))
	}
	return goapp.Figure().Class("chart", "chart-of-"+id).Body(
		goapp.FigCaption().Body(
			goapp.Div().Class("chart-head").Body(head, when(of != "", func() goapp.UI { return v.exportMenu(i, of, title) })),
			goapp.Div().Class("chart-keys").Body(keys...),
		),
		goapp.Div().Class("plot-frame").Body(
			goapp.Div().Class("plot").ID("chart-"+id).Role("img").Aria("label", c.t("curve.describe", title, c.t("axis."+c.Axis))),
			goapp.If(len(c.Train.Points) == 0 && len(c.Overlays) == 0, goapp.P().Class("plot-empty").Text(c.t("curve.empty"))),
		),
		goapp.Div().Class("chart-foot").Body(
			v.table(id, title, write, of),
			goapp.Span().Class("axis-name").Text(where),
		),
	)
}

// table is a chart's numbers, for who cannot see it. Its rows are there while it is open.
func (v *curves) table(id, title string, write func(float64) string, of string) goapp.UI {
	c := v.Core
	open := c.Tables[id]
	var rows []goapp.UI
	if open {
		for _, line := range []struct {
			name  string
			curve *state.Curve
		}{{c.t("curve.validation"), &c.Valid}, {c.t("curve.train"), &c.Train}} {
			for _, p := range line.curve.Rows(25) {
				if y, ok := state.Measurement(p, of); ok {
					rows = append(rows, tableRow(line.name, p, write(y)))
				}
			}
		}
	}
	return goapp.Details().Class("table").Open(open).On("toggle", func(ctx goapp.Context, _ goapp.Event) {
		if now := ctx.JSSrc().Get("open").Bool(); now != c.Tables[id] {
			c.Do(state.ShowTable{Of: id, Open: now})
		}
	}, id).Body(
		goapp.Summary().Text(c.t("table.show")),
		goapp.If(open, goapp.Div().Class("table-body").TabIndex(0).Role("group").Aria("label", title).Body(
			goapp.Table().Body(
				goapp.THead().Body(goapp.Tr().Body(
					goapp.Th().Scope("col").Text(c.t("table.curve")), goapp.Th().Scope("col").Text(c.t("table.step")),
					goapp.Th().Scope("col").Text(c.t("table.epoch")), goapp.Th().Scope("col").Text(title))),
				goapp.TBody().Body(rows...)))),
	)
}

func tableRow(name string, p session.Point, value string) goapp.UI {
	return goapp.Tr().Body(goapp.Td().Text(name), goapp.Td().Text(state.Count(p.Step)),
		goapp.Td().Text(state.Setting(math.Round(p.Epoch*100)/100)), goapp.Td().Text(value))
}
