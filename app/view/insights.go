package view

import (
	"descent/app/state"
	"descent/ml/session"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// insights is what the trainer sent beside its messages about the model at work.
type insights struct {
	maps    []byte               // of the units of a network
	weights []float32            // and its weights
	values  map[string][]float32 // by their paths
	ridges  state.Ridges
}

func (i *insights) take(e session.Event, blob func(int) goapp.Value) {
	if n := e.Network; n != nil {
		i.maps, i.weights = bytesOf(blob(n.Maps)), floatsOf(blob(n.Weights))
	}
	if e.Viewed != nil {
		i.values = map[string][]float32{}
		for _, m := range e.Values {
			i.values[m.Path] = floatsOf(blob(m.Blob))
		}
	}
	if e.Spreads != nil {
		i.ridges.Add(e.Spreads, floatsOf(blob(e.Spreads.Blob)))
	}
}
