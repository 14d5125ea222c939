package view

import (
	"strconv"
	"strings"

	"descent/app/state"
	"descent/ml/nn"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// viewedSample chooses the sample that is looked at.
func (c *Core) viewedSample() goapp.UI {
	if c.Sequential() {
		return c.subject()
	}
	where := c.t("subject.one", state.Count(c.Subject.Sample+1))
	if v := c.Sights.Viewed; v != nil && !v.Drawn {
		where = c.t("subject.sample", state.Count(v.Sample+1), state.Count(v.Samples))
	}
	if c.Drawing {
		where = c.t("layers.drawing")
	}
	return goapp.Div().Class("subject").Body(
		goapp.Div().Class("subject-turn").Body(
			goapp.Button().Type("button").Class("small").Title(c.t("subject.before")).Aria("label", c.t("subject.before")).
				OnClick(c.act(state.ReadSample{By: -1})).Body(icon("chevron-left")),
			goapp.Button().Type("button").Class("small").Title(c.t("subject.after")).Aria("label", c.t("subject.after")).DataSet("testid", "next-sample").
				OnClick(c.act(state.ReadSample{By: 1}), "after").Body(icon("chevron-right")),
			goapp.Span().Class("soft").DataSet("testid", "viewed-which").Text(where)),
		when(c.TakesDigits(), func() goapp.UI {
			return goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(c.Drawing).DataSet("testid", "view-drawing").OnChange(c.act(state.ViewDrawing{On: !c.Drawing}), c.Drawing),
				goapp.Span().Text(c.t("layers.pad")))
		}))
}

// layerMenu chooses the layer.
func (c *Core) layerMenu() goapp.UI {
	now := c.Layered()
	var options []goapp.UI
	for _, id := range c.Viewable() {
		text := id
		if id == nn.InputName {
			text = c.t("net.input")
		}
		options = append(options, goapp.Option().Value(id).Selected(id == now).Text(text))
	}
	return goapp.Div().Class("choose").Body(goapp.Label().For("view-layer").Text(c.t("attention.layer")),
		goapp.Select().ID("view-layer").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.ViewLayer{Layer: ctx.JSSrc().Get("value").String()})
		}).Body(options...))
}

// partMenu chooses what of the layer: what it computes, a step on the way, or a parameter.
func (c *Core) partMenu() goapp.UI {
	layer := c.Layered()
	parts := c.Parts(layer)
	if len(parts) < 2 {
		return nil
	}
	now := strings.TrimPrefix(strings.TrimPrefix(c.ViewPath(), layer), ".")
	var options []goapp.UI
	for _, part := range parts {
		text := part
		if part == "" {
			text = c.t("layers.output")
		}
		options = append(options, goapp.Option().Value(part).Selected(part == now).Text(text))
	}
	return goapp.Div().Class("choose").Body(goapp.Label().For("view-part").Text(c.t("layers.show")),
		goapp.Select().ID("view-part").OnChange(func(ctx goapp.Context, _ goapp.Event) {
			c.Do(state.ViewLayer{Layer: layer, Part: ctx.JSSrc().Get("value").String()})
		}, layer).Body(options...))
}

// channelMenu chooses the input channel of filters that read several.
func (c *Core) channelMenu(a arrangement) goapp.UI {
	if a.channels < 2 {
		return nil
	}
	now := min(c.Channel, a.channels-1)
	return goapp.Div().Class("choose").Body(goapp.Label().For("view-channel").Text(c.t("layers.channel", strconv.Itoa(a.channels))),
		goapp.Input().Type("number").ID("view-channel").Class("small-number").Min(1).Max(a.channels).Step(1).Value(now+1).
			OnChange(func(ctx goapp.Context, _ goapp.Event) {
				c.Do(state.ViewChannel{Channel: min(max(wholeOf(ctx.JSSrc().Get("value").String()), 1), a.channels) - 1})
			}, a.channels))
}

// viewedAnswer is what the model says of the sample, and what is right.
func (c *Core) viewedAnswer() goapp.UI {
	v := c.Sights.Viewed
	if v == nil || c.Data == nil || len(v.Answer) == 0 || c.Sequential() {
		return nil
	}
	text := ""
	if len(c.Data.Classes) > 0 {
		class, p := 0, v.Answer[0]
		for i, q := range v.Answer {
			if q > p {
				class, p = i, q
			}
		}
		if len(v.Answer) == 1 {
			class = 0
			if p >= 0.5 {
				class = 1
			} else {
				p = 1 - p
			}
		}
		text = c.t("layers.says", c.Class(class), state.Percent(p))
		if len(v.Label) == 1 {
			text += c.t("layers.is", c.Class(int(v.Label[0])))
		}
	} else {
		text = c.t("layers.says.value", state.Loss(v.Answer[0]))
		if len(v.Label) == 1 {
			text += c.t("layers.is", state.Loss(v.Label[0]))
		}
	}
	return goapp.P().Class("soft").DataSet("testid", "verdict").Text(text)
}
