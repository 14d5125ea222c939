package view

import (
	"fmt"
	"math"
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataPrepare divides the samples, and lists what is done to each on its way to the model, with real samples after each
// step.
type dataPrepare struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (d *dataPrepare) OnMount(goapp.Context)  { d.Core.paintWay() }
func (d *dataPrepare) OnUpdate(goapp.Context) { d.Core.paintWay() }
func (d *dataPrepare) OnResize(goapp.Context) { d.Core.paintWay() }

func (d *dataPrepare) Render() goapp.UI {
	c := d.Core
	if c.Experiment == nil || c.Experiment.Data.Source != c.Source() {
		return goapp.Section().Class("panel").Body(goapp.P().Class("empty").Text(c.t("found.mendfirst")))
	}
	return goapp.Div().Class("prepare").Body(c.splitCard(), c.wayCard())
}

// splitCard divides the samples into parts.
func (c *Core) splitCard() goapp.UI {
	d := &c.Experiment.Data
	train, validation, test := c.Plan.Train, c.Plan.Validation, c.Plan.Meta.Test
	if c.Data != nil {
		train, validation, test = c.Data.Train, c.Data.Validation, c.Data.Test
	}
	var exact []goapp.UI
	for _, f := range d.Split.Fields() {
		if f.Form() != "toggle" {
			exact = append(exact, c.field(setting{owner: "split", path: "data.split." + f.Name, field: f}))
		}
	}
	for _, f := range d.Fields() {
		exact = append(exact, c.field(setting{owner: "data", path: "data." + f.Name, field: f, scale: sliderFor(f)}))
	}
	var toggles []goapp.UI
	for _, f := range d.Split.Fields() {
		if f.Form() == "toggle" {
			toggles = append(toggles, c.field(setting{owner: "split", path: "data.split." + f.Name, field: f}))
		}
	}
	return goapp.Section().Class("panel").Aria("labelledby", "split-title").DataSet("testid", "split").Body(
		goapp.H2().ID("split-title").Text(c.t("data.split")),
		goapp.P().Class("doc").Text(c.t("split.doc")),
		c.splitPicture(train, validation, test),
		goapp.Div().Class("fields", "split-sliders").Body(
			c.validationSlider(train, validation),
			c.testSlider(),
		),
		goapp.Div().Class("fields").Body(append(toggles, c.seedField())...),
		goapp.Details().Class("more").Body(goapp.Summary().Text(c.t("split.exact")), goapp.Div().Class("fields").Body(exact...)),
	)
}

// splitPicture is the parts as one bar: grey to train on, violet to validate with, and behind a lock the test.
func (c *Core) splitPicture(train, validation, test int) goapp.UI {
	all := float64(max(1, train+validation+test))
	a, b := 100*float64(train)/all, 100*float64(validation)/all
	words := c.t("split.picture", state.Count(train), state.Count(validation), state.Count(test))
	part := func(class, face, key string, n int) goapp.UI {
		mark := goapp.UI(goapp.Span().Class("part-swatch", class).Aria("hidden", true))
		if face != "" {
			mark = icon(face)
		}
		return goapp.Li().Body(mark, goapp.Span().Text(c.t(key)), goapp.Strong().Text(state.Count(n)))
	}
	return goapp.Div().Class("split-picture").Body(
		goapp.Div().Role("img").Aria("label", words).Body(
			bars("0 0 100 10", rect{"train", 0, 0, a, 10}, rect{"validation", a, 0, b, 10}, rect{"test", a + b, 0, 100 - a - b, 10})),
		goapp.Ul().Class("legend", "part-legend").Body(
			part("part-swatch-train", "", "part.train", train),
			part("part-swatch-validation", "", "part.validation", validation),
			goapp.If(test > 0, part("", "lock", "part.test", test))),
		goapp.If(test > 0, goapp.P().Class("soft").Text(c.t("part.sealed"))))
}

// percentSlider is a slider for a share of the samples.
func (c *Core) percentSlider(id, label, doc string, now float64, most int, set func(percent float64) state.Action) goapp.UI {
	percent := int(math.Round(now))
	move := func(ctx goapp.Context, _ goapp.Event) {
		if v, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
			c.Do(set(float64(v)))
		}
	}
	return goapp.Div().Class("field", "field-float").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For(id).Text(label), c.why(id, label, doc)),
		goapp.Div().Class("field-control").Body(
			goapp.Input().Type("range").ID(id).Min(0).Max(most).Step(1).Value(percent).Aria("valuetext", strconv.Itoa(percent)+" %").OnInput(move).OnChange(move),
			goapp.Output().For(id).Class("percent").Text(strconv.Itoa(percent)+" %")),
		goapp.If(c.Hint == id, goapp.P().Class("hint").Text(doc)))
}

func (c *Core) validationSlider(train, validation int) goapp.UI {
	now := 100 * c.Experiment.Data.Split.Validation
	if now >= 100 { // a number of samples
		now = 100 * float64(validation) / float64(max(1, train+validation))
	}
	return c.percentSlider("split-validation", c.t("part.validation"), c.t("split.validation"), now, 60, func(percent float64) state.Action {
		return state.Set{Path: "data.split.validation", Value: config.Num(percent / 100)}
	})
}

// testSlider is there where the source can set samples apart; others come with their test.
func (c *Core) testSlider() goapp.UI {
	for _, f := range c.Experiment.Data.Settings.Fields() {
		if f.Name != "test_percent" {
			continue
		}
		now := f.Value().Num
		if v := c.Value("data.source.test_percent"); v != nil {
			now = v.Num
		}
		return c.percentSlider("split-test", c.t("part.test"), c.t("split.test"), now, 60, func(percent float64) state.Action {
			return state.Set{Path: "data.source.test_percent", Value: config.Num(percent)}
		})
	}
	return goapp.P().Class("soft").Text(c.t("split.owntest"))
}

func (c *Core) seedField() goapp.UI {
	now := "1"
	if v := c.Value("seed"); v != nil {
		now = state.Setting(v.Num)
	}
	return goapp.Div().Class("field", "field-int").Body(
		goapp.Div().Class("field-name").Body(goapp.Label().For("data-seed").Text(c.t("split.seed")), c.why("data-seed", c.t("split.seed"), c.t("split.seed.doc"))),
		goapp.Div().Class("field-control").Body(
			goapp.Input().Type("text").ID("data-seed").Attr("inputmode", "numeric").AutoComplete(false).Value(now).OnChange(c.set("seed", "int"))),
		goapp.If(c.Hint == "data-seed", goapp.P().Class("hint").Text(c.t("split.seed.doc"))))
}

// stageOf is what is known of a step of the document: nothing while the trainer's answer is about another.
func (c *Core) stageOf(path, typ string) (at int, found bool) {
	if c.Shelf.Way == nil {
		return 0, false
	}
	for i, s := range c.Shelf.Way.Stages {
		if s.Path == path && s.Type == typ {
			return i, true
		}
	}
	return 0, false
}

// wayCard is the way of some samples: as they were read, changed a little at random, then prepared.
func (c *Core) wayCard() goapp.UI {
	d := &c.Experiment.Data
	changes := items{c: c, path: "data.augment", owner: "augment"}
	for i, a := range d.Augment {
		info, _ := data.LookupAugmentation(a.Type)
		changes.after = c.stageView(fmt.Sprintf("data.augment[%d]", i), a.Type)
		changes.add(a.Type, info.Title, info.Doc, a.Settings.Fields())
	}
	for _, a := range data.Augmentations() {
		changes.offer(a.Type, a.Title)
	}
	steps := items{c: c, path: "data.preprocess", owner: "step"}
	for i, s := range d.Preprocess {
		info, _ := data.LookupStep(s.Type)
		steps.after = c.stageView(fmt.Sprintf("data.preprocess[%d]", i), s.Type)
		steps.add(s.Type, info.Title, info.Doc, s.Settings.Fields())
	}
	for _, s := range data.Steps() {
		steps.offer(s.Type, s.Title)
	}
	tokens := c.Shelf.Meta.Tokens > 0
	if tokens && len(d.Preprocess)+len(d.Augment) == 0 {
		return goapp.Section().Class("panel").Aria("labelledby", "way-title").Body(
			goapp.H2().ID("way-title").Text(c.t("way.title")), goapp.P().Class("doc").Text(c.t("way.tokens")))
	}
	return goapp.Section().Class("panel", "way").Aria("labelledby", "way-title").DataSet("testid", "way").Body(
		goapp.Div().Class("panel-head").Body(
			goapp.H2().ID("way-title").Text(c.t("way.title")),
			goapp.Div().Class("item-tools").Body(
				goapp.Button().Type("button").Class("small-text").DataSet("testid", "other-samples").OnClick(c.act(state.NextWay{By: state.WayShown})).Text(c.t("way.others")))),
		goapp.P().Class("doc").Text(c.t("way.doc")),
		goapp.Div().Class("way-read").Body(goapp.H3().Text(c.t("way.read")), c.stageView("", "")),
		goapp.Div().Class("group").Body(
			goapp.Div().Class("panel-head").Body(goapp.H3().Text(c.t("data.augment")),
				goapp.If(len(d.Augment) > 0, goapp.Button().Type("button").Class("small-text").DataSet("testid", "draw-again").
					OnClick(c.act(state.DrawAgain{})).Body(icon("shuffle"), goapp.Span().Text(c.t("way.again"))))),
			goapp.P().Class("doc").Text(c.t("data.augment.doc")), changes.form()),
		goapp.Div().Class("group").Body(
			goapp.H3().Text(c.t("data.preprocess")), goapp.P().Class("doc").Text(c.t("data.preprocess.doc")), steps.form()),
	)
}

// stageView is some samples after a step, and what became of their numbers.
func (c *Core) stageView(path, typ string) goapp.UI {
	at, ok := c.stageOf(path, typ)
	if !ok {
		return goapp.P().Class("soft").Text(c.t("way.wait"))
	}
	stages := c.Shelf.Way.Stages
	s := stages[at]
	var body goapp.UI
	switch {
	case s.Blob >= 0:
		var pictures []goapp.UI
		for k := range c.Shelf.Way.Index {
			pictures = append(pictures, goapp.Canvas().ID(wayID(at, k)).Class("sample-picture").Aria("hidden", true))
		}
		body = goapp.Div().Class("way-pictures").Body(pictures...)
	default:
		body = c.stageTable(s)
	}
	return goapp.Div().Class("stage-view").DataSet("stage", path).Body(body, c.stageFigures(stages, at))
}

func wayID(stage, at int) string { return fmt.Sprint("way-", stage, "-", at) }

// stageFigures is the mean, the deviation and the range, each with what it was before the step where that is another.
func (c *Core) stageFigures(stages []session.Stage, at int) goapp.UI {
	s, before := stages[at], stages[max(0, at-1)]
	figure := func(key string, was, now string) goapp.UI {
		return goapp.Div().Body(goapp.Dt().Text(c.t(key)),
			goapp.Dd().Body(
				goapp.If(was != now, goapp.Span().Class("was").Text(was+" → ")),
				goapp.Span().Text(now)))
	}
	span := func(s session.Stage) string { return rounded(s.Min) + " … " + rounded(s.Max) }
	return goapp.Dl().Class("stage-figures").Body(
		figure("way.mean", rounded(before.Mean), rounded(s.Mean)),
		figure("way.deviation", rounded(before.Deviation), rounded(s.Deviation)),
		figure("way.range", span(before), span(s)),
		goapp.If(fmt.Sprint(before.Shape) != fmt.Sprint(s.Shape), figure("way.shape", state.Shape(before.Shape), state.Shape(s.Shape))))
}

// rounded writes a figure with three digits.
func rounded(v float64) string {
	if math.Abs(v) < 5e-7 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// stageTable is rows after a step.
func (c *Core) stageTable(s session.Stage) goapp.UI {
	wide := len(s.Values) / max(1, len(c.Shelf.Way.Index))
	shown := min(wide, 8)
	var head, rows []goapp.UI
	for k := range shown {
		name := "x" + strconv.Itoa(k+1)
		if k < len(s.Names) {
			name = s.Names[k]
		}
		head = append(head, goapp.Th().Scope("col").Text(name))
	}
	for i := range min(3, len(c.Shelf.Way.Index)) {
		var cells []goapp.UI
		for k := range shown {
			cells = append(cells, goapp.Td().Text(short(s.Values[i*wide+k])))
		}
		rows = append(rows, goapp.Tr().Body(cells...))
	}
	return goapp.Div().Class("stage-table").TabIndex(0).Role("group").Aria("label", c.t("way.title")).Body(goapp.Table().Body(
		goapp.THead().Body(goapp.Tr().Body(head...)), goapp.TBody().Body(rows...)))
}

// paintWay draws the samples after each step.
func (c *Core) paintWay() {
	c.frames.Request("way", func() {
		w := c.Shelf.Way
		if w == nil || c.Pane != state.PaneData || len(c.pictures.way) != len(w.Stages) {
			return
		}
		for i, s := range w.Stages {
			h, wide, channels := shapeOf(s.Shape)
			size := h * wide * channels
			for k := range w.Index {
				if b := c.pictures.way[i]; s.Blob >= 0 && (k+1)*size <= len(b) {
					draw.Picture(wayID(i, k), b[k*size:(k+1)*size], h, wide, channels)
				}
			}
		}
	})
}
