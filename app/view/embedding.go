package view

import (
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// embedding is the table of the tokens' vectors along its principal components.
type embedding struct {
	goapp.Compo
	Core       *Core
	Rev        uint64
	turn, tilt float64
	lit        int // the token pointed at, from 1
	close      []func()
	grabbed    bool
	last       [2]float64
}

const idSpace = "space"

func (v *embedding) OnMount(goapp.Context) {
	v.turn, v.tilt = 0.6, 0.35
	v.listen()
	v.draw()
}

func (v *embedding) OnUpdate(goapp.Context) { v.draw() }
func (v *embedding) OnResize(goapp.Context) { v.draw() }

func (v *embedding) OnDismount() {
	for _, f := range v.close {
		f()
	}
	v.close = nil
}

// space is what is drawn.
func (v *embedding) space() (draw.Space, bool) {
	c := v.Core
	t := c.Sights.Table
	if t == nil || t.Path != c.Path(session.OfTable) {
		return draw.Space{}, false
	}
	p := draw.Space{At: t.Places, Solid: c.Solid, Turn: v.turn, Tilt: v.tilt, Lit: v.lit - 1}
	for i := range len(t.Places) / 3 {
		p.Names = append(p.Names, state.Visible(c.TokenText(i)))
	}
	return p, true
}

func (v *embedding) draw() {
	v.Core.frames.Request("space", func() {
		if p, ok := v.space(); ok && v.Mounted() {
			draw.DrawSpace(idSpace, p)
		}
	})
}

// listen hears the pointer and the keys without go-app, which would update the page for each move.
func (v *embedding) listen() {
	canvas := goapp.Window().GetElementByID(idSpace)
	on := func(event string, f func(e goapp.Value)) {
		handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			f(args[0])
			return nil
		})
		canvas.Call("addEventListener", event, handler)
		v.close = append(v.close, func() {
			canvas.Call("removeEventListener", event, handler)
			handler.Release()
		})
	}
	place := func(e goapp.Value) [2]float64 {
		return [2]float64{e.Get("offsetX").Float(), e.Get("offsetY").Float()}
	}
	on("pointerdown", func(e goapp.Value) {
		v.grabbed, v.last = v.Core.Solid, place(e)
		if v.grabbed {
			canvas.Call("setPointerCapture", e.Get("pointerId"))
		}
	})
	on("pointermove", func(e goapp.Value) {
		at := place(e)
		if v.grabbed {
			v.rotate((at[0]-v.last[0])/120, (at[1]-v.last[1])/120)
			v.last = at
			return
		}
		if p, ok := v.space(); ok {
			v.light(p.Nearest(idSpace, at[0], at[1]))
		}
	})
	on("pointerup", func(goapp.Value) { v.grabbed = false })
	on("pointercancel", func(goapp.Value) { v.grabbed = false })
	on("keydown", v.key)
}

// key turns the points in three dimensions, and in two goes from one to the next; N and P do so in both.
func (v *embedding) key(e goapp.Value) {
	const angle = 0.12
	key := e.Get("key").String()
	p, ok := v.space()
	if !ok {
		return
	}
	by := map[string]int{"n": 1, "p": -1, "N": 1, "P": -1}[key]
	if !v.Core.Solid {
		if arrow := (map[string]int{"ArrowRight": 1, "ArrowDown": 1, "ArrowLeft": -1, "ArrowUp": -1})[key]; arrow != 0 {
			by = arrow
		}
	}
	switch {
	case by != 0:
		n := len(p.Names)
		v.light((max(0, v.lit-1) + by + n) % n)
	case !v.Core.Solid:
		return
	case key == "ArrowLeft":
		v.rotate(-angle, 0)
	case key == "ArrowRight":
		v.rotate(angle, 0)
	case key == "ArrowUp":
		v.rotate(0, -angle)
	case key == "ArrowDown":
		v.rotate(0, angle)
	default:
		return
	}
	e.Call("preventDefault")
	e.Call("stopPropagation")
}

func (v *embedding) rotate(turn, tilt float64) {
	v.turn, v.tilt = v.turn+turn, min(1.5, max(-1.5, v.tilt+tilt))
	v.draw()
}

func (v *embedding) light(i int) {
	if i+1 != v.lit {
		v.lit = i + 1
		v.draw()
		v.Core.refreshViews()
	}
}

func (v *embedding) Render() goapp.UI {
	c := v.Core
	t := c.Sights.Table
	said, keys := c.t("look.waiting"), "table.keys.flat"
	if c.Solid {
		keys = "table.keys.solid"
	}
	var foot, shares goapp.UI
	if t != nil {
		foot = c.named(t.Path, t.Shape, t.Step)
		shares = v.explained(t)
		said = c.t(keys)
		if i := v.lit - 1; i >= 0 && 3*i+2 < len(t.Places) {
			said = c.t("table.said", state.Visible(c.TokenText(i)), strconv.Itoa(i),
				state.Setting(round2(t.Places[3*i])), state.Setting(round2(t.Places[3*i+1])), state.Setting(round2(t.Places[3*i+2])))
		}
	}
	return goapp.Div().Class("table-look").Body(
		goapp.P().Class("doc").Text(c.t("table.doc")),
		goapp.Div().Class("choices").Body(
			c.chooser(session.OfTable, c.t("attention.layer")),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(c.Solid).DataSet("testid", "solid").OnChange(c.act(state.ShowInSolid{On: !c.Solid}), c.Solid),
				goapp.Span().Text(c.t("table.solid"))),
			shares),
		goapp.Div().Class("space-frame").Body(
			goapp.Canvas().ID(idSpace).Class("space").TabIndex(0).Role("application").Aria("label", c.t("table.label")).Aria("describedby", "space-said")),
		goapp.P().Class("said").ID("space-said").Role("status").Text(said),
		goapp.Div().Class("look-foot").Body(foot),
		c.details("table", c.t("table.label"), []string{c.t("reading.token"), c.t("reading.id"), "1", "2", "3"}, func() []goapp.UI { return v.rows(t) }),
	)
}

func round2(v float64) float64 { return float64(int(100*v)) / 100 }

// explained says how much of the variance is along each component.
func (v *embedding) explained(t *session.Cloud) goapp.UI {
	c := v.Core
	sum, n := 0.0, 2
	if c.Solid {
		n = 3
	}
	text := ""
	for i, share := range t.Explained[:min(n, len(t.Explained))] {
		if i > 0 {
			text += " + "
		}
		text += state.Percent(share)
		sum += share
	}
	return goapp.Span().Class("soft").Text(c.t("table.explained", text, state.Percent(sum)))
}

func (v *embedding) rows(t *session.Cloud) (rows []goapp.UI) {
	if t == nil {
		return nil
	}
	for i := range len(t.Places) / 3 {
		rows = append(rows, row(state.Visible(v.Core.TokenText(i)), strconv.Itoa(i), state.Setting(round2(t.Places[3*i])),
			state.Setting(round2(t.Places[3*i+1])), state.Setting(round2(t.Places[3*i+2]))))
	}
	return rows
}
