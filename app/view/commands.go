package view

import (
	"strings"

	"descent/app/language"
	"descent/app/state"
	"descent/ml/data"
	"descent/ml/nn"
	"descent/web/presets"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A command is something that can be searched for and done.
type command struct {
	id, group, title string
	key              string // its shortcut, as it is written
	off              bool   // it makes no sense now
	do               func()
}

// commands is all that can be searched for.
func (c *Core) commands() []command {
	var out []command
	add := func(id, group, title string, off bool, a ...state.Action) {
		out = append(out, command{id: id, group: group, title: title, off: off, key: c.keyOf(id), do: func() {
			for _, one := range a {
				c.Do(one)
			}
			if group == "stage" || group == "preset" || group == "data" {
				c.enter()
			}
		}})
	}
	if c.Running() {
		add(state.DoPlay, "run", c.t("run.pause"), false, state.Pause{})
	} else {
		add(state.DoPlay, "run", c.t("run.play"), !c.Playable() && !c.Opening(), state.Play{})
	}
	add(state.DoStep, "run", c.t("run.step"), !c.Playable(), state.Step{})
	add(state.DoReset, "run", c.t("run.reset"), !c.Resettable(), state.Reset{})
	for _, rate := range state.Paces {
		text := c.t("run.full")
		if rate > 0 {
			text = c.t("run.pace", state.Setting(rate))
		}
		add("pace-"+state.Setting(rate), "run", c.t("pace.title")+": "+text, rate == c.Pace(), state.SetPace{Of: c.PaceOf(), Rate: rate})
	}
	for _, stage := range stages {
		add("stage-"+stage.pane, "stage", c.t("pane."+stage.pane), false, state.Show{Pane: stage.pane})
	}
	add("undo", "page", c.t("tool.undo"), !c.CanUndo(), state.Undo{})
	add("redo", "page", c.t("tool.redo"), !c.CanRedo(), state.Redo{})
	add("editor", "page", c.t("tool.editor"), false, state.ShowEditor{Open: !c.Editor})
	out = append(out, command{id: "share", group: "page", title: c.t("tool.share"), do: c.shareLink},
		command{id: "save", group: "page", title: c.t("command.save"), do: c.save})
	out = append(out, command{id: "report", group: "page", title: c.t("paper.save"), off: c.State.Step == 0, do: c.savePaper})
	for _, theme := range []string{"", "light", "dark"} {
		add("theme-"+theme, "page", c.t("tool.theme."+theme), c.Theme == theme, state.Dress{Theme: theme})
	}
	for _, l := range language.All {
		add("language-"+string(l), "page", l.Name(), c.Language == l, state.Speak{Language: l})
	}
	add(state.DoHelp, "page", c.t("tool.help"), false, state.ShowHelp{Open: true})
	add("tour", "page", c.t("tour.start"), false, state.ShowTour{At: 1})
	add("showcase", "preset", c.t("showcase.title"), false, state.ShowShowcase{Open: true})
	for _, e := range presets.Exhibits() {
		if text, ok := presets.Text(e.Name); ok {
			add("preset-"+e.Name, "preset", c.Language.Term("preset."+e.Name, presetTitle(e.Name)), e.Name == c.Preset,
				state.Load{Preset: e.Name, Text: string(text)})
		}
	}
	for _, s := range data.Sources() {
		if s.Made {
			add("source-"+s.Type, "data", c.Language.Term("source."+s.Type, s.Title), s.Type == c.Source(), state.SetSource{Type: s.Type})
		}
	}
	for _, info := range nn.Layers() {
		add("layer-"+info.Type, "layer", c.Language.Term("layer."+info.Type, info.Title), c.Experiment == nil,
			state.Insert{List: state.Layers, Type: info.Type, At: c.placeForNew()})
	}
	return out
}

// keyOf is a command's shortcut as it is written, or "".
func (c *Core) keyOf(command string) string {
	switch command {
	case "undo":
		return "Ctrl+Z"
	case "redo":
		return "Ctrl+Y"
	}
	return c.keyName(c.Keys[command])
}

func (c *Core) keyName(key string) string {
	if key == " " {
		return c.t("key.space")
	}
	return strings.ToUpper(key)
}

// finder is the dialog that searches commands: a list that the arrows walk through while one types.
type finder struct {
	goapp.Compo
	Core *Core
	Rev  uint64
	open bool
	find string
	at   int
}

// OnUpdate opens and closes the dialog.
func (f *finder) OnUpdate(goapp.Context) {
	dialog := goapp.Window().GetElementByID("commands")
	if !dialog.Truthy() || f.open == f.Core.Searching {
		return
	}
	if f.open = f.Core.Searching; !f.open {
		dialog.Call("close")
		return
	}
	dialog.Call("showModal")
	search := goapp.Window().GetElementByID("commands-find")
	search.Set("value", "")
	search.Call("focus")
}

// shownCommands is how many commands are listed at most: nobody reads more, and typing narrows them down.
const shownCommands = 40

func (f *finder) found() []command {
	var out []command
	words := strings.Fields(strings.ToLower(f.find))
	for _, one := range f.Core.commands() {
		text := strings.ToLower(strings.ReplaceAll(one.id, "-", " ") + " " + one.title + " " + f.Core.t("command."+one.group))
		fits := !one.off
		for _, w := range words {
			fits = fits && strings.Contains(text, w)
		}
		if fits && len(out) < shownCommands {
			out = append(out, one)
		}
	}
	return out
}

func (f *finder) Render() goapp.UI {
	c := f.Core
	dialog := goapp.Elem("dialog").ID("commands").Class("help", "commands").Aria("label", c.t("command.title")).
		On("close", func(goapp.Context, goapp.Event) {
			f.open, f.find, f.at = false, "", 0
			if c.Searching {
				c.Do(state.ShowCommands{})
			}
		})
	var rows []goapp.UI
	var found []command
	if c.Searching {
		found = f.found()
	}
	f.at = min(f.at, max(0, len(found)-1))
	for i, one := range found {
		rows = append(rows, goapp.Li().ID("command-"+one.id).Class("command").Role("option").Aria("selected", i == f.at).
			OnClick(func(goapp.Context, goapp.Event) { f.take(one) }, one.id).Body(
			goapp.Span().Class("soft").Text(c.t("command."+one.group)),
			goapp.Span().Class("command-title").Text(one.title),
			goapp.If(one.key != "", goapp.Elem("kbd").Text(one.key))))
	}
	search := goapp.Input().Type("text").ID("commands-find").Class("palette-find").AutoComplete(false).Spellcheck(false).
		Role("combobox").Aria("expanded", true).Aria("controls", "commands-list").Aria("label", c.t("command.title")).
		Placeholder(c.t("command.find")).OnInput(func(ctx goapp.Context, _ goapp.Event) {
		f.find, f.at = ctx.JSSrc().Get("value").String(), 0
	}).OnKeyDown(f.press)
	if len(found) > 0 {
		search = search.Aria("activedescendant", "command-"+found[f.at].id)
	}
	return dialog.Body(search,
		goapp.If(c.Searching && len(found) == 0, goapp.P().Class("doc").Role("status").Text(c.t("command.none"))),
		goapp.Ul().ID("commands-list").Class("commands-list").Role("listbox").Aria("label", c.t("command.title")).Body(rows...))
}

// press walks through the list, and takes an entry.
func (f *finder) press(_ goapp.Context, e goapp.Event) {
	found := f.found()
	if e.Get("isComposing").Truthy() || len(found) == 0 {
		return
	}
	switch e.Get("key").String() {
	case "ArrowDown":
		f.at = (f.at + 1) % len(found)
	case "ArrowUp":
		f.at = (f.at + len(found) - 1) % len(found)
	case "Enter":
		e.PreventDefault()
		f.take(found[min(f.at, len(found)-1)])
		return
	default:
		return
	}
	e.PreventDefault()
	if row := goapp.Window().GetElementByID("command-" + found[f.at].id); row.Truthy() {
		row.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}

func (f *finder) take(one command) {
	f.Core.Do(state.ShowCommands{})
	one.do()
}
