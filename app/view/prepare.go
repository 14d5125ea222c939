package view

import (
	"fmt"
	"slices"

	"descent/app/state"
	"descent/ml/config"
	"descent/ml/data"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// offered is the sources to choose from. One that reads a file of a person's own is shown where a document has it.
func offered(current string) []data.Info {
	return slices.DeleteFunc(data.Sources(), func(s data.Info) bool {
		return s.Type != current && slices.ContainsFunc(s.New().Fields(), func(f config.Field) bool { return f.Form() == "file" })
	})
}

// preparation is what is done with the samples before the model sees them.
func (c *Core) preparation() goapp.UI {
	d := &c.Experiment.Data
	var split []goapp.UI
	for _, f := range d.Split.Fields() {
		split = append(split, c.field(setting{owner: "split", path: "data.split." + f.Name, field: f}))
	}
	for _, f := range d.Fields() {
		split = append(split, c.field(setting{owner: "data", path: "data." + f.Name, field: f, scale: sliderFor(f)}))
	}
	steps := items{c: c, path: "data.preprocess", owner: "step"}
	for _, s := range d.Preprocess {
		info, _ := data.LookupStep(s.Type)
		steps.add(s.Type, info.Title, info.Doc, s.Settings.Fields())
	}
	for _, s := range data.Steps() {
		steps.offer(s.Type, s.Title)
	}
	changes := items{c: c, path: "data.augment", owner: "augment"}
	for _, a := range d.Augment {
		info, _ := data.LookupAugmentation(a.Type)
		changes.add(a.Type, info.Title, info.Doc, a.Settings.Fields())
	}
	for _, a := range data.Augmentations() {
		changes.offer(a.Type, a.Title)
	}
	return goapp.Details().Class("more").Body(
		goapp.Summary().Text(c.t("data.prepare")),
		goapp.Div().Class("groups").Body(
			goapp.Div().Class("group").Body(goapp.H3().Text(c.t("data.split")), goapp.Div().Class("fields").Body(split...)),
			goapp.Div().Class("group").Body(goapp.H3().Text(c.t("data.preprocess")), goapp.P().Class("doc").Text(c.t("data.preprocess.doc")), steps.form()),
			goapp.Div().Class("group").Body(goapp.H3().Text(c.t("data.augment")), goapp.P().Class("doc").Text(c.t("data.augment.doc")), changes.form()),
		),
	)
}

// items is a form for a list of the document whose items are entries of a catalogue.
type items struct {
	c           *Core
	path, owner string
	rows        []goapp.UI
	options     []goapp.UI
}

func (l *items) add(typ, title, doc string, fields []config.Field) {
	c, at := l.c, len(l.rows)
	owner, place := l.owner+"."+typ, fmt.Sprint(l.path, ".", at)
	title = c.Language.Term(owner, title)
	var controls []goapp.UI
	for _, f := range fields {
		controls = append(controls, c.field(setting{owner: owner, path: place + "." + f.Name, field: f, scale: sliderFor(f)}))
	}
	l.rows = append(l.rows, goapp.Li().Class("item").Body(
		goapp.Div().Class("field-name").Body(
			goapp.Span().Class("item-title").Text(title),
			c.why(place, title, c.Language.Term(owner+".doc", doc)),
			goapp.Div().Class("item-tools").Body(
				when(at > 0, func() goapp.UI {
					return tool("arrow-up", c.t("item.up", title), c.act(state.Shift{List: l.path, At: at, By: -1}), place)
				}),
				tool("x", c.t("item.remove", title), c.act(state.Remove{List: l.path, At: at}), place))),
		goapp.If(c.Hint == place, goapp.P().Class("hint").Text(c.Language.Term(owner+".doc", doc))),
		when(c.ProblemAt(place) != "", func() goapp.UI { return goapp.P().Class("wrong").Text(c.ProblemAt(place)) }),
		goapp.Div().Class("fields").Body(controls...),
	))
}

func (l *items) offer(typ, title string) {
	l.options = append(l.options, goapp.Option().Value(typ).Text(l.c.Language.Term(l.owner+"."+typ, title)))
}

func (l *items) form() goapp.UI {
	c, at := l.c, len(l.rows)
	first := goapp.Option().Value("").Selected(true).Text(c.t("item.add"))
	return goapp.Div().Body(
		goapp.Ol().Class("items").Body(l.rows...),
		goapp.Div().Class("field-control").Body(
			goapp.Select().ID("add-"+l.owner).Aria("label", c.t("item.add")).OnChange(func(ctx goapp.Context, _ goapp.Event) {
				menu := ctx.JSSrc()
				typ := menu.Get("value").String()
				menu.Set("value", "") // it goes on saying what it is for
				if typ != "" {
					c.Do(state.Insert{List: l.path, Type: typ, At: at})
				}
			}, l.path, at).Body(append([]goapp.UI{first}, l.options...)...)),
	)
}

// tool is a small button with a picture.
func tool(face, label string, act goapp.EventHandler, scope ...any) goapp.UI {
	return goapp.Button().Type("button").Class("tool").Title(label).Aria("label", label).OnClick(act, append(scope, label)...).Body(icon(face))
}
