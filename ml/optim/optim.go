// Package optim holds the optimizers: how a parameter moves, given its
// gradient. Each is one file with its settings and its catalogue entry.
package optim

import (
	"slices"
	"strings"

	"descent/ml/config"
)

// An Optimizer updates one parameter at a time. It holds settings only; what
// it remembers of a parameter lies in slots that the trainer keeps and saves.
type Optimizer interface {
	Fields() []config.Field
	Slots() int // float32s remembered per weight
	// Update moves w along its gradient g. The step counts from 1.
	Update(w, g []float32, slots [][]float32, step int)
}

// An Info is an optimizer's entry in the catalogue.
type Info struct {
	Type, Title, Doc string
	Formula          string
	New              func() Optimizer
}

var catalogue []Info

// Register adds an optimizer; each optimizer's file calls it once.
func Register(info Info) { catalogue = append(catalogue, info) }

// Optimizers returns the catalogue, sorted by type.
func Optimizers() []Info {
	return slices.SortedFunc(slices.Values(catalogue), func(a, b Info) int { return strings.Compare(a.Type, b.Type) })
}

// Lookup finds an optimizer by type.
func Lookup(typ string) (Info, bool) {
	i := slices.IndexFunc(catalogue, func(info Info) bool { return info.Type == typ })
	if i < 0 {
		return Info{}, false
	}
	return catalogue[i], true
}

// Types returns the names of all optimizers.
func Types() []string {
	var out []string
	for _, info := range Optimizers() {
		out = append(out, info.Type)
	}
	return out
}

func rateField(p *float64) config.Field {
	return config.Float("lr", p, 0, 100, "Learning rate: how far a step goes; too small crawls, too large diverges")
}
