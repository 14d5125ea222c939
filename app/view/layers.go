package view

import (
	"math"
	"strconv"
	"strings"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/nn"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InLayers] = func(c *Core, rev uint64) goapp.UI { return &layers{Core: c, Rev: rev} }
}

// layers is what one layer holds for one sample: feature maps, units, steps of a sequence, and its parameters.
type layers struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	zoom  heatMap // the tile that is shown large, or the whole of a matrix
	tiles draw.Tiles
	bars  draw.Bars
	input draw.Tiles
	on    listeners

	unseen unseen
}

const (
	idTiles  = "tiles"
	idBars   = "bars"
	idViewed = "viewed"
)

// value is what was sent of a path; nil where that is of something else.
func (c *Core) value(path string) (*session.Matrix, []float32) {
	for i := range c.Sights.Values {
		m := &c.Sights.Values[i]
		n := 1
		for _, d := range m.Shape {
			n *= d
		}
		if v := c.pictures.values[path]; m.Path == path && len(v) >= n && n > 0 {
			return m, v[:n]
		}
	}
	return nil, nil
}

func (l *layers) OnMount(goapp.Context) {
	l.zoom = heatMap{id: "zoom", most: 260, moved: func() { l.draw(); l.Core.refreshViews() }}
	l.zoom.mount()
	l.bars.Lit = -1
	window := goapp.Window()
	pick := func(e goapp.Value) int {
		lay := l.tiles.Lay(draw.Width(idTiles))
		return lay.Tile(e.Get("offsetX").Float(), e.Get("offsetY").Float())
	}
	tiles := window.GetElementByID(idTiles)
	l.on.hear(tiles, "click", func(e goapp.Value) { l.choose(pick(e)) })
	l.on.hear(tiles, "keydown", func(e goapp.Value) {
		across := l.tiles.Lay(draw.Width(idTiles)).Columns
		by := map[string]int{"ArrowRight": 1, "ArrowLeft": -1, "ArrowDown": across, "ArrowUp": -across}[e.Get("key").String()]
		if by != 0 {
			e.Call("preventDefault")
			e.Call("stopPropagation")
			l.choose(min(max(l.Core.Tile+by, 0), l.tiles.Count-1))
		}
	})
	bars := window.GetElementByID(idBars)
	l.on.hear(bars, "pointermove", func(e goapp.Value) { l.light(l.bars.At(draw.Width(idBars), e.Get("offsetX").Float())) })
	l.on.hear(bars, "pointerleave", func(goapp.Value) { l.light(-1) })
	l.on.hear(bars, "keydown", func(e goapp.Value) {
		by := map[string]int{"ArrowRight": 1, "ArrowUp": 1, "ArrowLeft": -1, "ArrowDown": -1}[e.Get("key").String()]
		if n := len(l.bars.Values); by != 0 && n > 0 {
			e.Call("preventDefault")
			e.Call("stopPropagation")
			l.light(min(max(l.bars.Lit+by, 0), n-1))
		}
	})
	l.draw()
}

func (l *layers) OnResize(goapp.Context) { l.draw() }

func (l *layers) OnDismount() {
	l.on.close()
	l.zoom.unmount()
}

func (l *layers) choose(tile int) {
	if tile >= 0 {
		l.Core.Do(state.ViewTile{Tile: tile})
		l.draw()
	}
}

func (l *layers) light(bar int) {
	if bar != l.bars.Lit {
		l.bars.Lit = bar
		l.draw()
		l.Core.refreshViews()
	}
}

// take takes over what the trainer sent.
func (l *layers) take() (m *session.Matrix, a arrangement) {
	c := l.Core
	m, values := c.value(c.ViewPath())
	if m == nil {
		return nil, a
	}
	a = c.arrange(m.Path, m.Shape)
	ink := m.Path == nn.InputName && len(m.Shape) == 3
	low, high := 0.0, 0.0
	for i, v := range values {
		if f := float64(v); f-f == 0 {
			if i == 0 || f < low {
				low = f
			}
			high = max(high, f)
		}
	}
	signed := low < 0 && !ink
	most := high
	if signed {
		most = max(high, -low)
	}
	if !ink {
		low = 0
	}
	l.tiles = draw.Tiles{Values: values, Count: a.count, Rows: a.rows, Cols: a.cols, At: a.at, Signed: signed, Ink: ink, Low: low, Most: most, Lit: min(c.Tile, a.count-1)}
	lit := l.bars.Lit
	l.bars = draw.Bars{Values: values, Lit: min(lit, len(values)-1), Names: c.unitNames(m.Path, len(values))}
	h := &l.zoom.heat
	h.Rows, h.Cols, h.Signed, h.Most, h.Linear, h.Square = a.rows, a.cols, signed, most, true, a.count > 1
	h.Values = make([]float32, a.rows*a.cols)
	for r := range a.rows {
		for q := range a.cols {
			if at := a.at(max(0, l.tiles.Lit), r, q); at < len(values) {
				h.Values[r*a.cols+q] = values[at]
			}
		}
	}
	return m, a
}

// unitNames are the names of the numbers of a value: classes of the model's answer, columns of a table.
func (c *Core) unitNames(path string, n int) (out []string) {
	layers := c.Viewable()
	if len(layers) > 0 && path == layers[len(layers)-1] && c.Data != nil && len(c.Data.Classes) == n {
		for i := range n {
			out = append(out, c.Class(i))
		}
	}
	return out
}

func (l *layers) draw() {
	l.Core.frames.Request("layers", func() {
		if !l.Mounted() {
			return
		}
		m, a := l.take()
		l.drawInput()
		switch {
		case m == nil:
		case a.bars():
			l.unseen.draw(idBars, l.draw)
			draw.DrawBars(idBars, l.bars)
		default:
			l.unseen.draw(l.zoom.id, l.draw)
			if a.count > 1 {
				draw.DrawTiles(idTiles, l.tiles)
			}
			l.zoom.draw()
		}
	})
}

// drawInput draws the sample itself, where it is a picture.
func (l *layers) drawInput() {
	m, values := l.Core.value(nn.InputName)
	if m == nil || len(m.Shape) != 3 {
		return
	}
	draw.DrawTiles(idViewed, l.Core.picture3(m.Shape, values))
}

// picture3 is a sample as a picture in ink, the mean of its channels.
func (c *Core) picture3(shape []int, values []float32) draw.Tiles {
	h, w, n := shape[0], shape[1], shape[2]
	grey := make([]float32, h*w)
	low, high := math.Inf(1), math.Inf(-1)
	for i := range grey {
		for k := range n {
			grey[i] += values[i*n+k] / float32(n)
		}
		low, high = min(low, float64(grey[i])), max(high, float64(grey[i]))
	}
	return draw.Tiles{Values: grey, Count: 1, Rows: h, Cols: w, Ink: true, Low: low, Most: high, Lit: -1,
		At: func(_, row, col int) int { return row*w + col }}
}

func (l *layers) Render() goapp.UI {
	redrawn(l, l.draw)
	c := l.Core
	var m *session.Matrix
	var a arrangement
	if l.zoom.id != "" {
		m, a = l.take()
	}
	picture := c.Kind() == "images"
	return goapp.Div().Class("layers-look").Body(
		goapp.P().Class("doc").Text(c.t("layers.doc")),
		c.viewedSample(),
		goapp.Div().Class("choices").Body(c.layerMenu(), c.partMenu(), c.channelMenu(a)),
		goapp.Div().Class("layers-body").Body(
			goapp.Div().Class("layers-input").Hidden(!picture).Body(
				goapp.Canvas().ID(idViewed).Class("viewed").Role("img").Aria("label", c.t("layers.sample")), c.viewedAnswer()),
			goapp.Div().Class("layers-value").Body(
				goapp.Canvas().ID(idTiles).Class("tiles").Hidden(m == nil || a.count < 2).TabIndex(0).Role("application").
					Aria("label", c.t("layers.tiles")).Aria("describedby", "layers-said"),
				goapp.Canvas().ID(idBars).Class("bars-canvas").Hidden(m == nil || !a.bars()).TabIndex(0).Role("application").
					Aria("label", c.t("layers.bars")).Aria("describedby", "layers-said"),
				goapp.Div().Class("heat-frame").Hidden(m == nil || a.bars()).Body(heatCanvas("zoom", c.t("layers.zoom"), "layers-said")),
				goapp.P().Class("said").ID("layers-said").Role("status").DataSet("testid", "layers-said").Text(l.said(m, a)),
				goapp.If(!picture, c.viewedAnswer()))),
		goapp.Div().Class("look-foot").Body(l.scale(m, a), l.foot(m, a)),
		c.details("layers", c.t("layers.title"), []string{c.t("layers.part"), c.t("spreads.mean"), c.t("spreads.min"), c.t("spreads.max"), c.t("spreads.zeros")},
			func() []goapp.UI { return l.rows(m, a) }),
	)
}

// said is what is pointed at in words.
func (l *layers) said(m *session.Matrix, a arrangement) string {
	c := l.Core
	switch {
	case m == nil:
		return c.t("look.waiting")
	case a.bars():
		i := l.bars.Lit
		if i < 0 || i >= len(l.bars.Values) {
			return c.t("attention.point")
		}
		return c.t("layers.unit", l.name(i), state.Loss(float64(l.bars.Values[i])))
	}
	tile := ""
	if a.count > 1 {
		tile = c.t("layers.tile", strconv.Itoa(l.tiles.Lit+1), strconv.Itoa(a.count))
	}
	row, col, v, ok := l.zoom.cell()
	if !ok {
		return tile + c.t("attention.point")
	}
	if len(m.Shape) == 1 { // one long row
		return c.t("layers.unit", strconv.Itoa(row*a.cols+col+1), state.Loss(float64(v)))
	}
	return tile + c.t("layers.cell", strconv.Itoa(row+1), strconv.Itoa(col+1), state.Loss(float64(v)))
}

func (l *layers) name(i int) string {
	if i < len(l.bars.Names) {
		return l.bars.Names[i]
	}
	return strconv.Itoa(i + 1)
}

func (l *layers) scale(m *session.Matrix, a arrangement) goapp.UI {
	switch {
	case m == nil || a.bars() || l.tiles.Ink:
		return goapp.Span()
	case l.tiles.Signed:
		return l.Core.signed(l.tiles.Most)
	}
	high := state.Fine(l.tiles.Most)
	return goapp.Div().Class("scale").Role("img").Aria("label", l.Core.t("look.scale", "0", high)).Body(
		goapp.Span().Text("0"), goapp.Span().Class("scale-bar", "scale-up"), goapp.Span().Text(high))
}

// foot names the value, and says what of it is not there.
func (l *layers) foot(m *session.Matrix, a arrangement) goapp.UI {
	c := l.Core
	if m == nil {
		return nil
	}
	shape := m.Shape
	if m.Whole != nil {
		shape = m.Whole
	}
	last := shape[len(shape)-1]
	if len(shape) >= 3 && a.count < last && !strings.HasSuffix(m.Path, ".weights") {
		return goapp.Div().Body(c.named(m.Path, shape, m.Step), goapp.P().Class("soft").Text(c.t("layers.first", strconv.Itoa(a.count), strconv.Itoa(last))))
	}
	return c.named(m.Path, shape, m.Step)
}

// rows are the value as a table: each tile, or each row.
func (l *layers) rows(m *session.Matrix, a arrangement) (rows []goapp.UI) {
	if m == nil {
		return nil
	}
	if a.bars() {
		for i, v := range l.bars.Values {
			text := state.Loss(float64(v))
			rows = append(rows, row(l.name(i), text, text, text, ""))
		}
		return rows
	}
	one := func(name string, n int, at func(i int) int) {
		sum, low, high, zeros := 0.0, math.Inf(1), math.Inf(-1), 0
		for i := range n {
			v := 0.0
			if j := at(i); j < len(l.tiles.Values) {
				v = float64(l.tiles.Values[j])
			}
			sum, low, high = sum+v, min(low, v), max(high, v)
			if v == 0 {
				zeros++
			}
		}
		rows = append(rows, row(name, state.Loss(sum/float64(n)), state.Loss(low), state.Loss(high), state.Percent(float64(zeros)/float64(n))))
	}
	if a.count > 1 {
		for t := range a.count {
			one(strconv.Itoa(t+1), a.rows*a.cols, func(i int) int { return a.at(t, i/a.cols, i%a.cols) })
		}
		return rows
	}
	for r := range min(a.rows, 200) {
		one(strconv.Itoa(r+1), a.cols, func(i int) int { return a.at(0, r, i) })
	}
	return rows
}
