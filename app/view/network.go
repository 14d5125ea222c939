package view

import (
	"slices"
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/nn"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// network is the model of points as a picture: what each unit answers over the plane, and the weights between them.
// Whoever points at a unit sees its map large; layers and units are added and taken away above their columns.
type network struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	net  draw.Net
	rows []session.Tier // of the columns' heads, kept until the trainer sends the changed network
	on   listeners
}

const idNet = "net"

func (n *network) OnMount(goapp.Context) {
	n.net.Lit, n.net.Edge = [2]int{-1, -1}, [3]int{-1, -1, -1}
	n.listen()
	n.draw()
}

func (n *network) OnResize(goapp.Context) { n.draw() }
func (n *network) OnDismount()            { n.on.close() }

// take takes over what the trainer sent.
func (n *network) take() bool {
	c := n.Core
	seen := c.Sights.Network
	if seen == nil {
		return false
	}
	n.net.Side, n.net.Maps, n.net.Numbers = seen.Side, c.pictures.maps, c.pictures.weights
	n.net.Tiers = n.net.Tiers[:0]
	for _, t := range seen.Tiers {
		n.net.Tiers = append(n.net.Tiers, draw.NetTier{Units: t.Units, From: t.From, Chances: t.Chances, Weighted: t.HasWeights})
	}
	n.net.Index()
	n.net.Lit, n.net.Kept = [2]int{-1, -1}, c.Pinned
	for t := range seen.Tiers {
		if seen.Tiers[t].Path == c.Unit.Path {
			n.net.Lit = [2]int{t, c.Unit.Index}
		}
	}
	if _, ok := n.net.Weight(n.net.Edge[0], n.net.Edge[1], n.net.Edge[2]); !ok {
		n.net.Edge = [3]int{-1, -1, -1}
	}
	return true
}

func (n *network) draw() {
	n.Core.frames.Request(idNet, func() {
		if n.Mounted() && n.take() {
			draw.DrawNet(idNet, &n.net)
		}
	})
}

// listen hears the pointer and the keys without go-app, which would update the page for each move.
func (n *network) listen() {
	canvas := goapp.Window().GetElementByID(idNet)
	at := func(e goapp.Value) (x, y float64) { return e.Get("offsetX").Float(), e.Get("offsetY").Float() }
	n.on.hear(canvas, "pointermove", func(e goapp.Value) {
		x, y := at(e)
		l := n.net.Lay(draw.Width(idNet))
		tier, unit, ok := l.Unit(x, y)
		if ok {
			n.point(tier, unit)
			n.edge([3]int{-1, -1, -1})
			return
		}
		n.point(-1, -1)
		edge, ok := n.net.Nearest(l, x, y)
		if !ok {
			edge = [3]int{-1, -1, -1}
		}
		n.edge(edge)
	})
	n.on.hear(canvas, "pointerleave", func(goapp.Value) {
		n.point(-1, -1)
		n.edge([3]int{-1, -1, -1})
	})
	n.on.hear(canvas, "click", func(e goapp.Value) {
		if tier, unit, ok := n.net.Lay(draw.Width(idNet)).Unit(at(e)); ok {
			n.Core.Do(state.PinUnit{Unit: n.unit(tier, unit)})
		} else {
			n.Core.Do(state.PinUnit{})
		}
	})
	n.on.hear(canvas, "keydown", n.key)
	n.on.hear(canvas, "blur", func(goapp.Value) { n.edge([3]int{-1, -1, -1}) })
}

// unit names a unit of the picture; none for a tier of -1.
func (n *network) unit(tier, unit int) session.Unit {
	if seen := n.Core.Sights.Network; seen != nil && tier >= 0 && tier < len(seen.Tiers) {
		return session.Unit{Path: seen.Tiers[tier].Path, Index: unit}
	}
	return session.Unit{}
}

func (n *network) point(tier, unit int) {
	if to := n.unit(tier, unit); to != n.Core.Unit && !n.Core.Pinned {
		n.Core.Do(state.FocusUnit{Unit: to})
	}
}

func (n *network) edge(to [3]int) {
	if to != n.net.Edge {
		n.net.Edge = to
		n.draw()
		n.Core.refreshViews()
	}
}

// key goes from unit to unit with the arrows, and with E through the weights that the unit reads.
func (n *network) key(e goapp.Value) {
	key := e.Get("key").String()
	lit, tiers := n.net.Lit, n.net.Tiers
	if len(tiers) == 0 {
		return
	}
	switch key {
	case "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown":
		if lit[0] < 0 {
			lit = [2]int{min(1, len(tiers)-1), 0}
			break
		}
		step := map[string][2]int{"ArrowRight": {1, 0}, "ArrowLeft": {-1, 0}, "ArrowUp": {0, -1}, "ArrowDown": {0, 1}}[key]
		lit[0] = min(max(lit[0]+step[0], 0), len(tiers)-1)
		lit[1] = min(max(lit[1]+step[1], 0), tiers[lit[0]].Units-1)
	case "e", "E":
		if lit[0] < 0 || !tiers[lit[0]].Weighted {
			return
		}
		next := 0
		if n.net.Edge[0] == lit[0] && n.net.Edge[1] == lit[1] {
			next = (n.net.Edge[2] + 1) % tiers[tiers[lit[0]].From[0]].Units
		}
		e.Call("preventDefault")
		e.Call("stopPropagation")
		n.edge([3]int{lit[0], lit[1], next})
		return
	case "Escape":
		lit = [2]int{-1, -1}
	default:
		return
	}
	e.Call("preventDefault")
	e.Call("stopPropagation")
	n.net.Edge = [3]int{-1, -1, -1}
	if u := n.unit(lit[0], lit[1]); u.Path == "" {
		n.Core.Do(state.PinUnit{})
	} else if u != n.Core.Unit || !n.Core.Pinned {
		n.Core.Do(state.PinUnit{Unit: u}) // it stays, since the keyboard has no pointer to leave with
	}
}

func (n *network) Render() goapp.UI {
	redrawn(n, n.draw)
	c := n.Core
	here := n.take()
	return goapp.Div().Class("net").Body(
		n.tools(),
		goapp.Div().Class("net-heads").DataSet("tiers", strconv.Itoa(len(n.net.Tiers))).Body(n.heads()...),
		goapp.Canvas().ID(idNet).Class("net-canvas").TabIndex(0).Role("application").Aria("label", c.t("net.label")).Aria("describedby", "net-said"),
		goapp.P().Class("said", "net-said").ID("net-said").Role("status").DataSet("testid", "net-said").Text(n.said(here)),
		when(here, n.weights),
	)
}

// tools change how many hidden layers there are, and what their units do.
func (n *network) tools() goapp.UI {
	c := n.Core
	hidden := c.Hidden()
	now := c.Activation()
	var options []goapp.UI
	if now == "" {
		options = append(options, goapp.Option().Value("").Selected(true).Text("–"))
	}
	for _, name := range activations() {
		options = append(options, goapp.Option().Value(name).Selected(name == now).Text(c.Language.Choice("activation", name)))
	}
	return goapp.Div().Class("net-tools").Body(
		goapp.H2().ID("net-title").Text(c.t("net.title")),
		goapp.If(len(c.Problems) == 0, goapp.Span().Class("soft", "net-total").Text(c.t("model.parameters", state.Count(c.Plan.Parameters)))),
		goapp.Div().Class("stepper").Role("group").Aria("label", c.t("net.layers", strconv.Itoa(len(hidden)))).Body(
			round("minus", c.t("net.shallower"), "net.shallower", len(hidden) > 0, c.act(state.Deepen{By: -1}), -1),
			goapp.Span().Text(c.t("net.layers", strconv.Itoa(len(hidden)))),
			round("plus", c.t("net.deeper"), "net.deeper", c.CanDeepen(), c.act(state.Deepen{By: 1}), 1)),
		when(len(hidden) > 0, func() goapp.UI {
			return goapp.Div().Class("choose").Body(goapp.Label().For("net-activation").Text(c.t("net.activation")),
				goapp.Select().ID("net-activation").Class("small-select").OnChange(func(ctx goapp.Context, _ goapp.Event) {
					if name := ctx.JSSrc().Get("value").String(); name != "" {
						c.Do(state.Activate{Name: name})
					}
				}).Body(options...))
		}),
	)
}

// activations are those that a dense layer can have, but for softmax, which is no activation of a single unit.
func activations() (out []string) {
	info, _ := nn.Lookup("dense")
	for _, f := range info.New().Fields() {
		if f.Name == "activation" {
			out = slices.Clone(f.Choices)
		}
	}
	return slices.DeleteFunc(out, func(name string) bool { return name == "softmax" })
}

// round is a small button with a sign.
func round(face, label, id string, enabled bool, do goapp.EventHandler, scope ...any) goapp.UI {
	return goapp.Button().Type("button").Class("round").Title(label).Aria("label", label).DataSet("testid", id).Disabled(!enabled).
		OnClick(do, scope...).Body(icon(face))
}

// heads are the names of the columns, with how many units each has. While the trainer builds a network that was changed,
// those of the last one stay, with the new numbers: whoever pressed a button there with the keyboard stays at it.
func (n *network) heads() (out []goapp.UI) {
	c := n.Core
	seen := c.Sights.Network
	if seen != nil {
		n.rows = seen.Tiers
	}
	hidden := c.Hidden()
	for i, t := range n.rows {
		if now := c.UnitsOf(t.Layer); seen == nil && now > 0 {
			t.All, t.Units = now, min(now, state.MostDrawn)
		}
		units := c.t("net.units", strconv.Itoa(t.All))
		if t.Units < t.All {
			units = c.t("net.first", strconv.Itoa(t.Units), strconv.Itoa(t.All))
		}
		var tools goapp.UI
		if slices.Contains(hidden, t.Layer) {
			tools = goapp.Div().Class("stepper").Role("group").Aria("label", c.t("net.of", t.Layer)).Body(
				round("minus", c.t("net.fewer", t.Layer), "fewer-"+t.Layer, c.CanWiden(t.Layer, -1), c.act(state.Widen{Node: t.Layer, By: -1}), t.Layer, -1),
				round("plus", c.t("net.more", t.Layer), "more-"+t.Layer, c.CanWiden(t.Layer, 1), c.act(state.Widen{Node: t.Layer, By: 1}), t.Layer, 1))
		}
		name := t.Layer
		if i == 0 {
			name = c.t("net.input")
		}
		out = append(out, goapp.Div().Class("net-head").Body(
			goapp.Span().Class("net-name").Title(t.Path).Text(name), goapp.Span().Class("soft").Text(units), tools))
	}
	if seen != nil && seen.More > 0 {
		out = append(out, goapp.P().Class("soft", "net-cut").Text(c.t("net.cut", strconv.Itoa(seen.More))))
	}
	return out
}

// name is a unit in words.
func (c *Core) unitName(u session.Unit) string {
	if u.Path == nn.InputName {
		return c.t("net.coordinate", strconv.Itoa(u.Index+1))
	}
	return c.t("net.unit", u.Path, strconv.Itoa(u.Index+1))
}

// said is what is pointed at in words.
func (n *network) said(here bool) string {
	c := n.Core
	if !here {
		return c.t("look.waiting")
	}
	if e := n.net.Edge; e[0] >= 0 {
		if w, ok := n.net.Weight(e[0], e[1], e[2]); ok {
			return c.t("net.weight", c.unitName(n.unit(n.net.Tiers[e[0]].From[0], e[2])), c.unitName(n.unit(e[0], e[1])), state.Loss(float64(w)))
		}
	}
	if lit := n.net.Lit; lit[0] >= 0 {
		text := c.unitName(n.unit(lit[0], lit[1]))
		if t := n.net.Tiers[lit[0]]; t.Weighted {
			bias, _ := n.net.Weight(lit[0], lit[1], n.net.Tiers[t.From[0]].Units)
			text += c.t("net.bias", state.Loss(float64(bias)))
		}
		return text
	}
	return c.t("net.point")
}

// weights is the lines as a table: what the unit that is pointed at reads, or else what every unit of the last tier does.
func (n *network) weights() goapp.UI {
	c := n.Core
	lit := n.net.Lit
	return c.details("net", c.t("net.weights"), []string{c.t("net.from"), c.t("net.to"), c.t("net.size")}, func() (rows []goapp.UI) {
		for t := range n.net.Tiers {
			tier := n.net.Tiers[t]
			if !tier.Weighted || lit[0] >= 0 && lit[0] != t {
				continue
			}
			from := tier.From[0]
			for u := range tier.Units {
				if lit[0] >= 0 && lit[1] != u {
					continue
				}
				for i := range n.net.Tiers[from].Units {
					w, _ := n.net.Weight(t, u, i)
					rows = append(rows, row(c.unitName(n.unit(from, i)), c.unitName(n.unit(t, u)), state.Loss(float64(w))))
				}
				bias, _ := n.net.Weight(t, u, n.net.Tiers[from].Units)
				rows = append(rows, row(c.t("net.bias.row"), c.unitName(n.unit(t, u)), state.Loss(float64(bias))))
			}
		}
		return rows
	})
}
