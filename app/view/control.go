package view

import (
	"slices"
	"strconv"
	"strings"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/experiment"
	"descent/ml/nn"
	"descent/ml/optim"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// shown is a setting's value as text.
func (c *Core) shown(s setting) string {
	if d, ok := c.Drafts[s.path]; ok {
		return d.Text
	}
	v := c.Value(s.path)
	if v != nil && v.Kind == config.Object && v.Get("type") != nil {
		v = v.Get("type")
	}
	if v == nil || v.Kind == config.Object {
		v = s.field.Value()
	}
	switch v.Kind {
	case config.Number:
		return state.Setting(v.Num)
	case config.String:
		return v.Str
	case config.Array:
		parts := make([]string, len(v.Items))
		for i, item := range v.Items {
			parts[i] = state.Setting(item.Num)
		}
		if s.field.Form() == "pair" {
			return strings.Join(parts, "×")
		}
		return strings.Join(parts, ", ")
	}
	return strconv.FormatBool(v.Bool)
}

// control is the input itself, as the form of the field wants it.
func (c *Core) control(s setting, id, problem string) goapp.UI {
	value := c.shown(s)
	switch s.field.Form() {
	case "toggle":
		return goapp.Input().Type("checkbox").ID(id).Checked(value == "true").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.Set{Path: s.path, Value: config.Flag(ctx.JSSrc().Get("checked").Bool())})
		}, s.path)
	case "choice":
		if len(s.field.Amounts) > 0 {
			return c.amount(s, id, value, problem)
		}
		return c.menu(s, id, value, s.field.Choices, c.set(s.path, "choice"))
	case "reference":
		return c.references(s, id, value)
	case "prose":
		area := goapp.Textarea().ID(id).Rows(8).Attr("autocomplete", "off").Spellcheck(false).Attr("value", value).OnChange(c.set(s.path, "prose "+strconv.Itoa(int(s.field.Max))), s.path)
		if problem != "" {
			area = area.Aria("invalid", true).Aria("describedby", id+"-problem")
		}
		return area
	case "numbers":
		if len(s.field.Choices) > 0 {
			return c.numbers(s, id, value, problem)
		}
	}
	return c.typed(s, id, value, problem)
}

// set is a handler that takes what a control holds for a setting.
func (c *Core) set(path, form string) goapp.EventHandler {
	return func(ctx goapp.Context, _ goapp.Event) {
		c.Do(state.SetText{Path: path, Form: form, Text: ctx.JSSrc().Get("value").String()})
	}
}

// typed is a control for text and numbers.
func (c *Core) typed(s setting, id, value, problem string) goapp.UI {
	form := s.field.Form()
	keys := "decimal"
	if form == "text" || form == "file" || form == "numbers" {
		keys = "text"
	}
	input := goapp.Input().Type("text").Attr("inputmode", keys).AutoComplete(false).Spellcheck(false).
		ID(id).Value(value).OnChange(c.set(s.path, form), s.path, form)
	if problem != "" {
		input = input.Aria("invalid", true).Aria("describedby", id+"-problem")
	}
	return input
}

// menu is a control with a list of choices. One that the document has and the list lacks is shown too.
func (c *Core) menu(s setting, id, value string, choices []string, set goapp.EventHandler) goapp.UI {
	if !slices.Contains(choices, value) {
		choices = append([]string{value}, choices...)
	}
	var options []goapp.UI
	for _, choice := range choices {
		options = append(options, goapp.Option().Value(choice).Selected(choice == value).Text(c.choice(s.field.Name, choice)))
	}
	return goapp.Select().ID(id).OnChange(set, s.path, s.field.Form(), strings.Join(choices, " ")).Body(options...)
}

// choice is what can be chosen, as a person reads it: an entry of a catalogue by its title.
func (c *Core) choice(field, choice string) string {
	title := ""
	switch field {
	case "loss":
		info, _ := nn.LookupLoss(choice)
		title = info.Title
	case "schedule":
		info, _ := optim.LookupSchedule(choice)
		title = info.Title
	case "metric":
		for _, m := range experiment.Metrics {
			if m.Type == choice {
				title = m.Title
			}
		}
	}
	if title != "" {
		return c.Language.Term(field+"."+choice, title)
	}
	return c.Language.Choice(field, choice)
}

// amount is a menu, and where the choice takes a number, a place for it: "normal(0.02)".
func (c *Core) amount(s setting, id, value, problem string) goapp.UI {
	name, number, given := config.Split(value)
	menu := c.menu(s, id, name, s.field.Choices, c.set(s.path, "choice"))
	if !slices.Contains(s.field.Amounts, name) {
		return menu
	}
	text := ""
	if given {
		text = state.Setting(number)
	}
	if d, ok := c.Drafts[s.path]; ok {
		text = d.Text
	}
	return goapp.Div().Class("field-control").Body(menu,
		goapp.Input().Type("text").Attr("inputmode", "decimal").AutoComplete(false).ID(id+"-number").Value(text).
			Placeholder(c.t("form.usual")).Aria("label", c.t("form.amount")).Aria("invalid", problem != "").
			OnChange(func(ctx goapp.Context, _ goapp.Event) {
				c.Do(state.SetText{Path: s.path, Form: "amount " + name, Text: ctx.JSSrc().Get("value").String()})
			}, s.path, name))
}

// own is the choice of a list of one's own numbers instead of a word.
const own = "own"

// numbers is a menu of words, one of which stands for a list of numbers.
func (c *Core) numbers(s setting, id, value, problem string) goapp.UI {
	word := value
	if !slices.Contains(s.field.Choices, value) {
		word = own
	}
	menu := c.menu(s, id, word, append(slices.Clone(s.field.Choices), own), func(ctx goapp.Context, _ goapp.Event) {
		chosen := ctx.JSSrc().Get("value").String()
		switch {
		case chosen != own:
			c.Do(state.Set{Path: s.path, Value: config.Text(chosen)})
		case s.field.Name == "padding":
			c.Do(state.Set{Path: s.path, Value: config.List(config.Num(0), config.Num(0))})
		default:
			c.Do(state.Set{Path: s.path, Value: config.List()})
		}
	})
	if word != own {
		return menu
	}
	label, _ := c.Language.Field(s.owner, s.field.Name, "")
	input := goapp.Input().Type("text").AutoComplete(false).ID(id+"-list").Value(value).Aria("label", label).
		Aria("invalid", problem != "").OnChange(c.set(s.path, "numbers"), s.path)
	return goapp.Div().Class("field-control").Body(menu, input)
}

// references is a menu of the nodes before the one that the setting belongs to.
func (c *Core) references(s setting, id, value string) goapp.UI {
	var before []string
	for _, r := range c.Rows {
		if strings.HasPrefix(s.path, "model.nodes."+r.ID+".") {
			break
		}
		before = append(before, r.ID)
	}
	return c.menu(s, id, value, before, c.set(s.path, "reference"))
}
