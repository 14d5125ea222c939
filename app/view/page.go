package view

import (
	"descent/app/archive"
	"descent/app/draw"
	"descent/app/runner"
	"descent/app/state"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Page is the whole page.
type Page struct {
	goapp.Compo
	core  *Core
	close []func()
}

// first is the preset of a first visit.
const first = "spiral-mlp"

// OnInit opens the first preset: the server draws the page with it too.
func (p *Page) OnInit() {
	if p.core != nil {
		return // a test has brought its own
	}
	text, _ := presets.Text(first)
	p.core = &Core{Store: state.New(first, string(text)), runner: &runner.Worker{}, page: p}
	if goapp.IsClient {
		p.core.kept.archive = &archive.Browser{}
		p.core.assembles, p.core.pane, p.core.missing = true, p.core.Pane, firstOnly
	}
}

// OnMount starts the trainer.
func (p *Page) OnMount(ctx goapp.Context) {
	c := p.core
	c.ctx = ctx
	c.recall()
	fragment := goapp.Window().URL().Fragment
	link := state.IsLink(fragment) && !c.known(fragment)
	if link {
		c.openLink(fragment)
	}
	c.recover(link)
	p.dress()
	c.Do(state.Paint{Palette: palette()})
	c.start()
	p.listen()
	p.fit()
	c.refresh()
}

// A stage begins with the first of its main column. The rest follows on later frames, or to open it would be one long task:
// the others of that column, then what stands on the left, then what stands on the right, then by halves what is not seen
// until it is opened.
const (
	whole = iota
	withMore
	withRight
	withLeft
	withMain
	firstOnly
)

// assemble has the next part come, once the page is as it is now.
func (c *Core) assemble() {
	if c.missing == whole {
		c.whole = true
		return
	}
	c.frames.Request("assemble", func() {
		if c.missing > whole {
			c.missing--
			c.parts++
			c.refresh()
		}
	})
}

// OnNav follows a link with an experiment that was pasted into the address.
func (p *Page) OnNav(ctx goapp.Context) {
	if fragment := ctx.Page().URL().Fragment; p.core.ctx != nil && state.IsLink(fragment) {
		p.core.openLink(fragment)
	}
}

// OnResize fits the pictures to the window.
func (p *Page) OnResize(goapp.Context) {
	p.fit()
	p.core.repaint()
}

// fit says whether the window shows one pane at a time, as the style sheet does.
func (p *Page) fit() {
	narrow := goapp.Window().Call("matchMedia", "(max-width: 799px)").Get("matches").Truthy()
	if c := p.core; narrow != c.Narrow {
		c.Do(state.Fit{Narrow: narrow})
	}
}

// OnDismount gives back what the page listened with.
func (p *Page) OnDismount() {
	for _, f := range p.close {
		f()
	}
}

// listen hears what happens outside the components: keys, the tab's being hidden, and the system's theme.
func (p *Page) listen() {
	c := p.core
	window := goapp.Window()
	document := window.Get("document")
	on := func(target goapp.Value, event string, f func(e goapp.Value)) {
		handler := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			f(args[0])
			return nil
		})
		target.Call("addEventListener", event, handler)
		p.close = append(p.close, func() {
			target.Call("removeEventListener", event, handler)
			handler.Release()
		})
	}
	on(document, "keydown", c.key)
	c.dragged(on)
	on(document, "visibilitychange", func(goapp.Value) {
		if document.Get("hidden").Truthy() {
			c.leaving()
			return
		}
		c.frames.Now() // which has the trainer send what has changed since
		if c.missed {
			c.refresh()
		}
	})
	on(window, "pagehide", func(goapp.Value) { c.leaving() })
	on(window.Call("matchMedia", "(prefers-color-scheme: dark)"), "change", func(goapp.Value) {
		draw.ForgetTokens()
		c.Do(state.Paint{Palette: palette()})
		c.repaint()
	})
}

// dress gives the document the theme and the language.
func (p *Page) dress() {
	if goapp.IsServer {
		return
	}
	c := p.core
	root := goapp.Window().Get("document").Get("documentElement")
	if root.Get("lang").String() != c.Language.Tag() {
		root.Set("lang", c.Language.Tag())
	}
	if root.Get("dataset").Get("theme").String() != c.Theme {
		root.Get("dataset").Set("theme", c.Theme)
		draw.ForgetTokens()
		c.send(c.Apply(state.Paint{Palette: palette()}))
		c.repaint()
	}
}

// Render lays out header, banners, the stage and the run bar.
func (p *Page) Render() goapp.UI {
	c := p.core
	if c.ctx != nil {
		p.dress()
	}
	c.assemble()
	r := c.revs()
	doc := c.Rev(state.OnDocument, state.OnShell) // without the parts of the stage
	furnished := uint64(0)
	if c.whole {
		furnished = 1
	}
	return goapp.Div().Class("app").DataSet("pane", c.Pane).DataSet("whole", c.missing == whole).DataSet("tour", c.Tour).DataSet("kind", c.Kind()).Body(
		&header{Core: c, Rev: doc + r.run},
		&banner{Core: c, Rev: doc + r.run + c.Rev(state.OnRuns)},
		c.stage(),
		goapp.Div().Class("dropping").Aria("hidden", true).Body(icon("upload"), goapp.Span().Text(c.t("files.here"))),
		goapp.Div().Class("foot").Body(
			goapp.If(c.Narrow, &panes{Core: c, Rev: doc}),
			&runBar{Core: c, Rev: doc + r.run + r.stats}),
		&help{Core: c, Rev: c.Rev(state.OnShell) + furnished},
		&showcase{Core: c, Rev: c.Rev(state.OnShell, state.OnDocument, state.OnRun, state.OnRuns)},
		&finder{Core: c, Rev: c.Rev(state.OnShell, state.OnDocument, state.OnRun)},
		when(c.whole, func() goapp.UI { return &shelf{Core: c, Rev: c.Rev(state.OnShell)} }),
		goapp.Div().Class("unseen").Role("status").Aria("live", "polite").Text(c.Spoken),
	)
}
