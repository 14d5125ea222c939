package view

import (
	"strings"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// pads is where a digit is drawn, and what the model makes of it.
type pads struct {
	goapp.Compo
	Core   *Core
	Rev    uint64
	pen    pen
	close  []func()
	cursor *state.Spot // of the keyboard's pen; nil until a key was pressed
	down   bool        // whether it draws
}

// pen is the stroke in progress.
type pen struct {
	drawing bool
	line    []state.Spot
}

func (p *pads) OnMount(goapp.Context) {
	p.listen()
	p.Core.repaint()
}

func (p *pads) OnDismount() {
	for _, f := range p.close {
		f()
	}
	p.close = nil
}

// listen hears the pointer without go-app, which would update the page for each of its moves.
func (p *pads) listen() {
	canvas := goapp.Window().GetElementByID(idPad)
	on := func(event string, f func(e goapp.Value)) {
		handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			f(args[0])
			return nil
		})
		canvas.Call("addEventListener", event, handler)
		p.close = append(p.close, func() {
			canvas.Call("removeEventListener", event, handler)
			handler.Release()
		})
	}
	at := func(e goapp.Value) state.Spot {
		return spot(e.Get("offsetX").Float()/canvas.Get("clientWidth").Float(), e.Get("offsetY").Float()/canvas.Get("clientHeight").Float())
	}
	on("pointerdown", func(e goapp.Value) {
		e.Call("preventDefault")
		canvas.Call("focus")
		canvas.Call("setPointerCapture", e.Get("pointerId"))
		p.cursor = nil
		p.begin(at(e))
	})
	on("pointermove", func(e goapp.Value) {
		if p.pen.drawing {
			p.move(at(e))
		}
	})
	on("pointerup", func(goapp.Value) { p.pen.drawing = false })
	on("pointercancel", func(goapp.Value) { p.pen.drawing = false })
	on("keydown", p.key)
}

func spot(x, y float64) state.Spot { return state.Spot{X: min(1, max(0, x)), Y: min(1, max(0, y))} }

func (p *pads) begin(at state.Spot) {
	p.pen = pen{drawing: true, line: []state.Spot{at}}
	p.Core.Do(state.NewLine{At: at})
	p.paint()
}

// move takes in where the pointer went; the image is made of it once a frame.
func (p *pads) move(at state.Spot) {
	p.pen.line = append(p.pen.line, at)
	p.Core.frames.Request("pen", func() {
		c := p.Core
		c.send(c.Apply(state.Draw{Stroke: p.pen.line}))
		p.paint()
		c.change()
	})
}

func (p *pads) paint() {
	p.Core.frames.Request("pad", func() { p.Core.drawPad(p.cursor) })
}

// key draws with the arrow keys: Enter or the space bar puts the pen down and lifts it.
func (p *pads) key(e goapp.Value) {
	const stride = 1.0 / 14
	key := e.Get("key").String()
	start := state.Spot{X: 0.5, Y: 0.3}
	now := start
	if p.cursor != nil {
		now = *p.cursor
	}
	switch key {
	case "ArrowLeft":
		now.X -= stride
	case "ArrowRight":
		now.X += stride
	case "ArrowUp":
		now.Y -= stride
	case "ArrowDown":
		now.Y += stride
	case "Enter", " ":
		p.down = !p.down
	case "Delete", "Backspace":
		p.down, now = false, start
		p.Core.Do(state.ClearPad{})
	default:
		return
	}
	e.Call("preventDefault")
	e.Call("stopPropagation")
	now = spot(now.X, now.Y)
	p.cursor = &now
	switch {
	case !p.down:
		p.pen.drawing = false
	case !p.pen.drawing:
		p.begin(now)
	default: // at once: the next key may come before the frame
		p.pen.line = append(p.pen.line, now)
		p.Core.Do(state.Draw{Stroke: p.pen.line})
	}
	p.paint()
}

func (p *pads) Render() goapp.UI {
	redrawn(p, p.paint)
	c := p.Core
	return goapp.Section().Class("panel", "pads").Aria("labelledby", "pad-title").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("pad-title").Text(c.t("pad.title")),
			goapp.Div().Class("tools").Body(
				goapp.Button().Type("button").Class("small-text").Disabled(c.Checks == nil).DataSet("testid", "pad-sample").
					OnClick(func(goapp.Context, goapp.Event) { c.show(c.nextSample()) }).Text(c.t("pad.sample")),
				goapp.Button().Type("button").Class("small-text").Disabled(c.Pad.Empty()).
					OnClick(c.act(state.ClearPad{})).Text(c.t("pad.clear"))),
		),
		goapp.Div().Class("pad-row").Body(
			goapp.Div().Class("pad-frame").Body(
				goapp.Canvas().ID(idPad).Class("pad").TabIndex(0).Role("application").
					Aria("label", c.t("pad.label")).Aria("describedby", "pad-keys"),
				goapp.If(c.Pad.Empty(), goapp.P().Class("pad-hint").Aria("hidden", true).Text(c.t("pad.hint"))),
			),
			p.bars(),
		),
		goapp.Div().Class("pad-foot").Body(
			goapp.Canvas().ID(idSeen).Class("seen").Aria("hidden", true),
			goapp.P().Class("soft").ID("pad-keys").Text(c.t("pad.keys")),
		),
	)
}

// nextSample is the test sample after the one on the pad.
func (c *Core) nextSample() int {
	if c.Checks == nil || c.Checks.Count == 0 {
		return -1
	}
	if c.Pad.Sample == nil {
		return 0
	}
	return (c.Pad.Index + 1) % c.Checks.Count
}

// bars is the probability of each class.
func (p *pads) bars() goapp.UI {
	c := p.Core
	classes := c.Plan.Meta.Classes
	var values []float64
	if c.Pad.Answer != nil && !c.Pad.Empty() {
		values = c.Pad.Answer.Values
	}
	best := -1
	for i, v := range values {
		if best < 0 || v > values[best] {
			best = i
		}
	}
	var rows []goapp.UI
	for i, name := range classes {
		v, text := 0.0, "–"
		if i < len(values) {
			v = values[i]
			text = state.Percent(v)
		}
		class := []string{"guess"}
		if i == best {
			class = append(class, "guess-best")
		}
		rows = append(rows, goapp.Li().Class(strings.Join(class, " ")).DataSet("class", name).Body(
			goapp.Span().Class("guess-name").Text(name),
			goapp.Elem("svg").XMLNS(svg).DataSet("bar", "").Attr("viewBox", "0 0 100 8").Attr("preserveAspectRatio", "none").Aria("hidden", true).Body(
				goapp.Elem("rect").XMLNS(svg).Attr("width", int(100*v+0.5)).Attr("height", 8)),
			goapp.Span().Class("guess-value").Text(text)))
	}
	return goapp.Ol().Class("guesses").Aria("label", c.t("pad.answer")).Body(rows...)
}
