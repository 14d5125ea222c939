package view

import (
	"time"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

const (
	idPicture = "try-picture"
	idWebcam  = "try-webcam"
	idOwnLost = "try-lost"
)

// tryPicture makes a sample of a picture of one's own, from a file or the camera.
type tryPicture struct {
	goapp.Compo
	Core    *Core
	Rev     uint64
	inverse bool // light and dark are swapped
	wrong   string
	stream  goapp.Value // of the camera, while it is on
	tick    *time.Timer
}

// look is the time between two pictures of the camera.
const look = 200 * time.Millisecond

func (v *tryPicture) OnMount(goapp.Context)  { v.draw() }
func (v *tryPicture) OnUpdate(goapp.Context) { v.draw() }
func (v *tryPicture) OnResize(goapp.Context) { v.draw() }

func (v *tryPicture) OnDismount() { v.stop() }

// start has the camera's pictures answered, one after the other.
func (v *tryPicture) start() {
	c := v.Core
	c.openCamera(func(stream goapp.Value) {
		v.stop()
		if !v.Mounted() {
			stopCamera(stream)
			return
		}
		v.stream, v.wrong = stream, ""
		c.refreshViews()
		v.watch()
	}, func(why string) {
		v.wrong = "webcam." + why
		c.refreshViews()
	})
}

func (v *tryPicture) stop() {
	if v.tick != nil {
		v.tick.Stop()
	}
	if v.stream != nil {
		stopCamera(v.stream)
		v.stream = nil
	}
}

// watch takes a picture and comes back for the next.
func (v *tryPicture) watch() {
	if v.stream == nil || !v.Mounted() {
		return
	}
	video := goapp.Window().GetElementByID(idWebcam)
	if video.Truthy() {
		if now := video.Get("srcObject"); !now.Truthy() || !now.Equal(v.stream) {
			video.Set("srcObject", v.stream)
		}
		if width := video.Get("videoWidth").Float(); width > 0 {
			v.take(video, width, video.Get("videoHeight").Float())
		}
	}
	v.tick = time.AfterFunc(look, func() { v.Core.ctx.Dispatch(func(goapp.Context) { v.watch() }) })
}

func (v *tryPicture) draw() {
	v.Core.frames.Request("own picture", func() {
		c := v.Core
		if !v.Mounted() || c.Data == nil || len(c.Data.X) != 3 {
			return
		}
		draw.DrawThumb(idPicture, draw.Thumb{Pixels: c.Picture, Height: c.Data.X[0], Width: c.Data.X[1], Channels: c.Data.X[2]})
		if c.Explained != nil && c.Explained.Place < 0 {
			c.drawLost(idOwnLost)
		}
	})
}

func (v *tryPicture) Render() goapp.UI {
	c := v.Core
	x := c.Data.X
	digits := c.TakesDigits()
	explained := c.Explained != nil && !c.Explained.Features && c.Explained.Place < 0
	var body []goapp.UI
	if v.wrong != "" {
		body = append(body, goapp.P().Class("note").Role("alert").Text(c.t(v.wrong)))
	}
	if v.stream != nil {
		body = append(body, goapp.Video().ID(idWebcam).Class("case-canvas", "webcam").AutoPlay(true).Muted(true).Attr("playsinline", "").Aria("label", c.t("webcam.sees")))
	}
	if !digits && len(c.Picture) > 0 {
		body = append(body, goapp.Div().Class("try").Body(
			goapp.Canvas().ID(idPicture).Class("case-canvas").Role("img").Aria("label", c.t("picture.seen", x[0], x[1])),
			when(c.Reply != nil, c.reply)))
	}
	if digits || len(c.Picture) > 0 {
		var ask state.Action = state.ExplainPad{}
		if !digits {
			ask = state.ExplainPicture{}
		}
		body = append(body, goapp.Button().Type("button").Class("small-text").Disabled(c.Reasoning || digits && c.Pad.Empty()).DataSet("testid", "explain-own").
			OnClick(c.act(ask), digits).Text(c.t("lost.ask")))
	}
	if explained {
		body = append(body, goapp.Figure().Class("own-lost").Body(
			goapp.Canvas().ID(idOwnLost).Class("case-canvas").Role("img").Aria("label", c.lostLabel()),
			goapp.FigCaption().Class("soft").Text(c.t("lost.doc", c.Explained.Patch, c.Explained.Patch, c.className(max(0, c.Explained.Class))))))
	}
	return c.card("picture", c.t("picture.title"), c.t("picture.doc", x[0], x[1]), nil, append([]goapp.UI{
		goapp.Div().Class("tools").Body(
			goapp.Label().Class("button", "small-text").Body(goapp.Span().Text(c.t("picture.file")),
				goapp.Input().Type("file").Class("unseen").Accept("image/*").DataSet("testid", "picture-file").OnChange(v.open)),
			goapp.Button().Type("button").Class("small-text").Aria("pressed", v.stream != nil).DataSet("testid", "picture-camera").
				OnClick(func(goapp.Context, goapp.Event) {
					if v.stream == nil {
						v.start()
						return
					}
					v.stop()
					c.refreshViews()
				}).Text(c.t("webcam.on")),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").Checked(v.inverse).OnChange(func(goapp.Context, goapp.Event) {
					v.inverse = !v.inverse
					if pixels := v.Core.ownPicture(); pixels != nil {
						c.Do(state.TakePicture{Pixels: swapped(pixels)})
						c.repaint()
					}
				}), goapp.Span().Text(c.t("picture.inverse")))),
	}, body...)...)
}

// ownPicture is the picture as the model sees it.
func (c *Core) ownPicture() []byte {
	if c.TakesDigits() {
		return c.Pad.Sample
	}
	return c.Picture
}

func swapped(pixels []byte) []byte {
	out := make([]byte, len(pixels))
	for i, p := range pixels {
		out[i] = 255 - p
	}
	return out
}

// open reads the chosen file as a picture.
func (v *tryPicture) open(ctx goapp.Context, _ goapp.Event) {
	c := v.Core
	input := ctx.JSSrc()
	file := input.Get("files").Index(0)
	if !file.Truthy() {
		return
	}
	input.Set("value", "")
	window := goapp.Window()
	url := window.Get("URL").Call("createObjectURL", file)
	image := window.Get("document").Call("createElement", "img")
	var loaded, failed goapp.Func
	end := func(f func()) {
		window.Get("URL").Call("revokeObjectURL", url)
		loaded.Release()
		failed.Release()
		c.ctx.Dispatch(func(goapp.Context) { f() })
	}
	loaded = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
		end(func() {
			v.wrong = ""
			v.take(image, image.Get("naturalWidth").Float(), image.Get("naturalHeight").Float())
		})
		return nil
	})
	failed = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
		end(func() {
			v.wrong = "picture.unread"
			c.Do(state.TakePicture{})
		})
		return nil
	})
	image.Set("onload", loaded)
	image.Set("onerror", failed)
	image.Set("src", url)
}

// take makes a sample of what an element shows.
func (v *tryPicture) take(element goapp.Value, width, height float64) {
	c := v.Core
	if c.Data == nil || len(c.Data.X) != 3 {
		return
	}
	pixels := draw.Sampled(element, width, height, c.Data.X[0], c.Data.X[1], c.Data.X[2])
	if v.inverse {
		pixels = swapped(pixels)
	}
	if pixels != nil {
		c.Do(state.TakePicture{Pixels: pixels})
		c.repaint()
	}
}
