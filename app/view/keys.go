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
	if e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() {
		if typing {
			return
		}
		switch {
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
		case c.Hint != "":
			c.Do(state.ShowHint{Of: c.Hint})
		}
		return
	}
	if typing || !c.Shortcuts || e.Get("altKey").Truthy() || e.Get("repeat").Truthy() || c.Help {
		return
	}
	button := e.Get("target").Call("closest", "button, a, summary, select, [role=application]").Truthy()
	switch key {
	case " ":
		if button {
			return // it presses what has the focus
		}
		e.Call("preventDefault")
		if c.Running() {
			c.Do(state.Pause{})
		} else {
			c.Do(state.Play{})
		}
	case "s", "S":
		c.Do(state.Step{})
	case "r", "R":
		c.Do(state.Reset{})
	case "?":
		c.Do(state.ShowHelp{Open: true})
	}
}

// takesKeys reports whether keys pressed there are text.
func takesKeys(target goapp.Value) bool {
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return false
	}
	return target.Call("closest", "textarea, select, [contenteditable], [role=application], input:not([type=range], [type=checkbox], [type=radio])").Truthy()
}
