// Package optim holds the optimizers: how a parameter moves, given its
// gradient. Each is one file with its settings and its catalogue entry.
package optim

import (
	"slices"

	"descent/ml/config"
	"descent/ml/tensor"
)

// An Optimizer updates one parameter at a time. It holds settings only; what
// it remembers of a parameter lies in slots that the trainer keeps and saves.
type Optimizer interface {
	Fields() []config.Field
	Slots() int    // float32s remembered per weight
	Rate() float64 // the learning rate that was set; a schedule starts from it
	// Update moves the parameter at a learning rate. The step counts from 1.
	Update(p Param, step int, lr float64)
}

// A Param is one parameter as an optimizer sees it.
type Param struct {
	Name  string
	Shape tensor.Shape
	W, G  []float32   // its values and their gradient; G may be overwritten
	Slots [][]float32 // what the optimizer remembers of it, zero at first
	Temp  []float32   // scratch, as long as Temp says
}

// A Scratcher is an optimizer that needs room to work in while it updates a
// parameter.
type Scratcher interface {
	Temp(shape tensor.Shape) int // float32s
}

// Temp returns how many float32s of scratch an optimizer needs for a parameter.
func Temp(o Optimizer, shape tensor.Shape) int {
	if s, ok := o.(Scratcher); ok {
		return s.Temp(shape)
	}
	return 0
}

// Matrix reports whether the parameter is a weight that is multiplied with
// inputs, which decoupled weight decay and Muon apply to; biases and the gains
// of normalisations are not.
func (p Param) Matrix() bool { return len(p.Shape) >= 2 }

// An Info is an optimizer's entry in the catalogue.
type Info struct {
	Type, Title, Doc string
	Formula          string
	New              func() Optimizer
}

var catalogue []Info

// Register adds an optimizer; each optimizer's file calls it once. The catalogue
// is kept in order: to sort a slice takes a copy of package slices' sort for each
// type of its elements, which a browser has to fetch.
func Register(info Info) {
	at := 0
	for at < len(catalogue) && catalogue[at].Type < info.Type {
		at++
	}
	catalogue = slices.Insert(catalogue, at, info)
}

// Optimizers returns the catalogue, sorted by type.
func Optimizers() []Info { return slices.Clone(catalogue) }

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
