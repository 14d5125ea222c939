//go:build js && wasm

package crew

import (
	"math"
	"syscall/js"

	"descent/ml/train"
)

// MemberName is what the name of a worker that computes for another one begins with; the page's own has none.
const MemberName = "member"

// Assist is the whole life of such a worker: it hears of a crew, opens its experiment, says that it has joined, hears
// its place, and then computes what it is told until the crew is let go. What it is told of a crew is the document, and
// what Crews.Extra says; open makes a trainer of that, or nil when that cannot be done any more.
func Assist(open func(document string, extra js.Value) *train.Trainer) {
	messages := make(chan js.Value, 16)
	js.Global().Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		messages <- args[0].Get("data")
		return nil
	}))
	say("ready", 0)
	offer := <-messages
	for {
		if t := open(offer.Get("document").String(), offer); t != nil {
			offer = join(t, offer, messages)
		} else {
			offer = <-messages // the others go on alone
		}
	}
}

func say(kind string, id int) {
	message := js.Global().Get("Object").New()
	message.Set("kind", kind)
	message.Set("id", id)
	js.Global().Call("postMessage", message)
}

// join works in a crew and returns the offer of the next.
func join(t *train.Trainer, offer js.Value, messages <-chan js.Value) (next js.Value) {
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
	weights := func(to []float32) { s.get(0, to) }
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
		t.Assist(job, place.Int(), weights, func(part int, grad []float32, m train.Metrics) {
			if grad != nil {
				s.put(1+part, grad)
			}
			s.putMetrics(part, m)
			s.store(wordDone+part, turn)
		})
	}
}
