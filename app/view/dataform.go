package view

import (
	"fmt"

	"descent/app/draw"
	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/tensor"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// dataForm chooses where the samples come from, and sets what can be set there.
type dataForm struct {
	goapp.Compo
	Core *Core
	Rev  uint64
}

func (d *dataForm) OnMount(goapp.Context)  { d.Core.drawSources() }
func (d *dataForm) OnUpdate(goapp.Context) { d.Core.drawSources() }
func (d *dataForm) OnResize(goapp.Context) { d.Core.drawSources() }

func (d *dataForm) Render() goapp.UI {
	c := d.Core
	current := c.Source()
	info, _ := data.Lookup(current)
	name := c.Language.Term("source."+current, info.Title)
	if v := c.Value("data.source.file"); v != nil && v.Str != "" {
		name = v.Str
	}
	return goapp.Div().Body(
		goapp.Section().Class("panel").Aria("labelledby", "data-title").Body(
			goapp.P().Class("soft").Text(c.t("data.title")),
			goapp.H2().ID("data-title").Class("file-name").Text(name),
			goapp.P().Class("doc").Text(c.Language.Term("source."+current+".doc", info.Doc)),
			goapp.If(current == "digits", goapp.P().Class("note").Body(icon("info"), goapp.Span().Text(c.t("data.drawn")))),
			c.sourceFields(current)),
		goapp.Section().Class("panel").Aria("labelledby", "files-title").Body(c.ownFiles()),
		goapp.Section().Class("panel").Aria("labelledby", "catalogue-title").Body(
			goapp.H2().ID("catalogue-title").Text(c.t("data.catalogue")),
			c.catalogue()),
	)
}

func (c *Core) sourceFields(current string) goapp.UI {
	e := c.Experiment
	if e == nil || e.Data.Source != current {
		return goapp.Div()
	}
	var first, more []goapp.UI
	for _, f := range e.Data.Settings.Fields() {
		s := setting{owner: "source." + current, path: "data.source." + f.Name, field: f, scale: sliderFor(f)}
		s.live = c.Kind() != "images"
		if f.Name == "file" || f.Name == "labels" && f.Form() == "file" || f.Name == "test_percent" {
			continue // chosen below, and set where the samples are divided
		}
		if f.Name == "noise" {
			first = append(first, c.field(s))
		} else {
			more = append(more, c.field(s))
		}
	}
	return goapp.Div().Body(
		goapp.Div().Class("fields").Body(first...),
		when(len(more) > 0, func() goapp.UI {
			return goapp.Details().Class("more").Body(goapp.Summary().Text(c.t("train.more")),
				when(c.missing == whole, func() goapp.UI { return goapp.Div().Class("fields").Body(more...) }))
		}),
	)
}

// drawSources draws what each source makes, with the sources themselves, where that has not been done.
func (c *Core) drawSources() {
	c.frames.Request("sources", func() { c.drawSourcesFrom(0) })
}

// drawSourcesFrom draws the sources from one on, each on a frame of its own: some take a while to make.
func (c *Core) drawSourcesFrom(first int) {
	sources := data.Sources()
	for i := first; i < len(sources); i++ {
		if s := sources[i]; pictured(s) && draw.Stale("source-"+s.Type) {
			c.frames.Request("source", func() {
				drawSource(s, "source-"+s.Type)
				draw.Drawn("source-" + s.Type)
				c.drawSourcesFrom(i + 1)
			})
			return
		}
	}
}

// made is the samples of the thumbnails: they are the same all the time.
var made = map[string]draw.Cloud{}

func drawSource(info data.Info, id string) {
	if cloud, ok := made[info.Type]; ok {
		showSource(info, id, cloud)
		return
	}
	source := info.New()
	count := 240.0
	if info.Kind == "images" {
		count = 10
	}
	for _, f := range source.Fields() {
		if f.Name == "samples" || f.Name == "test_samples" {
			f.Set(config.Num(count))
		}
	}
	set, err := source.Open(4, nil, nil)
	if err != nil {
		return
	}
	cloud := draw.Cloud{}
	x, y := make([]float32, set.Meta.X.Len()), make([]float32, 1)
	for i := range set.Train.Len() {
		set.Train.Read(i, x, y)
		for _, v := range x {
			cloud.At = append(cloud.At, float64(v))
		}
		cloud.Values = append(cloud.Values, float64(y[0]))
	}
	made[info.Type] = cloud
	showSource(info, id, cloud)
}

func showSource(info data.Info, id string, cloud draw.Cloud) {
	meta := info.New().Meta()
	if len(meta.X) == 3 {
		grey := make([]byte, tensor.Shape(meta.X).Len())
		for i := range grey {
			grey[i] = byte(cloud.At[i])
		}
		draw.Tiny(id, grey, meta.X[0])
		return
	}
	colour := draw.Diverge
	if len(meta.Classes) > 0 {
		colour = func(v float64) draw.Colour { return draw.Token(fmt.Sprint("class-", int(v))) }
	}
	low, high := meta.Range[0], meta.Range[1]
	draw.Dots(id, draw.View{Low: low - 0.5, Side: high - low + 1}, 1.4, cloud, colour)
}
