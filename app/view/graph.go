package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"descent/app/layered"
	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// graph draws the model: layers as buttons in reading order, placed by package layered, with edges and shapes between
// them. What a pointer does with it is in graph_drag.go, what keys do in graph_keys.go, and how it is put on the page in
// graph_place.go.
type graph struct {
	goapp.Compo
	Core *Core
	Rev  uint64

	drawing layered.Drawing
	nodes   []gnode
	scale   float64
	fitted  string // what was on show when it was last fitted
	grab    grab
	focus   bool // the selected layer is to have the focus once it is drawn
	release []func()
}

// A gnode is a layer as it is drawn; the first is the input.
type gnode struct {
	id    string
	row   state.Row
	from  []string
	wrong []string // what is wrong with it
	fixes []int    // of the document's problems, those with a mend
}

// sizes of the drawing, in pixels at full size.
const (
	nodeWidth   = 208
	nodeHeight  = 56
	brokenWidth = 288
	lineHeight  = 16
	lineLength  = 40 // letters in a line of a message
	fixHeight   = 34
)

var gaps = layered.Gap{Across: 28, Down: 58, Edge: 22}

// lay works out where everything goes.
func (g *graph) lay() {
	c := g.Core
	g.nodes = []gnode{{id: nn.InputName}}
	at := map[string]int{nn.InputName: 0}
	reads := c.Reads()
	for i, r := range c.Rows {
		n := gnode{id: r.ID, row: r, from: reads[i]}
		for k, p := range c.Problems {
			if p.Node == r.ID && r.ID != "" {
				n.wrong = append(n.wrong, c.Language.Problem(p))
				if c.mendable(p.Fix) {
					n.fixes = append(n.fixes, k)
				}
			}
		}
		if _, taken := at[r.ID]; !taken {
			at[r.ID] = len(g.nodes)
		}
		g.nodes = append(g.nodes, n)
	}
	boxes := make([]layered.Node, len(g.nodes))
	for i, n := range g.nodes {
		boxes[i] = layered.Node{Width: nodeWidth, Height: nodeHeight}
		if i == 0 {
			boxes[i].Height = nodeHeight - 16
		}
		for _, text := range n.wrong {
			boxes[i].Width = brokenWidth
			boxes[i].Height += 6 + lineHeight*math.Ceil(letters(text)/lineLength)
		}
		boxes[i].Height += float64(fixHeight * len(n.fixes))
		for _, from := range n.from {
			if k, ok := at[from]; ok && k < i {
				boxes[i].In = append(boxes[i].In, k)
			}
		}
	}
	g.drawing = layered.Draw(boxes, gaps)
}

// letters is how long a text is, in letters: a Chinese character takes the room of two.
func letters(text string) (n float64) {
	for _, r := range text {
		n++
		if r > 0x2e80 {
			n++
		}
	}
	return n
}

func (g *graph) Render() goapp.UI {
	c := g.Core
	g.lay()
	var edges, adds []goapp.UI
	named := map[int]bool{}
	for i, e := range g.drawing.Edges {
		from, to := g.nodes[e.From], g.nodes[e.To]
		kind := "whole"
		if to.row.Broken {
			kind = "broken"
		}
		// Classes cannot be given to what is SVG: go-app sets a property, which is read-only there.
		edges = append(edges, goapp.Elem("path").XMLNS(svg).Attr("data-edge", kind).Attr("id", "edge-"+strconv.Itoa(i)).Attr("d", curve(e.Points)).Attr("marker-end", "url(#arrow)"))
		if !named[e.From] {
			named[e.From] = true
			edges = append(edges, goapp.Elem("text").XMLNS(svg).
				Attr("x", figure(e.Points[0].X+9)).Attr("y", figure(e.Points[0].Y+19)).Text(g.shape(e.From)))
		}
		adds = append(adds, goapp.Button().Type("button").Class("edge-add").ID("edge-add-"+strconv.Itoa(i)).TabIndex(-1).
			Title(c.t("graph.between", g.name(from), g.name(to))).Aria("label", c.t("graph.between", g.name(from), g.name(to))).
			OnClick(c.act(state.FindFor{Slot: state.Slot{To: to.id, Port: e.Port}}), to.id, e.Port).Body(icon("plus")))
	}
	var items []goapp.UI
	for i, n := range g.nodes {
		items = append(items, g.node(i, n))
	}
	return goapp.Div().Class("graph-frame").Body(
		g.bar(),
		goapp.Div().Class("graph").ID("graph").Role("group").Aria("label", c.t("graph.title")).Aria("describedby", "graph-help").Body(
			goapp.Div().Class("graph-size").ID("graph-size").Body(
				goapp.Div().Class("graph-canvas").ID("graph-canvas").Body(
					goapp.Elem("svg").XMLNS(svg).Attr("aria-hidden", "true").
						Attr("width", figure(g.drawing.Width)).Attr("height", figure(g.drawing.Height)).Body(
						goapp.Elem("defs").XMLNS(svg).Body(
							goapp.Elem("marker").XMLNS(svg).Attr("id", "arrow").Attr("viewBox", "0 0 8 8").Attr("refX", "7").Attr("refY", "4").
								Attr("markerWidth", "7").Attr("markerHeight", "7").Attr("orient", "auto").Body(
								goapp.Elem("path").XMLNS(svg).Attr("d", "M0 0 8 4 0 8z"))),
						goapp.Elem("g").XMLNS(svg).Body(edges...),
						goapp.Elem("path").XMLNS(svg).Attr("id", "edge-new").Attr("data-edge", "new").Attr("d", "")),
					goapp.Ol().Class("gnodes").Body(items...),
					goapp.Div().Class("edge-adds").Body(adds...)))),
		goapp.P().Class("soft", "graph-help").ID("graph-help").Text(c.t(g.helpKey())),
	)
}

func (g *graph) helpKey() string {
	if g.Core.Linking != "" {
		return "graph.help.link"
	}
	return "graph.help"
}

// curve is a path through points, straight down where it leaves and where it arrives.
func curve(points []layered.Point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%s %s", figure(points[0].X), figure(points[0].Y))
	for i, p := range points[1:] {
		q := points[i]
		if q.X == p.X {
			fmt.Fprintf(&b, "L%s %s", figure(p.X), figure(p.Y))
			continue
		}
		mid := (q.Y + p.Y) / 2
		fmt.Fprintf(&b, "C%s %s %s %s %s %s", figure(q.X), figure(mid), figure(p.X), figure(mid), figure(p.X), figure(p.Y))
	}
	return b.String()
}

func figure(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// shape is what flows out of a node.
func (g *graph) shape(i int) string {
	if i == 0 {
		return g.Core.input()
	}
	if out := g.nodes[i].row.Output; out != nil {
		return state.Shape(out)
	}
	return "?"
}

// name is what a node is called.
func (g *graph) name(n gnode) string {
	if n.id == nn.InputName {
		return g.Core.t("model.input")
	}
	return n.id
}

// bar is the buttons above the drawing.
func (g *graph) bar() goapp.UI {
	c := g.Core
	at := c.Node
	if at == "" && len(c.Rows) > 0 {
		at = c.Rows[max(0, len(c.Rows)-2)].ID // the last layer gives the answer, so a new one comes before it
	}
	zoom := func(face, key string, by float64) goapp.UI {
		return tool(face, c.t(key), func(goapp.Context, goapp.Event) { g.zoom(by) }, by)
	}
	return goapp.Div().Class("graph-bar").Role("toolbar").Aria("label", c.t("graph.tools")).Body(
		goapp.Button().Type("button").Class("add-layer").DataSet("testid", "add-layer").
			OnClick(c.act(state.FindFor{Slot: state.Slot{After: at}}), at).Body(icon("plus"), goapp.Span().Text(c.t("layer.add"))),
		goapp.Span().Class("graph-bar-space"),
		zoom("minus", "graph.smaller", 1/1.25), zoom("plus", "graph.larger", 1.25),
		goapp.Button().Type("button").Class("tool", "tool-text").OnClick(func(goapp.Context, goapp.Event) { g.fit(true) }).Text(c.t("graph.fit")),
	)
}

// node is one layer: a button that says all about it, and what is wrong with it.
func (g *graph) node(i int, n gnode) goapp.UI {
	c := g.Core
	id := "gnode-" + strconv.Itoa(i)
	current := c.Node == n.id || c.Node == "" && i == 0
	index := -1
	if current || i == 0 && c.place(c.Node) < 0 {
		index = 0
	}
	pick := func(goapp.Context, goapp.Event) { g.choose(n.id) }
	if i == 0 {
		return goapp.Li().Class("gnode", "gnode-input").ID(id).Body(
			goapp.Button().Type("button").Class("gnode-face").TabIndex(index).DataSet("gnode", n.id).Aria("pressed", c.Node == n.id).
				Aria("label", c.t("graph.input", c.input())).OnClick(pick, n.id).Body(goapp.Span().Class("gnode-id").Text(c.t("model.input"))),
			goapp.Span().Class("port").DataSet("port", n.id).Title(c.t("graph.port")))
	}
	info, known := nn.Lookup(n.row.Type)
	title := n.row.Type
	if known {
		title = c.Language.Term("layer."+n.row.Type, info.Title)
	}
	class := "gnode gnode-" + info.Group
	if n.row.Broken {
		class += " gnode-broken"
	}
	if c.Linking == n.id {
		class += " gnode-linking"
	}
	frozen := c.Frozen(n.id) && n.row.Params > 0
	var below []goapp.UI
	for _, text := range n.wrong {
		below = append(below, goapp.P().Class("gnode-wrong").Text(text))
	}
	for _, k := range n.fixes {
		p := c.Problems[k]
		below = append(below, goapp.Button().Type("button").Class("primary", "gnode-fix").DataSet("fix", p.Fix).
			OnClick(c.act(state.Mend{Fix: p.Fix, Node: p.Node}), p.Fix, p.Node).Text(c.t("fix."+p.Fix)))
	}
	return goapp.Li().Class(class).ID(id).Body(
		goapp.Button().Type("button").Class("gnode-face").TabIndex(index).DataSet("node", n.id).DataSet("gnode", n.id).
			Aria("pressed", c.Node == n.id).Aria("label", g.spoken(n, title, frozen)).OnClick(pick, n.id).Body(
			goapp.Span().Class("gnode-top").Body(
				goapp.If(n.row.Broken, icon("triangle-alert")),
				goapp.Span().Class("gnode-id").Text(n.id)),
			goapp.Text(" "),
			goapp.Span().Class("gnode-about").Body(
				goapp.Span().Class("gnode-type").Text(title+gist(n.row)),
				goapp.Text(" "),
				goapp.If(n.row.Params > 0, goapp.Span().Class("gnode-params").Text(state.Count(n.row.Params))))),
		goapp.If(frozen, goapp.Span().Class("badge", "gnode-badge").Aria("hidden", true).Text(c.t("graph.frozen"))),
		goapp.Div().Class("gnode-below").Body(below...),
		goapp.Span().Class("port").DataSet("port", n.id).Title(c.t("graph.port")),
	)
}

// spoken is a layer for who does not see the drawing: conv1, Convolution 3×3 relu, 28×28×32, reads input.
func (g *graph) spoken(n gnode, title string, frozen bool) string {
	c := g.Core
	shape := "?"
	if n.row.Output != nil {
		shape = state.Shape(n.row.Output)
	}
	var reads []string
	for _, f := range n.from {
		if f == nn.InputName {
			f = c.t("model.input")
		}
		reads = append(reads, f)
	}
	text := n.id + " " + title + gist(n.row) // as it is seen, first of all
	if n.row.Params > 0 {
		text += " " + c.t("graph.spoken.params", state.Count(n.row.Params))
	}
	text += c.t("graph.spoken", shape, strings.Join(reads, ", "))
	if frozen {
		text += c.t("graph.spoken.frozen")
	}
	if n.row.Broken {
		text += c.t("graph.spoken.broken")
	}
	return text
}

// choose selects a layer, or connects it where that was begun.
func (g *graph) choose(id string) {
	c := g.Core
	if from := c.Linking; from != "" {
		c.Do(state.Join{})
		if id != from {
			c.Do(state.Connect{From: from, To: id})
		}
		return
	}
	c.Do(state.Mark{Node: id})
}

// mendable reports whether the page can do a mend.
func (c *Core) mendable(fix string) bool {
	for _, f := range state.Fixes {
		if f == fix {
			return true
		}
	}
	return false
}

func (g *graph) OnMount(goapp.Context) {
	g.scale = 1
	g.listen()
	g.arrange()
	g.fit(false)
}

func (g *graph) OnUpdate(goapp.Context) {
	g.arrange()
	if shown := g.Core.Origin() + fmt.Sprint(len(g.nodes)); shown != g.fitted {
		g.fit(false)
	}
	if g.focus {
		g.focus = false
		g.focusNode(g.Core.Node)
	}
}

func (g *graph) OnDismount() {
	for _, f := range g.release {
		f()
	}
	g.release = nil
}
