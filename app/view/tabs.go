package view

import (
	"slices"

	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// tabs is a row of tabs, of which one is open, and below it what the open one shows. Arrow keys go from one to the next.
func (c *Core) tabs(group, label string, all []string, now string, open func(tab string) state.Action, body goapp.UI) []goapp.UI {
	var buttons []goapp.UI
	for _, tab := range all {
		index := -1
		if tab == now {
			index = 0
		}
		buttons = append(buttons, goapp.Button().Type("button").Class("stage-tab").ID(group+"-tab-"+tab).Role("tab").Aria("selected", tab == now).
			Aria("controls", group+"-panel").TabIndex(index).DataSet("testid", group+"-"+tab).
			OnClick(c.act(open(tab)), tab).Text(c.t(group+"."+tab)))
	}
	return []goapp.UI{
		goapp.Div().Class("stage-tabs").Role("tablist").Aria("label", label).
			On("keydown", func(_ goapp.Context, e goapp.Event) {
				if to, ok := moved(e.Get("key").String(), slices.Index(all, now), len(all)); ok {
					e.PreventDefault()
					c.Do(open(all[to]))
					goapp.Window().GetElementByID(group + "-tab-" + all[to]).Call("focus")
				}
			}, now, len(all)).Body(buttons...),
		goapp.Div().ID(group+"-panel").Class("tab-panel").Role("tabpanel").Aria("labelledby", group+"-tab-"+now).Body(body),
	}
}

// stopAt is the tab index of a button in a list of which Tab stops at one.
func stopAt(stop bool) int {
	if stop {
		return 0
	}
	return -1
}

// stepTo moves the focus among the buttons of such a list with the arrow keys, and returns where it is now.
func stepTo(list, key string) (int, bool) {
	buttons := goapp.Window().GetElementByID(list).Call("querySelectorAll", "button")
	now := slices.IndexFunc(slices.Collect(indices(buttons.Length())), func(i int) bool {
		return buttons.Index(i).Equal(goapp.Window().Get("document").Get("activeElement"))
	})
	to, ok := moved(key, now, buttons.Length())
	if ok && now >= 0 {
		buttons.Index(to).Call("focus")
	}
	return to, ok && now >= 0
}
