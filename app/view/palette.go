package view

import (
	"strings"

	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// shelf is a dialog with the layers that can be added, by group, and a search.
type shelf struct {
	goapp.Compo
	Core  *Core
	Rev   uint64
	open  bool
	find  string
	enter bool // Enter is down
}

// OnUpdate opens and closes the dialog.
func (p *shelf) OnUpdate(goapp.Context) {
	dialog := goapp.Window().GetElementByID("palette")
	if !dialog.Truthy() || p.open == p.Core.Palette {
		return
	}
	if p.open = p.Core.Palette; !p.open {
		dialog.Call("close")
		return
	}
	dialog.Call("showModal")
	if search := goapp.Window().GetElementByID("palette-find"); search.Truthy() {
		search.Set("value", "")
		search.Call("focus")
	}
}

// addLayer is the button at the end of the chain. The last layer gives the answer, so a new one comes before it.
func (c *Core) addLayer() goapp.UI {
	at := c.placeForNew()
	return goapp.Button().Type("button").Class("add-layer").DataSet("testid", "add-layer").
		OnClick(c.act(state.ShowPalette{Open: true, At: at}), at).Body(icon("plus"), goapp.Span().Text(c.t("layer.add")))
}

// placeForNew is where a new layer goes: after the one that is selected, or before the last.
func (c *Core) placeForNew() int {
	if i := c.place(c.Node); i >= 0 {
		return i + 1
	}
	return max(0, len(c.Rows)-1)
}

// groups of layers, in the palette's order.
var groups = []string{"core", "image", "sequence", "normalisation", "regularisation", "merge", "shape"}

func (p *shelf) Render() goapp.UI {
	c := p.Core
	body := []goapp.UI{
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("palette-title").Text(c.t("layer.add")),
			goapp.Button().Type("button").Class("tool").Aria("label", c.t("close")).OnClick(c.act(state.ShowPalette{})).Body(icon("x"))),
		goapp.Input().Type("search").ID("palette-find").Class("palette-find").AutoComplete(false).Aria("label", c.t("palette.find")).
			Placeholder(c.t("palette.find")).OnInput(func(ctx goapp.Context, _ goapp.Event) {
			p.find = ctx.JSSrc().Get("value").String()
		}).OnKeyDown(p.press).OnKeyUp(p.release),
	}
	found := 0
	for _, group := range groups {
		if !c.Palette {
			break // nobody sees them
		}
		var rows []goapp.UI
		for _, info := range p.found(group) {
			rows = append(rows, p.entry(info))
		}
		if len(rows) > 0 {
			title := c.Language.Term("group."+group, strings.ToUpper(group[:1])+group[1:])
			body = append(body, goapp.H3().Text(title), goapp.Ul().Class("palette-group").Aria("label", title).Body(rows...))
		}
		found += len(rows)
	}
	if found == 0 && c.Palette {
		body = append(body, goapp.P().Class("doc").Role("status").Text(c.t("palette.none")))
	}
	return goapp.Elem("dialog").ID("palette").Class("help", "palette").Aria("labelledby", "palette-title").
		On("close", func(goapp.Context, goapp.Event) {
			p.open, p.find = false, ""
			if c.Palette {
				c.Do(state.ShowPalette{})
			}
		}).Body(body...)
}

// found is the layers of a group that the search finds, by their names in either language or what they do.
func (p *shelf) found(group string) []nn.Info { return p.Core.layersFound(group, p.find) }

func (c *Core) layersFound(group, find string) []nn.Info {
	var out []nn.Info
	find = strings.ToLower(strings.TrimSpace(find))
	for _, info := range nn.Layers() {
		l := c.Language
		text := strings.ToLower(strings.Join([]string{info.Type, strings.ReplaceAll(info.Type, "_", " "), info.Title, info.Doc,
			l.Term("layer."+info.Type, ""), l.Term("layer."+info.Type+".doc", "")}, "\n"))
		if info.Group == group && strings.Contains(text, find) {
			out = append(out, info)
		}
	}
	return out
}

func (p *shelf) entry(info nn.Info) goapp.UI {
	c := p.Core
	return goapp.Li().Body(goapp.Button().Type("button").Class("palette-entry").DataSet("layer", info.Type).
		OnClick(func(goapp.Context, goapp.Event) { p.take(info) }, info.Type, c.PaletteAt, c.Slot).Body(
		goapp.Span().Class("palette-name").Text(c.Language.Term("layer."+info.Type, info.Title)),
		goapp.Span().Class("doc").Text(c.Language.Term("layer."+info.Type+".doc", info.Doc+"."))))
}

// take adds a layer, and closes.
func (p *shelf) take(info nn.Info) {
	at, slot := p.Core.PaletteAt, p.Core.Slot
	p.Core.Do(state.ShowPalette{})
	if slot != (state.Slot{}) {
		p.Core.Do(slot.Put(info.Type))
		return
	}
	p.Core.Do(state.Insert{List: state.Layers, Type: info.Type, At: at})
}

// press notes that Enter went down in the search, and not to end a word of an input method.
func (p *shelf) press(_ goapp.Context, e goapp.Event) {
	p.enter = e.Get("key").String() == "Enter" && !e.Get("isComposing").Truthy()
}

// release takes the best layer found when Enter comes up again. Earlier the dialog must not close: the focus would go
// back to the button that opened it, and the same Enter press that.
func (p *shelf) release(_ goapp.Context, e goapp.Event) {
	if e.Get("key").String() != "Enter" || !p.enter {
		return
	}
	p.enter = false
	if best, ok := p.best(); ok {
		p.take(best)
	}
}

// best is the layer that the search most likely means: one that is called so, one whose name begins so or holds it, or the
// first whose description does.
func (p *shelf) best() (best nn.Info, ok bool) {
	find := strings.ToLower(strings.TrimSpace(p.find))
	rank := 4
	for _, group := range groups {
		for _, info := range p.found(group) {
			mine := 3
			for _, name := range []string{info.Type, strings.ReplaceAll(info.Type, "_", " "), info.Title, p.Core.Language.Term("layer."+info.Type, info.Title)} {
				switch name = strings.ToLower(name); {
				case name == find:
					mine = 0
				case strings.HasPrefix(name, find):
					mine = min(mine, 1)
				case strings.Contains(name, find):
					mine = min(mine, 2)
				}
			}
			if mine < rank {
				best, ok, rank = info, true, mine
			}
		}
	}
	return best, ok
}
