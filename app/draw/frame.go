// Package draw puts pictures on canvases and curves on charts, by the browser's own drawing calls. It knows elements by
// their ids, and draws on animation frames only: a hidden page draws nothing.
package draw

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// budget is how long jobs may go on in one frame: others follow on the next, so that a click need not wait for all of them.
const budget = 5 * time.Millisecond

// Frames does jobs on the next animation frames, each key's last one only.
type Frames struct {
	jobs    map[string]func()
	order   []string
	waiting bool
	tick    goapp.Func
	after   goapp.Value // has the tick come in a task of its own
}

// Request asks for a job to be done on the next frame.
func (f *Frames) Request(key string, job func()) {
	if goapp.IsServer {
		return
	}
	if f.jobs == nil {
		f.jobs = map[string]func(){}
		f.tick = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			f.waiting = false
			f.some()
			return nil
		})
		window := goapp.Window()
		f.after = window.Get("setTimeout").Call("bind", window, f.tick, 0)
	}
	if _, ok := f.jobs[key]; !ok {
		f.order = append(f.order, key)
	}
	f.jobs[key] = job
	f.wait()
}

func (f *Frames) wait() {
	if !f.waiting {
		f.waiting = true
		f.request()
	}
}

// request has the tick come right after the next frame, in a task of its own. In the frame's own task laying out and painting
// would come on top of it, and of whatever else Go does as soon as it is woken.
func (f *Frames) request() {
	goapp.Window().Call("requestAnimationFrame", f.after)
}

// some does jobs in their order until the frame's time is used up, at least one.
func (f *Frames) some() {
	began := time.Now()
	for n := len(f.order); n > 0 && len(f.order) > 0; n-- { // what these jobs ask for is for later frames
		key := f.order[0]
		job := f.jobs[key]
		delete(f.jobs, key)
		f.order = f.order[1:]
		if job(); time.Since(began) > budget {
			break
		}
	}
	if len(f.order) > 0 {
		f.wait()
	}
}

// Now does the jobs without waiting for the frame.
func (f *Frames) Now() {
	jobs, order := f.jobs, f.order
	f.jobs, f.order = map[string]func(){}, nil
	for _, key := range order {
		jobs[key]()
	}
}
