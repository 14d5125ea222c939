package view

import (
	"descent/app/draw"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// plotted is a still chart on a canvas, with what it says in words for who cannot see it.
type plotted struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	ID    string
	Class string
	Label string
	Plot  draw.Plot
}

func (p *plotted) OnMount(goapp.Context)  { p.draw() }
func (p *plotted) OnResize(goapp.Context) { p.draw() }

func (p *plotted) draw() {
	p.Core.frames.Request("plot "+p.ID, func() {
		if p.Mounted() {
			draw.DrawPlot(p.ID, p.Plot)
		}
	})
}

func (p *plotted) Render() goapp.UI {
	redrawn(p, p.draw)
	return goapp.Canvas().ID(p.ID).Class("figure", p.Class).Role("img").Aria("label", p.Label)
}

// shareBar is a share from 0 to 1 as a bar.
func shareBar(share float64, class string) goapp.UI { // an SVG takes no class from go-app
	if class == "" {
		class = "plain"
	}
	return goapp.Elem("svg").XMLNS(svg).DataSet("bar", class).Attr("viewBox", "0 0 100 8").Attr("preserveAspectRatio", "none").Aria("hidden", true).Body(
		goapp.Elem("rect").XMLNS(svg).DataSet("part", "back").Attr("width", 100).Attr("height", 8),
		goapp.Elem("rect").XMLNS(svg).DataSet("part", "value").Attr("width", int(100*min(1, max(0, share))+0.5)).Attr("height", 8))
}

// card is a card of a stage with its title, what it says in a sentence, and tools beside the title.
func (c *Core) card(id, title, doc string, tools goapp.UI, body ...goapp.UI) goapp.UI {
	return goapp.Section().Class("panel", "card-"+id).Aria("labelledby", id+"-title").DataSet("testid", id).Body(append([]goapp.UI{
		goapp.Div().Class("panel-head").Body(goapp.H2().ID(id+"-title").Text(title), tools),
		when(doc != "", func() goapp.UI { return goapp.P().Class("doc").Text(doc) }),
	}, body...)...)
}
