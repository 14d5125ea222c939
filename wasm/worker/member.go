//go:build js && wasm

package main

import (
	"math"
	"syscall/js"

	"descent/ml/experiment"
	"descent/ml/train"
)

// memberName is the name of a worker that computes for another one; the page's own has none.
const memberName = "member"

// assist is the whole life of such a worker: it hears of a crew, opens its experiment, says that it has joined, hears
// its place, and then computes what it is told until the crew is let go.
func assist() {
	messages := make(chan js.Value, 16)
	js.Global().Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		messages <- args[0].Get("data")
		return nil
	}))
	say("ready", 0)
	offer := <-messages
	for {
		offer = join(offer, messages)
	}
}

func say(kind string, id int) {
	message := js.Global().Get("Object").New()
	message.Set("kind", kind)
	message.Set("id", id)
	js.Global().Call("postMessage", message)
}

// join works in a crew and returns the offer of the next.
func join(offer js.Value, messages <-chan js.Value) (next js.Value) {
	own := &files{}
	own.bring(offer.Get("files"))
	e, err := experiment.Parse([]byte(offer.Get("document").String()))
	if err != nil {
		panic("worker: an experiment that could be opened cannot be: " + err.Error())
	}
	set, err := e.Data.Open(e.Seed, own, nil)
	if err != nil {
		return <-messages // the files may be gone by now; the others go on alone
	}
	t, err := train.New(e, set, train.Options{})
	if err != nil {
		return <-messages
	}
	s := newShared(offer.Get("buffer"), offer.Get("shards").Int(), offer.Get("weights").Int())
	if s.load(wordOrder) == orderLeave {
		return <-messages
	}
	turn := s.load(wordTurn) // what was begun before is not for this one
	say("joined", offer.Get("id").Int())
	place := <-messages
	if place.Type() != js.TypeNumber {
		return place
	}
	weights := make([]float32, s.weights)
	for {
		for s.load(wordTurn) == turn {
			s.wait(wordTurn, turn, math.Inf(1))
		}
		turn = s.load(wordTurn)
		if s.load(wordOrder) == orderLeave {
			return <-messages
		}
		job := s.job()
		if s.load(wordOrder) != orderWork || s.load(wordTurn) != turn || place.Int() >= job.Of {
			continue
		}
		s.get(0, weights)
		t.Assist(job, place.Int(), weights, func(shard int, grad []float32, m train.Metrics) {
			s.put(1+shard, grad)
			s.putMetrics(shard, m)
			s.store(wordDone+shard, turn)
		})
	}
}
