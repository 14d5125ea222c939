// Package view is the page's components. A component gets the core and the revision of what it shows, so go-app draws
// it anew when that has changed and leaves it alone otherwise; what people do becomes an action.
package view

import (
	"encoding/binary"
	"math"
	"time"

	"descent/app/draw"
	"descent/app/runner"
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Core is what the components share: the state, the trainer, and the pictures on show.
type Core struct {
	*state.Store
	runner    runner.Runner
	frames    draw.Frames
	pictures  pictures
	ctx       goapp.Context // of the page
	page      goapp.Composer
	drawn     time.Time         // when the page was last brought up to date
	due       bool              // that is about to happen
	waiting   []session.Command // to be sent when typing rests
	rest      *time.Timer
	missed    bool       // something changed while the page was hidden
	asked     time.Time  // when the pad's digit was last put to the model
	widths    [2]float64 // of the galleries as they were drawn
	missing   uint64     // how much of the stage is still to come; see assemble
	parts     uint64     // grows as the parts of a stage come
	assembles bool       // stages come in parts, as in a browser
	whole     bool       // a stage was whole before: what opens over the page is there
	pane      string     // the stage that is on the page
	hovers    uint64     // the pointer's moves over a chart
	guessed   time.Time  // when the guesses were last drawn
	guessing  bool       // they are about to be
	row       int        // of a table of samples that Tab stops at
	files     []runner.File
	kept      keeper
	gradual   []goapp.Composer // of which parts are still to come
	cards     gradual          // those of a report
}

// pictures is pixels as they came, and what they await.
type pictures struct {
	plane         goapp.Value
	width, height int
	samples       []byte
	checks        []byte
	found         []byte   // of the samples that are looked at
	way           [][]byte // of those on their way through preprocessing, each step
	attention     []float32
	states        []float32
	cases         []byte // pixels of the samples that are looked at
	explained     []byte
	insights
	ack int // the event to acknowledge once drawn
}

// Do does what a person asked for. The page shows it at once; the trainer hears of typing and of sliders when they
// rest, since each change may have it start anew.
func (c *Core) Do(a state.Action) {
	if drop, ok := a.(state.Drop); ok {
		c.letGo(drop.Name)
	}
	commands := c.Apply(a)
	switch a.(type) {
	case state.Edit:
		c.postpone(commands, 500*time.Millisecond)
	case state.Set:
		c.postpone(commands, 80*time.Millisecond)
	case state.Play:
		c.postpone(commands, 50*time.Millisecond) // the page shows that it was pressed before training takes every core
	default:
		c.flush()
		c.send(commands)
	}
	switch a := a.(type) {
	case state.WorkerStart:
		c.start()
	case state.Dress, state.Speak, state.UseKeys, state.SetPace, state.Bind, state.UsualKeys, state.Smooth, state.SetAxis, state.ShowLog, state.ShowLogX:
		c.keep(a)
	}
	c.settle()
	c.refresh()
}

func (c *Core) send(commands []session.Command) {
	for _, command := range commands {
		c.runner.Send(command)
	}
}

// postpone sends commands after a while without more of them. An experiment makes what was said before it void.
func (c *Core) postpone(commands []session.Command, wait time.Duration) {
	for _, command := range commands {
		if command.Open != nil {
			c.waiting = nil
		}
		c.waiting = append(c.waiting, command)
	}
	if c.rest != nil {
		c.rest.Stop()
	}
	c.rest = time.AfterFunc(wait, c.flush)
}

func (c *Core) flush() {
	waiting := c.waiting
	c.waiting = nil
	c.send(waiting)
}

func (c *Core) start() {
	c.pictures = pictures{}
	c.runner.Bring(c.files)
	c.runner.Start(func(m runner.Message) {
		// Next: on the interface's own goroutine, and without drawing the page for every message.
		c.ctx.Dispatcher().Dispatch(goapp.Dispatch{Mode: goapp.Next, Source: c.page, Function: func(goapp.Context) { c.receive(m) }})
	})
}

// receive takes in one message of the trainer.
func (c *Core) receive(m runner.Message) {
	if m.Failure != nil {
		c.Do(state.WorkerDied{Message: m.Failure.Message, Detail: m.Failure.Detail})
		return
	}
	e := m.Event
	c.send(c.Reduce(e))
	c.settle()
	blob := func(i int) goapp.Value {
		if i < 0 || i >= len(m.Blobs) {
			return nil
		}
		return m.Blobs[i]
	}
	p := &c.pictures
	if e.Boundary != nil {
		p.plane, p.width, p.height = blob(e.Boundary.Blob), e.Boundary.Width, e.Boundary.Height
	}
	if e.Samples != nil {
		p.samples = bytesOf(blob(e.Samples.Blob))
	}
	if e.Checks != nil {
		p.checks = bytesOf(blob(e.Checks.Blob))
	}
	c.keepShelf(e, blob)
	if e.Attention != nil {
		p.attention = floatsOf(blob(e.Attention.Blob))
	}
	if e.States != nil {
		p.states = floatsOf(blob(e.States.Blob))
	}
	if e.Cases != nil && e.Cases.Samples != nil {
		p.cases = bytesOf(blob(e.Cases.Samples.Blob))
	}
	if e.Explained != nil {
		p.explained = bytesOf(blob(e.Explained.Blob))
	}
	if e.Report != nil && e.Report.Part == session.PartTest {
		c.keepOpened()
	}
	p.insights.take(e, blob)
	if e.Shows() {
		p.ack = e.Seq
		c.frames.Request("views", func() {
			c.drawViews(e.Samples != nil)
			c.send([]session.Command{{Ack: &session.Ack{Seq: p.ack}}})
		})
	}
	if e.Prediction != nil {
		c.asked = time.Now()
	} else if e.Stats != nil && time.Since(c.asked) > 250*time.Millisecond {
		c.send(c.Again())
	}
	c.change()
}

func bytesOf(buffer goapp.Value) []byte {
	if buffer == nil {
		return nil
	}
	return draw.Bytes(buffer)
}

// floatsOf reads numbers of four bytes, little endian.
func floatsOf(buffer goapp.Value) []float32 {
	b := bytesOf(buffer)
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// pace is the least time between two updates of the page's text while training.
const pace = 100 * time.Millisecond

// change brings the page up to date soon; not more often than at the pace.
func (c *Core) change() {
	if c.due {
		return
	}
	if goapp.Window().Get("document").Get("hidden").Truthy() {
		c.missed = true
		return
	}
	c.due = true
	time.AfterFunc(max(0, pace-time.Since(c.drawn)), c.refresh)
}

// refresh brings the page up to date now.
func (c *Core) refresh() {
	c.due, c.missed = false, false
	c.drawn = time.Now()
	if c.Pane != c.pane && c.assembles {
		c.pane, c.missing, c.cards = c.Pane, firstOnly, gradual{}
		c.parts++
	}
	c.ctx.Dispatch(func(goapp.Context) {})
}

// act is a handler that does an action. go-app takes handlers made at one place for equal, so the scope must tell
// actions apart.
func (c *Core) act(a state.Action) goapp.EventHandler {
	return func(goapp.Context, goapp.Event) { c.Do(a) }
}

// t is a sentence of the page.
func (c *Core) t(key string, args ...any) string { return c.Language.Text(key, args...) }

// redrawn has a component drawn, on the next frame, that is being brought up to date. It does what OnUpdate is for, after
// which go-app would render the component once more.
func redrawn(of interface{ Mounted() bool }, draw func()) {
	if of.Mounted() {
		draw()
	}
}

// further is what follows the first of a stage's main column.
func (c *Core) further(of ...goapp.UI) goapp.UI { return goapp.If(c.missing <= withMain, of...) }

// when makes an element where it is wanted; go-app's If would make it in any case.
func when(wanted bool, make func() goapp.UI) goapp.UI {
	if !wanted {
		return nil
	}
	return make()
}
