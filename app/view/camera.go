package view

import (
	"strconv"
	"time"

	"descent/app/draw"
	"descent/app/state"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A camera is the device's, while its picture is on the page. What it sees is sent nowhere.
type camera struct {
	core    *Core
	stream  goapp.Value
	holding bool // the button that takes pictures is down
	tick    *time.Timer
}

// shot is the time between two pictures while the button is held.
const shot = 150 * time.Millisecond

// finder is what the camera sees, and the button that takes it.
func (d *dataMake) finder() goapp.UI {
	c := d.Core
	m := &c.Making
	var sizes []goapp.UI
	for _, n := range []int{16, 24, 28, 32, 48, 64} {
		sizes = append(sizes, goapp.Option().Value(n).Selected(n == m.Size).Text(strconv.Itoa(n)+"×"+strconv.Itoa(n)))
	}
	on := m.Camera == cameraOn
	hold := func(goapp.Context, goapp.Event) { d.camera.hold() }
	let := func(goapp.Context, goapp.Event) { d.camera.let() }
	return goapp.Div().Class("sketch").Body(
		goapp.Video().ID(idVideo).Class("sketch-pad", "finder").AutoPlay(true).Muted(true).Attr("playsinline", "").Hidden(!on).Aria("label", c.t("camera.sees")),
		goapp.If(!on && m.Camera != cameraAsked, goapp.Div().Class("finder-off").Role("status").Body(
			icon("camera"),
			goapp.P().Text(c.t(cameraWords(m.Camera))),
			goapp.Button().Type("button").DataSet("testid", "camera-on").OnClick(func(goapp.Context, goapp.Event) { d.camera.start() }).Text(c.t("camera.on")))),
		goapp.If(m.Camera == cameraAsked, goapp.Div().Class("finder-off").Role("status").Body(icon("camera"), goapp.P().Text(c.t("camera.asked")))),
		goapp.Div().Class("fields").Body(
			goapp.Div().Class("field", "field-int").Body(
				goapp.Label().Class("field-name").For("film-size").Text(c.t("camera.size")),
				goapp.Select().ID("film-size").OnChange(func(ctx goapp.Context, _ goapp.Event) {
					if n, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
						c.Do(state.SetFilm{Size: n, Colour: m.Colour})
					}
				}).Body(sizes...)),
			goapp.Label().Class("check").Body(
				goapp.Input().Type("checkbox").ID("film-colour").Checked(m.Colour).OnChange(c.act(state.SetFilm{Size: m.Size, Colour: !m.Colour}), m.Colour, m.Size),
				goapp.Span().Text(c.t("camera.colour")))),
		goapp.Div().Class("own-buttons").Body(
			goapp.Button().Type("button").Class("primary").DataSet("testid", "camera-hold").Disabled(!on).
				On("pointerdown", hold).On("pointerup", let).On("pointerleave", let).On("pointercancel", let).On("blur", let).
				On("keydown", func(_ goapp.Context, e goapp.Event) {
					if key := e.Get("key").String(); key == " " || key == "Enter" {
						e.PreventDefault()
						d.camera.hold()
					}
				}).
				On("keyup", let).Body(icon("camera"), goapp.Span().Text(c.t("camera.hold", m.Classes[m.Class])))),
	)
}

// How the camera stands, beside what went wrong.
const (
	cameraOn    = "on"
	cameraAsked = "asked"
)

// cameraWords is the key of what is said while the camera shows nothing.
func cameraWords(stands string) string {
	if stands == "" {
		return "camera.off"
	}
	return stands
}

// start asks for the camera.
func (v *camera) start() {
	c := v.core
	c.Do(state.CameraIs{State: cameraAsked})
	c.openCamera(func(stream goapp.Value) {
		v.stop()
		v.stream = stream
		if c.Pane != state.PaneData || c.DataTab() != state.DataMake || !c.Making.Filming {
			v.stop() // the person has gone on
			return
		}
		c.Do(state.CameraIs{State: cameraOn})
	}, func(why string) { c.Do(state.CameraIs{State: "camera." + why}) })
}

// follow gives the picture to the element that is there now, and ends when there is none.
func (v *camera) follow() {
	if v.stream == nil {
		return
	}
	video := goapp.Window().GetElementByID(idVideo)
	if !video.Truthy() || !v.core.Making.Filming {
		v.stop()
		return
	}
	if now := video.Get("srcObject"); !now.Truthy() || !now.Equal(v.stream) {
		video.Set("srcObject", v.stream)
	}
}

// stop lets the camera go; its light goes out.
func (v *camera) stop() {
	v.let()
	if v.stream == nil {
		return
	}
	stopCamera(v.stream)
	v.stream = nil
}

// hold takes pictures until the button is let go.
func (v *camera) hold() {
	if !v.holding && v.stream != nil {
		v.holding = true
		v.take()
	}
}

func (v *camera) let() {
	v.holding = false
	if v.tick != nil {
		v.tick.Stop()
	}
}

func (v *camera) take() {
	c := v.core
	if !v.holding || v.stream == nil {
		return
	}
	if pixels := draw.Frame(idVideo, c.Making.Size, c.Making.Colour); pixels != nil {
		c.Do(state.AddFrame{Pixels: pixels})
	}
	v.tick = time.AfterFunc(shot, func() { c.ctx.Dispatch(func(goapp.Context) { v.take() }) })
}
