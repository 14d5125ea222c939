// Package draw puts pictures on canvases and curves on charts, by the browser's own drawing calls. It knows elements by
// their ids, and draws on animation frames only: a hidden page draws nothing.
package draw

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// Frames does jobs on the next animation frame, each key's last one only.
type Frames struct {
	jobs    map[string]func()
	order   []string
	waiting bool
	tick    goapp.Func
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
			f.Now()
			return nil
		})
	}
	if _, ok := f.jobs[key]; !ok {
		f.order = append(f.order, key)
	}
	f.jobs[key] = job
	if !f.waiting {
		f.waiting = true
		goapp.Window().Call("requestAnimationFrame", f.tick)
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
