package view

import (
	"fmt"
	"time"

	"descent/app/draw"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Ids of what is drawn on.
const (
	idPlane  = "plane"
	idPoints = "points"
	idChecks = "checks"
	idPad    = "pad"
	idSeen   = "seen"
)

// repaint draws everything on the next frame: after a canvas came, or the theme or the size changed.
func (c *Core) repaint() {
	c.frames.Request("all", func() {
		c.drawViews(true)
		c.drawPad(nil)
	})
}

// drawViews draws what the trainer sent; still, with what does not change while it trains.
func (c *Core) drawViews(still bool) {
	if c.Data == nil {
		return
	}
	if c.Kind() != "images" {
		p := &c.pictures
		draw.Plane(idPlane, p.plane, p.width, p.height)
		if still {
			c.drawPoints()
		}
		return
	}
	if still || time.Since(c.guessed) > calm {
		c.drawGuesses()
	} else if !c.guessing {
		c.guessing = true
		time.AfterFunc(calm-time.Since(c.guessed), func() { c.frames.Request("guesses", c.drawGuesses) })
	}
}

// calm is the least time between two sets of guesses: numbers under sixty images that flicker cannot be read.
const calm = 400 * time.Millisecond

func (c *Core) drawGuesses() {
	c.guessed, c.guessing = time.Now(), false
	if c.Checks != nil && c.Kind() == "images" {
		draw.Gallery(idChecks, c.gallery(c.Checks, c.pictures.checks))
	}
}

func (c *Core) drawPoints() {
	w := c.Watching()
	if w.Side == 0 || c.Samples == nil {
		return
	}
	colour, ring := draw.Diverge, "edge" // a value of 0 has the colour of the map there
	if len(c.Data.Classes) > 0 {
		ring = "map-ring"
		colour = func(class float64) draw.Colour { return draw.Token(classToken(int(class))) }
	}
	clouds := []draw.Cloud{{At: c.Samples.Values, Values: c.Samples.Labels}}
	if c.ChecksToo && c.Checks != nil {
		clouds = append(clouds, draw.Cloud{At: c.Checks.Values, Values: c.Checks.Labels, Hollow: true})
	}
	if c.Pane == state.PaneEvaluate {
		clouds = append(clouds, c.lookedAt()...)
	}
	draw.Points(idPoints, draw.View{Low: w.Low, Side: w.Side}, max(2.5, draw.Width(idPoints)/130), clouds, ring, colour)
}

func classToken(class int) string { return fmt.Sprintf("class-%d", class) }

// palette is the colours of the theme for the trainer's maps.
func palette() state.Palette {
	var p state.Palette
	for i := range p.Classes {
		p.Classes[i] = draw.Tint(classToken(i)).RGB()
	}
	p.Values = [3]int{draw.Tint("negative").RGB(), draw.Token("map-middle").RGB(), draw.Tint("positive").RGB()}
	return p
}

// gallery arranges images, with the model's guesses where there are some.
func (c *Core) gallery(s *session.Samples, pixels []byte) draw.Images {
	im := draw.Images{Pixels: pixels, Count: s.Count, Side: state.Side, Channels: 1}
	if len(s.Shape) == 3 {
		im.Side, im.Channels = s.Shape[0], s.Shape[2]
	}
	if len(pixels) < im.Count*im.Side*im.Side*im.Channels {
		im.Count = 0
	}
	for i, predicted := range s.Predicted {
		caption := c.Class(predicted)
		wrong := i < len(s.Labels) && predicted != int(s.Labels[i])
		if wrong {
			caption = c.t("checks.caption", caption, c.Class(int(s.Labels[i])))
		}
		im.Captions = append(im.Captions, caption)
		if i < len(s.Probability) {
			im.Notes = append(im.Notes, state.Sure(s.Probability[i]))
		}
		im.Marked = append(im.Marked, wrong)
	}
	return im
}

// drawPad draws the pad, with the cursor of the keyboard's pen where there is one.
func (c *Core) drawPad(cursor *state.Spot) {
	pad := draw.Pad{Side: state.Side, Pixels: c.Pad.Sample}
	if cursor != nil {
		pad.Cursor = &[2]float64{cursor.X, cursor.Y}
	}
	for _, stroke := range c.Pad.Strokes {
		line := make([][2]float64, len(stroke))
		for i, at := range stroke {
			line[i] = [2]float64{at.X, at.Y}
		}
		pad.Lines = append(pad.Lines, line)
	}
	draw.DrawPad(idPad, pad)
	draw.Tiny(idSeen, c.Pad.Pixels, state.Side)
}

// sample returns the image of a validation sample for the pad.
func (c *Core) sample(i int) []byte {
	const size = state.Side * state.Side
	if i < 0 || len(c.pictures.checks) < (i+1)*size {
		return nil
	}
	return c.pictures.checks[i*size : (i+1)*size]
}

const svg = "http://www.w3.org/2000/svg"

// icon is one of the sprite's icons, in the colour of the text around it. It says nothing to screen readers: what it is
// on has a name.
func icon(name string) goapp.UI {
	href := sprite
	if href == "" {
		href = "/web/vendor/icons.svg"
		if version := goapp.Getenv("GOAPP_VERSION"); version != "" {
			href += "?v=" + version
		}
	}
	if goapp.IsClient {
		sprite = href
	}
	return goapp.Span().Class("icon").Aria("hidden", true).Body(goapp.Elem("svg").XMLNS(svg).Body(
		goapp.Elem("use").XMLNS(svg).Attr("href", href+"#"+name)))
}

// sprite is where the icons are, once the browser was asked for the version: that takes as long as to make an element.
var sprite string
