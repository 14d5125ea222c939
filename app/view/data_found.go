package view

import (
	"math"
	"strconv"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

const (
	idFoundPoints = "found-points"
	idLarge       = "sample-large"
)

func thumb(at int) string { return "thumb-" + strconv.Itoa(at) }

// thumbnails is a grid of samples that are pictures, or short series.
func (c *Core) thumbnails() goapp.UI {
	f := c.Shelf.Found
	focus := max(0, c.Shelf.PickedAt())
	var cells []goapp.UI
	for i, index := range f.Index {
		stop := -1
		if i == focus {
			stop = 0
		}
		class := "sample-thumb"
		if f.Parts[i] == session.PartRemoved {
			class = "sample-thumb sample-removed"
		}
		name := c.spokenSample(i)
		cells = append(cells, goapp.Button().Type("button").Class(class).TabIndex(stop).Aria("label", name).Title(name).
			Aria("pressed", index == c.Shelf.Picked).OnClick(c.act(state.Pick{Index: index}), index).Body(
			goapp.Canvas().ID(thumb(i)).Class("sample-picture").Aria("hidden", true),
			goapp.Span().Class("sample-label-text").Aria("hidden", true).Text(c.labelText(f.Labels[i]))))
	}
	return goapp.Div().ID("thumbs").Class("thumbs").Role("group").Aria("label", c.t("found.samples")).DataSet("as", c.SamplesAs()).
		On("keydown", func(_ goapp.Context, e goapp.Event) {
			key := e.Get("key").String()
			if (key == "Delete" || key == "Backspace") && c.Shelf.PickedAt() >= 0 && c.removable() {
				e.PreventDefault()
				c.Do(state.Exclude{Index: c.Shelf.Picked, Out: c.Shelf.Found.Parts[c.Shelf.PickedAt()] != session.PartRemoved})
				return
			}
			if roving(goapp.Window().GetElementByID("thumbs"), key) {
				e.PreventDefault()
			}
		}).Body(cells...)
}

// foundPoints is all points that were found, in a plane.
func (c *Core) foundPoints() goapp.UI {
	f := c.Shelf.Found
	return goapp.Div().Class("found-plane").Body(
		goapp.Canvas().ID(idFoundPoints).Class("found-points").Role("img").Aria("label", c.t("found.points", state.Count(len(f.Index)), state.Count(f.Total))).
			OnClick(func(_ goapp.Context, e goapp.Event) {
				if i := c.nearest(e.Get("offsetX").Float(), e.Get("offsetY").Float()); i >= 0 {
					c.Do(state.Pick{Index: c.Shelf.Found.Index[i]})
				}
			}),
		c.legend(),
		goapp.P().Class("doc").Text(c.t("found.click")))
}

// view is the square of the plane that the points are drawn in.
func (c *Core) foundView() draw.View {
	low, high := c.Shelf.Meta.Range[0], c.Shelf.Meta.Range[1]
	margin := 0.04 * (high - low)
	return draw.View{Low: low - margin, Side: high - low + 2*margin}
}

// nearest is the place of the point nearest to where a click was, -1 for none near by.
func (c *Core) nearest(x, y float64) int {
	f, width := c.Shelf.Found, draw.Width(idFoundPoints)
	if f == nil || width == 0 {
		return -1
	}
	v := c.foundView()
	best, least := -1, 14.0
	for i := range f.Index {
		if 2*i+1 >= len(f.Values) {
			break
		}
		px := (f.Values[2*i] - v.Low) / v.Side * width
		py := width - (f.Values[2*i+1]-v.Low)/v.Side*width
		if d := math.Hypot(px-x, py-y); d < least {
			best, least = i, d
		}
	}
	return best
}

// foundTexts is a list of texts.
func (c *Core) foundTexts() goapp.UI {
	f := c.Shelf.Found
	var rows []goapp.UI
	for i, text := range f.Texts {
		index := f.Index[i]
		answer := ""
		if i < len(f.Answers) {
			answer = f.Answers[i]
		}
		if answer == "" && c.oneClass() {
			answer = c.labelText(f.Labels[i])
		}
		class := "line-of-text"
		if f.Parts[i] == session.PartRemoved {
			class += " sample-removed"
		}
		rows = append(rows, goapp.Li().Body(
			goapp.Button().Type("button").Class(class).Aria("pressed", index == c.Shelf.Picked).OnClick(c.act(state.Pick{Index: index}), index).Body(
				goapp.Span().Class("soft").Text(state.Count(index+1)),
				goapp.Span().Class("text-of").Text(state.Visible(text)),
				goapp.If(answer != "", goapp.Span().Class("answer-of").Text("→ "+state.Visible(answer))))))
	}
	return goapp.Ol().Class("texts").Aria("label", c.t("found.samples")).Body(rows...)
}

// largeSample is the picked sample, as large as it goes.
func (c *Core) largeSample(at int) goapp.UI {
	f := c.Shelf.Found
	switch c.SamplesAs() {
	case state.AsImages, state.AsSeries:
		return goapp.Canvas().ID(idLarge).Class("sample-large").Role("img").Aria("label", c.spokenSample(at))
	case state.AsTexts:
		text := f.Texts[at]
		if at < len(f.Answers) && f.Answers[at] != "" {
			text += " → " + f.Answers[at]
		}
		return goapp.P().Class("sample-text").Text(text)
	}
	features := c.features()
	wide := len(f.Values) / max(1, len(f.Index))
	var rows []goapp.UI
	for k := range min(wide, 60) {
		name, value := "x"+strconv.Itoa(k+1), short(f.Values[at*wide+k])
		if k < len(features) {
			name, value = features[k].Name, spreadText(f.Values[at*wide+k], features[k])
		}
		rows = append(rows, goapp.Div().Body(goapp.Dt().Text(name), goapp.Dd().Text(value)))
	}
	return goapp.Dl().Class("facts").Body(rows...)
}

// paintFound draws the samples of the page, and the picked one.
func (c *Core) paintFound() {
	c.frames.Request("found", func() {
		f := c.Shelf.Found
		if f == nil || c.Pane != state.PaneData {
			return
		}
		switch c.SamplesAs() {
		case state.AsImages:
			h, w, channels := shapeOf(f.Shape)
			size := h * w * channels
			for i := range f.Index {
				if (i+1)*size <= len(c.pictures.found) {
					draw.Picture(thumb(i), c.pictures.found[i*size:(i+1)*size], h, w, channels)
				}
			}
			if at := c.Shelf.PickedAt(); at >= 0 && (at+1)*size <= len(c.pictures.found) {
				draw.Picture(idLarge, c.pictures.found[at*size:(at+1)*size], h, w, channels)
			}
		case state.AsSeries:
			size := len(f.Values) / max(1, len(f.Index))
			for i := range f.Index {
				draw.Line(thumb(i), f.Values[i*size:(i+1)*size], c.Shelf.Meta.Range[0], c.Shelf.Meta.Range[1])
			}
			if at := c.Shelf.PickedAt(); at >= 0 {
				draw.Line(idLarge, f.Values[at*size:(at+1)*size], c.Shelf.Meta.Range[0], c.Shelf.Meta.Range[1])
			}
		case state.AsPoints:
			c.paintFoundPoints(f)
		}
	})
}

func (c *Core) paintFoundPoints(f *session.Browsed) {
	colour, ring := draw.Diverge, "edge"
	if len(c.Shelf.Meta.Classes) > 0 {
		ring = "map-ring"
		colour = func(class float64) draw.Colour { return draw.Token(classToken(int(class))) }
	}
	clouds := []draw.Cloud{{At: f.Values, Values: f.Labels}}
	draw.Points(idFoundPoints, c.foundView(), max(3, draw.Width(idFoundPoints)/130), clouds, ring, colour)
	if at := c.Shelf.PickedAt(); at >= 0 && 2*at+1 < len(f.Values) {
		draw.Ring(idFoundPoints, c.foundView(), f.Values[2*at], f.Values[2*at+1])
	}
}

func shapeOf(shape []int) (height, width, channels int) {
	if len(shape) != 3 {
		return 0, 0, 0
	}
	return shape[0], shape[1], shape[2]
}

// keepShelf takes over the pixels of what the data stage asked for.
func (c *Core) keepShelf(e session.Event, blob func(int) goapp.Value) {
	if !c.Shelf.Takes(e) {
		return
	}
	if e.Browsed != nil {
		c.pictures.found = nil
		if e.Browsed.Blob >= 0 {
			c.pictures.found = bytesOf(blob(e.Browsed.Blob))
		}
	}
	if e.Previewed != nil {
		c.pictures.way = make([][]byte, len(e.Previewed.Stages))
		for i, stage := range e.Previewed.Stages {
			if stage.Blob >= 0 {
				c.pictures.way[i] = bytesOf(blob(stage.Blob))
			}
		}
	}
}
