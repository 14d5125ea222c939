package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// key acts on a key pressed anywhere. Keys belong first to what has the focus, to input methods, and to the browser.
func (c *Core) key(e goapp.Value) {
	if e.Get("isComposing").Truthy() || e.Get("defaultPrevented").Truthy() {
		return
	}
	key := e.Get("key").String()
	typing := takesKeys(e.Get("target"))
	if c.Listening != "" {
		c.hearKey(e, key)
		return
	}
	if e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() {
		if typing && key != "k" {
			return
		}
		switch {
		case key == "k":
			e.Call("preventDefault")
			c.Do(state.ShowCommands{Open: !c.Searching})
		case key == "z" && !e.Get("shiftKey").Truthy():
			e.Call("preventDefault")
			c.Do(state.Undo{})
		case key == "y" || key == "Z" || key == "z":
			e.Call("preventDefault")
			c.Do(state.Redo{})
		}
		return
	}
	if key == "Escape" {
		switch {
		case c.Help:
			c.Do(state.ShowHelp{})
		case c.Tour > 0:
			c.Do(state.ShowTour{})
		case c.Hint != "":
			c.Do(state.ShowHint{Of: c.Hint})
		}
		return
	}
	if typing || !c.Shortcuts || e.Get("altKey").Truthy() || e.Get("repeat").Truthy() || c.Help || c.Searching || c.Showcase || c.Palette {
		return
	}
	button := e.Get("target").Call("closest", "button, a, summary, select, input, [role=application]").Truthy()
	switch c.Bound(key) {
	case state.DoPlay:
		if button && key == " " {
			return // it presses what has the focus
		}
		e.Call("preventDefault")
		if c.Running() {
			c.Do(state.Pause{})
		} else {
			c.Do(state.Play{})
		}
	case state.DoStep:
		c.Do(state.Step{})
	case state.DoReset:
		c.Do(state.Reset{})
	case state.DoHelp:
		c.Do(state.ShowHelp{Open: true})
	case state.DoData:
		c.goTo(state.PaneData)
	case state.DoModel:
		c.goTo(state.PaneModel)
	case state.DoTrain:
		c.goTo(state.PaneTrain)
	case state.DoEvaluate:
		c.goTo(state.PaneEvaluate)
	case state.DoRuns:
		c.goTo(state.PaneRuns)
	}
}

// hearKey gives the key that was pressed to the command that waits for one; Escape and Tab leave all as it was.
func (c *Core) hearKey(e goapp.Value, key string) {
	switch key {
	case "Shift", "Control", "Alt", "Meta":
		return // the key comes after it
	case "Tab", "Escape":
		c.Do(state.Listen{})
		if key == "Escape" {
			e.Call("preventDefault") // or the dialog would close
		}
		return
	}
	e.Call("preventDefault")
	c.Do(state.Bind{Command: c.Listening, Key: key})
}

// takesKeys reports whether keys pressed there are text.
func takesKeys(target goapp.Value) bool {
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return false
	}
	return target.Call("closest", "textarea, select, [contenteditable], [role=application], input:not([type=range], [type=checkbox], [type=radio], [type=file])").Truthy()
}
