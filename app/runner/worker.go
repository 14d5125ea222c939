package runner

import (
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Worker runs the trainer in a Web Worker, which goes on while the page draws, and while its tab is hidden.
type Worker struct {
	worker  goapp.Value
	message goapp.Func
	problem goapp.Func
	files   []File
	alive   bool // it has said something: what is posted earlier is lost
}

// Start opens a worker. Outside a browser there is none.
func (w *Worker) Start(receive func(Message)) {
	if goapp.IsServer {
		return
	}
	w.stop()
	url := "/web/worker.js"
	if version := goapp.Getenv("GOAPP_VERSION"); version != "" {
		url += "?v=" + version
	}
	dead := func(message, detail string) {
		w.stop()
		receive(Message{Failure: &Failure{message, detail}})
	}
	w.worker = goapp.Window().Get("Worker").New(url)
	// What an ended worker had still to say is not heard: its handlers are taken away with it.
	w.message = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		data := args[0].Get("data")
		switch data.Get("kind").String() {
		case "event":
			event, err := session.DecodeEvent([]byte(data.Get("event").String()))
			if err != nil {
				dead("", err.Error())
				return nil
			}
			m := Message{Event: event}
			if blobs := data.Get("blobs"); blobs.Truthy() {
				for i := range blobs.Length() {
					m.Blobs = append(m.Blobs, blobs.Index(i))
				}
			}
			if !w.alive {
				w.alive = true
				w.post()
			}
			receive(m)
		case "failure":
			dead(words(data.Get("message")), words(data.Get("detail")))
		}
		return nil
	})
	w.problem = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		dead("", words(args[0].Get("message")))
		return nil
	})
	w.worker.Set("onmessage", w.message)
	w.worker.Set("onerror", w.problem)
}

// Send posts a command.
func (w *Worker) Send(c session.Command) {
	if w.worker != nil {
		w.worker.Call("postMessage", string(c.Encode()))
	}
}

// Bring posts the files. The browser passes on what names them, not what is in them.
func (w *Worker) Bring(files []File) {
	w.files = files
	w.post()
}

func (w *Worker) post() {
	if w.worker == nil || !w.alive {
		return
	}
	list := goapp.Window().Get("Array").New()
	for _, f := range w.files {
		list.Call("push", map[string]any{"name": f.Name, "file": f.File})
	}
	w.worker.Call("postMessage", map[string]any{"kind": "files", "files": list})
}

func (w *Worker) stop() {
	w.alive = false
	if w.worker == nil {
		return
	}
	w.worker.Set("onmessage", nil)
	w.worker.Set("onerror", nil)
	w.worker.Call("terminate")
	w.worker = nil
	w.message.Release()
	w.problem.Release()
}

func words(v goapp.Value) string {
	if v.Truthy() {
		return v.String()
	}
	return ""
}
