//go:build js && wasm

// Command worker is the trainer, compiled to web/worker.wasm and started by web/worker.js inside a Web Worker. It is a
// transport of ml/session and nothing else:
//
//	page to worker   a string, a command as JSON, or {kind: "files", files: [{name, file}, …]}, the files of a person's own
//	worker to page   {kind: "event", event: JSON, blobs: [ArrayBuffer, …]}, the buffers transferred
//
// Commands sent before the first event are lost, so the page waits for it.
package main

import (
	"syscall/js"
	"time"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/session"
	"descent/ml/train"
	"descent/wasm/crew"
)

// slice is how long the trainer works before it lets messages in.
const slice = 12 * time.Millisecond

func main() {
	data.ReadPicture = readPicture
	if js.Global().Get("name").String() == crew.MemberName {
		crew.Assist(open)
	}
	var queue []string
	own := &files{}
	wake := make(chan struct{}, 1)
	rouse := func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	js.Global().Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if message := args[0].Get("data"); message.Type() == js.TypeString {
			queue = append(queue, message.String())
		} else {
			own.bring(message.Get("files"))
		}
		rouse()
		return nil
	}))
	pause := newPause()
	s := session.New(own, post)
	s.Gauge = true
	s.Hire = (&crew.Crews{Name: crew.MemberName, Extra: func() map[string]any { return map[string]any{"files": own.list()} }}).Hire
	kept := &keeper{runs: map[string]*turn{}, news: make(chan func(), 16), wake: wake}
	s.Keeper = kept
	for {
		for len(kept.news) > 0 {
			(<-kept.news)()
		}
		for len(queue) > 0 {
			text := queue[0]
			queue = queue[1:]
			c, err := session.DecodeCommand([]byte(text))
			if err != nil {
				panic("worker: the page sent something that is no command: " + err.Error())
			}
			s.Do(c)
		}
		switch wait := s.Work(slice); {
		case wait == 0:
			pause.wait()
		case wait == session.Idle:
			<-wake
		default:
			timer := time.AfterFunc(wait, rouse) // time.After links all of time's formatting
			<-wake
			timer.Stop()
		}
	}
}

// open makes the trainer of a member of a crew.
func open(document string, extra js.Value) *train.Trainer {
	own := &files{}
	own.bring(extra.Get("files"))
	e, err := experiment.Parse([]byte(document))
	if err != nil {
		panic("worker: an experiment that could be opened cannot be: " + err.Error())
	}
	set, err := e.Data.Open(e.Seed, own, nil)
	if err != nil {
		return nil // the files may be gone by now
	}
	t, err := train.New(e, set, train.Options{})
	if err != nil {
		return nil
	}
	return t
}

// post sends an event with its blobs.
func post(e *session.Event, blobs [][]byte) {
	buffers := js.Global().Get("Array").New()
	for _, b := range blobs {
		array := js.Global().Get("Uint8Array").New(len(b))
		js.CopyBytesToJS(array, b)
		buffers.Call("push", array.Get("buffer"))
	}
	message := js.Global().Get("Object").New()
	message.Set("kind", "event")
	message.Set("event", string(e.Encode()))
	message.Set("blobs", buffers)
	js.Global().Call("postMessage", message, buffers)
}

// A pause lets the worker's event loop deliver what has arrived. The fastest way is a message to oneself: a timer
// waits for at least 4 ms once timers nest, and runtime.Gosched lets no event in at all.
type pause struct {
	port js.Value
	done chan struct{}
}

func newPause() *pause {
	channel := js.Global().Get("MessageChannel").New()
	p := &pause{port: channel.Get("port2"), done: make(chan struct{}, 1)}
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		p.done <- struct{}{}
		return nil
	}))
	return p
}

func (p *pause) wait() {
	p.port.Call("postMessage", 0)
	<-p.done
}
