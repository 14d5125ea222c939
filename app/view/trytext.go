package view

import (
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// tryText is a text of one's own that the model puts into a class.
type tryText struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (v *tryText) Render() goapp.UI {
	c := v.Core
	var answer goapp.UI = goapp.P().Class("soft", "try-none").Text(c.t("try.none"))
	if c.Reply != nil && c.Typed != "" {
		answer = c.reply()
	}
	return c.card("try", c.t("try.title"), c.t("try.text"), nil,
		goapp.Div().Class("try").Body(
			goapp.Div().Class("try-fields").Body(
				goapp.Label().Class("unseen").For("try-text").Text(c.t("try.text.label")),
				goapp.Textarea().ID("try-text").Rows(4).Placeholder(c.t("try.text.label")).Text(c.Typed).
					OnInput(func(ctx goapp.Context, _ goapp.Event) { c.Do(state.TypeIn{Text: ctx.JSSrc().Get("value").String()}) })),
			answer))
}
