//go:build js && wasm

// Package crew is train.Crew in a browser: Web Workers that run the same program, each with a trainer of its own over the
// same experiment and data, and meet at a SharedArrayBuffer.
package crew

import (
	"slices"
	"syscall/js"

	"descent/ml/session"
	"descent/ml/train"
)

// A crew is workers that compute shards beside this one. Each is a worker of its own, started from the same script; it
// opens the same experiment, loads the data, and then waits at the shared memory.
type crew struct {
	*shared
	id      int
	members []*member // that have joined, in the order of their shards
	turn    int
	gone    bool
}

// A member is one of those workers. They stay when a crew is let go, for the next.
type member struct {
	worker js.Value
	ready  bool // it can be told of a crew
	lost   bool
}

// Crews hires from the workers that there are, and starts more.
type Crews struct {
	Name  string                // of the workers: MemberName, and what their script has to know behind it
	Extra func() map[string]any // what they are told beside the experiment; nil for nothing

	members []*member
	last    int
	now     *crew
	offer   func(m *member) // tells a worker of the crew of the moment
}

// maxMembers bounds the workers beside this one: each holds the data once more.
const maxMembers = 7

// patience is how long a member may take for a step before it is given up, in milliseconds. Its shards are then
// computed here, so a slow one costs time, not the result.
const patience = 20_000

// Hire is session.Hirer. Shared memory takes a page that is isolated from others.
func (c *Crews) Hire(document string, most, shards, weights int) (session.Crew, string) {
	if !js.Global().Get("crossOriginIsolated").Truthy() || js.Global().Get("SharedArrayBuffer").IsUndefined() {
		return nil, session.AloneIsolated
	}
	cores := js.Global().Get("navigator").Get("hardwareConcurrency").Int()
	n := min(most, cores-1, maxMembers)
	if n < 1 {
		return nil, session.AloneCores
	}
	c.members = slices.DeleteFunc(c.members, func(m *member) bool { return m.lost })
	c.last++
	now := &crew{shared: newShared(js.Undefined(), shards, weights), id: c.last}
	c.now = now
	c.offer = func(m *member) {
		offer := js.Global().Get("Object").New()
		for key, v := range map[string]any{"kind": "crew", "id": now.id, "document": document, "buffer": now.buffer,
			"shards": shards, "weights": weights} {
			offer.Set(key, v)
		}
		if c.Extra != nil {
			for key, v := range c.Extra() {
				offer.Set(key, v)
			}
		}
		m.worker.Call("postMessage", offer)
	}
	for len(c.members) < n {
		c.members = append(c.members, c.start())
	}
	for _, m := range c.members[:n] {
		if m.ready {
			c.offer(m)
		}
	}
	return now, ""
}

// start starts a worker. It says "ready" when it can be told of a crew, and "joined" when it has opened the experiment.
func (c *Crews) start() *member {
	options := js.Global().Get("Object").New()
	options.Set("name", c.Name)
	m := &member{worker: js.Global().Get("Worker").New(js.Global().Get("location").Get("href"), options)}
	gone := func() {
		m.lost = true
		m.worker.Call("terminate")
	}
	m.worker.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		switch data := args[0].Get("data"); data.Get("kind").String() {
		case "ready":
			m.ready = true
			c.offer(m)
		case "joined":
			if c.now != nil && data.Get("id").Int() == c.now.id {
				c.now.members = append(c.now.members, m)
				m.worker.Call("postMessage", len(c.now.members))
			}
		case "failure":
			gone()
		}
		return nil
	}))
	m.worker.Set("onerror", js.FuncOf(func(js.Value, []js.Value) any {
		gone()
		return nil
	}))
	return m
}

// Members leaves out those that were lost, and with them those behind: shards go by place.
func (c *crew) Members() int {
	for i, m := range c.members {
		if m.lost {
			c.members = c.members[:i]
		}
	}
	return len(c.members)
}

func (c *crew) Begin(j train.Job, weights []float32) {
	c.store(wordOrder, orderNone) // a member that was not waited for must not read half of two jobs
	c.put(0, weights)
	c.putJob(j)
	c.turn++
	c.store(wordOrder, orderWork)
	c.store(wordTurn, c.turn)
}

func (c *crew) Collect(part int, grad []float32) (train.Metrics, bool) {
	for {
		done := c.load(wordDone + part)
		if done == c.turn {
			break
		}
		if c.gone || !c.wait(wordDone+part, done, patience) {
			for _, m := range c.members {
				m.lost = true // who hangs is not known, and the page must go on
				m.worker.Call("terminate")
			}
			c.gone = true // nobody is waited for again
			return train.Metrics{}, false
		}
	}
	if grad != nil {
		c.get(1+part, grad)
	}
	return c.metrics(part), true
}

// Dismiss sends the members back to where they hear of the next crew.
func (c *crew) Dismiss() {
	c.store(wordOrder, orderLeave)
	c.store(wordTurn, c.turn+1)
}
