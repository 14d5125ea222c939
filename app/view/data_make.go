package view

import (
	"strconv"

	"descent/app/draw"
	"descent/app/runner"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataMake is where samples are made, drawn or filmed, class by class.
type dataMake struct {
	goapp.Compo
	Core   *Core
	Rev    uint64
	pen    pen
	cursor *state.Spot
	down   bool
	pad    sketch
	camera camera
}

const (
	idSketch = "sketch"
	idVideo  = "camera"
)

func (d *dataMake) OnMount(goapp.Context) {
	d.camera.core = d.Core
	d.hear()
	d.paint()
}

func (d *dataMake) OnUpdate(goapp.Context) {
	d.hear()
	d.paint()
}

func (d *dataMake) OnDismount() {
	d.pad.forget()
	d.camera.stop()
	if d.Core.Making.Camera != "" {
		d.Core.Apply(state.CameraIs{})
	}
}

// hear listens to the pad that is there now: it goes while the camera is used.
func (d *dataMake) hear() {
	d.pad.listen(idSketch, d)
	d.camera.follow()
}

func (d *dataMake) Render() goapp.UI {
	c := d.Core
	m := &c.Making
	return goapp.Div().Class("make").Body(
		goapp.Section().Class("panel", "make-input").Aria("labelledby", "make-title").Body(
			goapp.H2().ID("make-title").Text(c.t("make.title")),
			goapp.P().Class("doc").Text(c.t("make.doc")),
			goapp.Div().Class("chips").Role("group").Aria("label", c.t("make.with")).Body(
				goapp.Button().Type("button").Class("chip").Aria("pressed", !m.Filming).DataSet("testid", "make-draw").
					OnClick(c.act(state.Film{On: false})).Body(icon("pencil"), goapp.Span().Text(c.t("make.draw"))),
				goapp.Button().Type("button").Class("chip").Aria("pressed", m.Filming).DataSet("testid", "make-film").
					OnClick(c.act(state.Film{On: true})).Body(icon("camera"), goapp.Span().Text(c.t("make.film")))),
			goapp.If(!m.Filming, d.sketchpad()),
			goapp.If(m.Filming, d.finder()),
		),
		goapp.Section().Class("panel").Aria("labelledby", "classes-title").Body(
			goapp.H2().ID("classes-title").Text(c.t("make.classes")),
			goapp.P().Class("doc").Text(c.t("make.classes.doc")),
			d.classes(),
			d.use(),
			goapp.P().Class("private").Body(icon("lock"), goapp.Span().Text(c.t("make.private"))),
		),
	)
}

// sketchpad is where a sample is drawn.
func (d *dataMake) sketchpad() goapp.UI {
	c := d.Core
	m := &c.Making
	return goapp.Div().Class("sketch").Body(
		goapp.Canvas().ID(idSketch).Class("sketch-pad").TabIndex(0).Role("img").Aria("label", c.t("make.pad", m.Classes[m.Class])),
		goapp.P().Class("soft").Text(c.t("make.keys")),
		goapp.Div().Class("own-buttons").Body(
			goapp.Button().Type("button").Class("primary").DataSet("testid", "make-add").Disabled(len(m.Strokes) == 0).
				OnClick(func(goapp.Context, goapp.Event) { d.add() }).Body(icon("plus"), goapp.Span().Text(c.t("make.add", m.Classes[m.Class]))),
			goapp.Button().Type("button").Disabled(len(m.Strokes) == 0).OnClick(c.act(state.WipeOut{})).Body(icon("trash-2"), goapp.Span().Text(c.t("make.wipe")))),
	)
}

func (d *dataMake) add() {
	d.pen, d.cursor, d.down = pen{}, nil, false
	d.Core.Do(state.AddDrawing{})
}

// classes is the classes with what was made of each. The chosen one gets what comes next.
func (d *dataMake) classes() goapp.UI {
	c := d.Core
	m := &c.Making
	var rows []goapp.UI
	for i, name := range m.Classes {
		id := "class-name-" + strconv.Itoa(i)
		list := "made-of-" + strconv.Itoa(i)
		var pictures []goapp.UI // Tab stops at the latest, and arrow keys go to the others
		hidden := m.Count(i) - madeShown
		for _, s := range m.Samples {
			if s.Class != i {
				continue
			}
			if hidden--; hidden >= 0 {
				continue // the latest are shown
			}
			label := c.t("make.drop", name)
			pictures = append(pictures, goapp.Button().Type("button").Class("sample-thumb", "made").TabIndex(stopAt(hidden == -madeShown)).Title(label).Aria("label", label).
				OnClick(c.act(state.DropMade{ID: s.ID}), s.ID).Body(
				goapp.Canvas().ID(madeID(s.ID)).Class("sample-picture").Aria("hidden", true)))
		}
		rows = append(rows, goapp.Li().Class("made-class").DataSet("chosen", m.Class == i).Body(
			goapp.Div().Class("made-head").Body(
				goapp.Button().Type("button").Class("chip").Aria("pressed", m.Class == i).DataSet("testid", "class-"+strconv.Itoa(i)).
					Aria("label", c.t("make.choose", name)).OnClick(c.act(state.ChooseClass{At: i}), i, name).Body(
					icon(map[bool]string{true: "check", false: "square"}[m.Class == i])),
				goapp.Input().Type("text").ID(id).Aria("label", c.t("make.name", i+1)).AutoComplete(false).Spellcheck(false).Value(name).
					OnChange(func(ctx goapp.Context, _ goapp.Event) {
						c.Do(state.NameClass{At: i, Name: ctx.JSSrc().Get("value").String()})
						ctx.JSSrc().Set("value", c.Making.Classes[min(i, len(c.Making.Classes)-1)])
					}, i),
				goapp.Span().Class("soft").DataSet("testid", "made-"+strconv.Itoa(i)).Text(c.t("make.count", m.Count(i))),
				goapp.If(len(m.Classes) > 2, tool("x", c.t("make.dropclass", name), c.act(state.DropClass{At: i}), i, len(m.Classes)))),
			goapp.If(len(pictures) > 0, goapp.Div().ID(list).Class("made-pictures").
				On("keydown", func(_ goapp.Context, e goapp.Event) {
					if roving(goapp.Window().GetElementByID(list), e.Get("key").String()) {
						e.PreventDefault()
					}
				}, list).Body(pictures...))))
	}
	return goapp.Div().Body(
		goapp.Ul().Class("made-classes").Body(rows...),
		goapp.Div().Class("own-buttons").Body(
			goapp.Button().Type("button").DataSet("testid", "make-class").OnClick(c.act(state.MakeClass{})).Body(icon("plus"), goapp.Span().Text(c.t("make.class"))),
			goapp.If(len(m.Samples) > 1, goapp.Button().Type("button").DataSet("testid", "make-dropall").OnClick(c.act(state.DropAllMade{})).
				Body(icon("trash-2"), goapp.Span().Text(c.t("make.dropall")))),
			goapp.If(len(m.Removed) > 0, goapp.Button().Type("button").DataSet("testid", "make-back").OnClick(c.act(state.BringBack{})).
				Body(icon("undo-2"), goapp.Span().Text(d.goneText())))))
}

// goneText says what the latest removal took, which can be had back.
func (d *dataMake) goneText() string {
	all := d.Core.Making.Removed
	if len(all) == 0 {
		return ""
	}
	switch r := all[len(all)-1]; {
	case r.Class != "":
		return d.Core.t("make.back.class", r.Class)
	case len(r.Samples) == 1:
		return d.Core.t("make.back.one", r.Samples[0].Class)
	default:
		return d.Core.t("make.back.some", len(r.Samples))
	}
}

// madeShown bounds the samples of a class that are shown.
const madeShown = 40

func madeID(id int) string { return "made-" + strconv.Itoa(id) }

// use hands the samples to the trainer, or to the person as a file.
func (d *dataMake) use() goapp.UI {
	c := d.Core
	m := &c.Making
	label := c.t("make.use", state.Count(len(m.Samples)))
	if m.Used >= 0 && !m.Fresh() {
		label = c.t("make.again", state.Count(len(m.Samples)))
	}
	return goapp.Div().Class("make-use").Body(
		goapp.If(!m.Usable(), goapp.P().Class("note").Body(icon("info"), goapp.Span().Text(c.t("make.more")))),
		goapp.If(m.Usable() && m.Fresh(), goapp.P().Class("note").Role("status").Body(icon("check"), goapp.Span().Text(c.t("make.used")))),
		goapp.Div().Class("own-buttons").Body(
			goapp.Button().Type("button").Class("primary").DataSet("testid", "make-use").Disabled(!m.Usable() || m.Fresh()).
				OnClick(func(goapp.Context, goapp.Event) { c.useMade() }).Body(icon("play"), goapp.Span().Text(label)),
			goapp.Button().Type("button").DataSet("testid", "make-save").Disabled(len(m.Samples) == 0).
				OnClick(func(goapp.Context, goapp.Event) {
					download(goapp.Window().Get("Blob").New(parts(m.Archive())), state.MadeFile)
				}).
				Body(icon("download"), goapp.Span().Text(c.t("make.save")))))
}

// useMade puts the archive among the files that the trainer reads.
func (c *Core) useMade() {
	b := c.Making.Archive()
	file := goapp.Window().Get("File").New(parts(b), state.MadeFile)
	c.letGo(state.MadeFile)
	c.files = append(c.files, runner.File{Name: state.MadeFile, File: file})
	c.runner.Bring(c.files)
	c.Do(state.UseMade{Size: int64(len(b))})
}

// parts is a list with one array of bytes, as the browser wants the content of a file.
func parts(b []byte) goapp.Value {
	array := goapp.Window().Get("Uint8Array").New(len(b))
	goapp.CopyBytesToJS(array, b)
	list := goapp.Window().Get("Array").New()
	list.Call("push", array)
	return list
}

// paint draws the pad and the samples that were made.
func (d *dataMake) paint() {
	c := d.Core
	c.frames.Request("making", func() {
		p := draw.Pad{Side: state.Side}
		for _, stroke := range c.Making.Strokes {
			var line [][2]float64
			for _, at := range stroke {
				line = append(line, [2]float64{at.X, at.Y})
			}
			p.Lines = append(p.Lines, line)
		}
		if d.cursor != nil {
			p.Cursor = &[2]float64{d.cursor.X, d.cursor.Y}
		}
		draw.DrawPad(idSketch, p)
		for _, s := range c.Making.Samples {
			id := madeID(s.ID)
			draw.Once(id, func() { draw.Picture(id, s.Pixels, s.Side, s.Side, s.Channels) })
		}
	})
}
