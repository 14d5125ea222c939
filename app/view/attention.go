package view

import (
	"strconv"

	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func init() {
	looks[state.InAttention] = func(c *Core, rev uint64) goapp.UI { return &attention{Core: c, Rev: rev} }
}

// attention is what each token looks at, by layer and head.
type attention struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	heat heatMap
	on   listeners

	unseen unseen
}

func (a *attention) OnMount(goapp.Context) {
	a.heat = heatMap{id: "attention", most: 560, moved: func() { a.draw(); a.Core.refreshViews() }}
	a.heat.mount()
	a.hearOverlay()
	a.draw()
}

func (a *attention) OnResize(goapp.Context) { a.draw() }
func (a *attention) OnDismount() {
	a.heat.unmount()
	a.on.close()
}

// take takes the head on show out of what the trainer sent.
func (a *attention) take() bool {
	c := a.Core
	m, values := c.Sights.Attention, c.pictures.attention
	if m == nil || len(m.Shape) != 3 || m.Path != c.Path(session.OfAttention) {
		return false
	}
	heads, rows, cols := m.Shape[0], m.Shape[1], m.Shape[2]
	if len(values) < heads*rows*cols || c.Head >= heads {
		return false
	}
	h := &a.heat.heat
	h.Values, h.Rows, h.Cols = values[c.Head*rows*cols:][:rows*cols], rows, cols
	h.RowNames, h.ColNames = seen(m.Rows), seen(m.Cols)
	h.Causal, h.Most = rows == cols && rows > 1, 0
	for i, v := range h.Values {
		h.Most = max(h.Most, float64(v))
		if v != 0 && i%cols > i/cols {
			h.Causal = false
		}
	}
	return true
}

func (a *attention) draw() {
	a.Core.frames.Request("attention", func() {
		if a.Mounted() && a.take() {
			a.heat.draw()
			a.drawOverlay()
		}
	})
}

// seen writes tokens so that they can be seen.
func seen(pieces []string) []string {
	var out []string
	for _, p := range pieces {
		out = append(out, state.Visible(p))
	}
	return out
}

func (a *attention) Render() goapp.UI {
	redrawn(a, a.draw)
	c := a.Core
	m := c.Sights.Attention
	here := a.heat.id != "" && a.take()
	var foot goapp.UI
	if m != nil {
		foot = c.named(m.Path, m.Shape, m.Step)
	}
	return goapp.Div().Class("attention-look").Body(
		goapp.P().Class("doc").Text(a.intro()),
		c.attended(),
		goapp.Div().Class("choices").Body(c.chooser(session.OfAttention, c.t("attention.layer")), a.heads()),
		goapp.If(c.Path(session.OfAttention) == session.Rollout, goapp.P().Class("doc").Text(c.t("attention.rollout.doc"))),
		a.overlay(),
		goapp.Div().Class("heat-frame").Body(heatCanvas("attention", c.t("attention.label"), "attention-said")),
		goapp.P().Class("said").ID("attention-said").Role("status").DataSet("testid", "attention-said").Text(a.said(here)),
		goapp.Div().Class("look-foot").Body(c.shares(a.heat.heat.Most), foot),
		c.details("attention", c.t("attention.label"), []string{c.t("attention.from"), c.t("attention.to")}, func() []goapp.UI { return a.rows(here) }),
	)
}

// heads are buttons, one for each head.
func (a *attention) heads() goapp.UI {
	c := a.Core
	m := c.Sights.Attention
	if m == nil || len(m.Shape) != 3 || m.Shape[0] < 2 {
		return nil
	}
	var buttons []goapp.UI
	for i := range m.Shape[0] {
		buttons = append(buttons, goapp.Button().Type("button").Class("head").Aria("pressed", i == c.Head).
			Aria("label", c.t("attention.head", strconv.Itoa(i+1))).DataSet("testid", "head-"+strconv.Itoa(i)).
			OnClick(c.act(state.ChooseHead{Head: i}), i).Text(i+1))
	}
	return goapp.Div().Class("heads").Role("group").Aria("label", c.t("attention.heads")).Body(
		append([]goapp.UI{goapp.Span().Aria("hidden", true).Text(c.t("attention.heads"))}, buttons...)...)
}

// said is the cell pointed at in words.
func (a *attention) said(here bool) string {
	c := a.Core
	if !here {
		return c.t("look.waiting")
	}
	row, col, v, ok := a.heat.cell()
	if !ok {
		return c.t("attention.point")
	}
	return c.t("attention.said", a.place(a.heat.heat.RowNames, row), state.Chance(float64(v)), a.place(a.heat.heat.ColNames, col))
}

// label is the name of a row or a column, with its number.
func label(names []string, i int) string {
	if i < len(names) {
		return "“" + names[i] + "” (" + strconv.Itoa(i+1) + ")"
	}
	return strconv.Itoa(i + 1)
}

// rows says of each token what it looks at most.
func (a *attention) rows(here bool) (rows []goapp.UI) {
	if !here {
		return nil
	}
	h := &a.heat.heat
	for r := range h.Rows {
		text := ""
		for _, col := range largest(h.Values[r*h.Cols:(r+1)*h.Cols], 3) {
			if v := h.Values[r*h.Cols+col]; v > 0 {
				text += a.place(h.ColNames, col) + " " + state.Chance(float64(v)) + "  "
			}
		}
		rows = append(rows, row(a.place(h.RowNames, r), text))
	}
	return rows
}

// largest returns where the k largest numbers are, by their size, the largest first.
func largest(row []float32, k int) (out []int) {
	for len(out) < min(k, len(row)) {
		best := -1
		for i, v := range row {
			taken := false
			for _, j := range out {
				taken = taken || i == j
			}
			if !taken && (best < 0 || v > row[best]) {
				best = i
			}
		}
		out = append(out, best)
	}
	return out
}

// shares explains the colours of probabilities: half the colour stands for a quarter.
func (c *Core) shares(most float64) goapp.UI {
	middle, high := state.Chance(most/4), state.Chance(most)
	return goapp.Div().Class("scale", "scale-shares").Role("img").Aria("label", c.t("look.scale", "0", high)).Body(
		goapp.Span().Class("share-bar"),
		goapp.Span().Class("share-ends").Body(goapp.Span().Text("0"), goapp.Span().Text(middle), goapp.Span().Text(high)))
}
