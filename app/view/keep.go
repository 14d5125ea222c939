package view

import (
	"strings"
	"time"

	"descent/app/language"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// What is remembered between visits. A browser may forbid storage; then nothing is.
const (
	keptLanguage = "descent.language"
	keptTheme    = "descent.theme"
	keptKeys     = "descent.keys"
	keptPace     = "descent.pace." // and what it is for
	keptBound    = "descent.key."  // and the command
	keptTour     = "descent.tour"  // that it was seen
	keptOpened   = "descent.opened"
	keptCharts   = "descent.charts"
)

func (c *Core) keep(a state.Action) {
	store := c.ctx.LocalStorage()
	switch a := a.(type) {
	case state.Speak:
		store.Set(keptLanguage, string(a.Language))
	case state.Dress:
		store.Set(keptTheme, a.Theme)
	case state.UseKeys:
		store.Set(keptKeys, a.On)
	case state.SetPace:
		store.Set(keptPace+a.Of, a.Rate)
	case state.Smooth, state.SetAxis, state.ShowLog, state.ShowLogX:
		store.Set(keptCharts, c.KeptCharts())
	case state.Bind, state.UsualKeys:
		for command, key := range c.Keys {
			store.Set(keptBound+command, key)
		}
	}
}

// recall brings back what was chosen on an earlier visit, or what the browser prefers.
func (c *Core) recall() {
	store := c.ctx.LocalStorage()
	spoken := goapp.Window().Get("navigator").Get("language").String()
	store.Get(keptLanguage, &spoken)
	c.Apply(state.Speak{Language: language.Match(spoken)})
	var theme string
	if store.Get(keptTheme, &theme); theme == "light" || theme == "dark" {
		c.Apply(state.Dress{Theme: theme})
	}
	var opened map[string]int
	store.Get(keptOpened, &opened)
	c.Apply(state.RecallTest{Opened: opened})
	var charts map[string]int
	store.Get(keptCharts, &charts)
	c.Apply(state.RecallCharts{Kept: charts})
	keys := true
	store.Get(keptKeys, &keys)
	c.Apply(state.UseKeys{On: keys})
	bound := map[string]string{}
	for _, command := range state.Keyed {
		var key string
		store.Get(keptBound+command, &key)
		bound[command] = key
	}
	c.Apply(state.TakeKeys{Keys: bound})
	var toured bool
	if store.Get(keptTour, &toured); !toured {
		c.Apply(state.ShowTour{At: 1})
		store.Set(keptTour, true)
	}
	for of, rate := range c.Paces {
		store.Get(keptPace+of, &rate)
		c.Apply(state.SetPace{Of: of, Rate: rate})
	}
}

// keepOpened remembers how often which test part was opened.
func (c *Core) keepOpened() { c.ctx.LocalStorage().Set(keptOpened, c.Opened) }

// keptLink is the link that this tab has opened or made, in the tab's own storage: after a reload what was made of it
// since comes back, and not the link.
const keptLink = "descent.link"

// known reports whether a link is the one that this tab has opened or made already.
func (c *Core) known(fragment string) bool {
	return sessionText(keptLink) == strings.TrimPrefix(fragment, "#")
}

// openLink opens the experiment in an address.
func (c *Core) openLink(fragment string) {
	setSessionText(keptLink, strings.TrimPrefix(fragment, "#"))
	text, err := state.OpenLink(fragment)
	if err != nil {
		c.Do(state.Notify{Key: "notice.badlink"})
		return
	}
	if text != c.Text {
		c.Do(state.Load{Text: text})
	}
}

// shareLink puts the experiment into the address and copies it.
func (c *Core) shareLink() {
	if !state.Linkable(c.Text) {
		c.notify("notice.biglink")
		return
	}
	window := goapp.Window()
	location := window.Get("location")
	fragment := state.Link(c.Text)
	setSessionText(keptLink, fragment)
	link := location.Get("origin").String() + location.Get("pathname").String() + "#" + fragment
	window.Get("history").Call("replaceState", nil, "", link)
	c.copyText(link, "notice.copied", "notice.linked")
}

// notify says something that is no trouble, and takes it back after a while.
func (c *Core) notify(key string) {
	c.Do(state.Notify{Key: key})
	time.AfterFunc(10*time.Second, func() {
		if c.Notice == key {
			c.Do(state.Notify{})
		}
	})
}

// save downloads the experiment as a file.
func (c *Core) save() { download(textBlob(c.Text, "application/json"), "experiment.json") }

// maxFile bounds a file that is opened.
const maxFile = 4 << 20

// openFile reads the file that was chosen.
func (c *Core) openFile(input goapp.Value) {
	if file := input.Get("files").Index(0); file.Truthy() {
		c.openDocument(file)
	}
	input.Set("value", "") // the same file can be chosen again
}

// openDocument reads an experiment from a file.
func (c *Core) openDocument(file goapp.Value) {
	if file.Get("size").Int() > maxFile {
		c.Do(state.Notify{Key: "notice.bigfile"})
		return
	}
	file.Call("text").Then(func(text goapp.Value) {
		content := text.String()
		c.ctx.Dispatch(func(goapp.Context) { c.Do(state.Load{Text: content}) })
	})
}
