package graph

import (
	"fmt"

	"descent/ml/tensor"
)

// ParamInfo describes one parameter.
type ParamInfo struct {
	Name   string
	Shape  tensor.Shape
	Init   Init
	L1, L2 float64 // penalty rates: L1·Σ|w| + L2·Σw²
	Frozen bool    // kept as it is; no gradient is computed for it

	// State is what an op keeps from batch to batch, such as running means. It
	// has no gradient: in Backward the op writes the statistic of its samples,
	// times their number, where the gradient would go, and the trainer moves
	// the value: v ← Momentum·v + (1-Momentum)·statistic.
	State    bool
	Momentum float64

	offset int
}

// An Init fills a new parameter. The stream is the parameter's own.
type Init func(dst []float32, shape tensor.Shape, s tensor.Stream)

// align is the boundary of every buffer, in float32s: one cache line, and one
// AVX-512 vector.
const align = 16

func aligned(n int) int { return (n + align - 1) &^ (align - 1) }

// Params is the trained numbers of a model in one block, with an index. The
// gaps between parameters are zero and stay zero.
type Params struct {
	Value []float32
	Index []ParamInfo
	names map[string]int
}

// NewParams allocates parameters and initialises each from (seed, its name).
func NewParams(infos []ParamInfo, seed uint64) *Params {
	p := &Params{names: map[string]int{}}
	size := 0
	for _, info := range infos {
		info.offset = size
		size += aligned(info.Shape.Len())
		p.names[info.Name] = len(p.Index)
		p.Index = append(p.Index, info)
	}
	p.Value = make([]float32, size)
	p.Draw(p.Value, seed)
	return p
}

// Draw fills a block laid out like Value with initial values, each parameter's
// from (seed, its name).
func (p *Params) Draw(block []float32, seed uint64) {
	clear(block)
	for i, info := range p.Index {
		info.Init(p.Of(block, i), info.Shape, tensor.NewStream(seed, info.Name))
	}
}

// Clone returns a copy that does not follow the original.
func (p *Params) Clone() *Params {
	return &Params{Value: append([]float32{}, p.Value...), Index: p.Index, names: p.names}
}

// Of returns the part of a block laid out like Value that belongs to the i-th
// parameter: its values, its gradient, its optimizer state.
func (p *Params) Of(block []float32, i int) []float32 {
	info := &p.Index[i]
	return block[info.offset : info.offset+info.Shape.Len() : info.offset+info.Shape.Len()]
}

// Place returns where the i-th parameter begins in such a block, and its length.
func (p *Params) Place(i int) (from, n int) { return p.Index[i].offset, p.Index[i].Shape.Len() }

// Find returns the index of a parameter by name.
func (p *Params) Find(name string) (int, bool) {
	i, ok := p.names[name]
	return i, ok
}

// Count returns the number of trained numbers.
func (p *Params) Count() int {
	n := 0
	for _, info := range p.Index {
		n += info.Shape.Len()
	}
	return n
}

func (p *Params) bind(info ParamInfo) int {
	i, ok := p.names[info.Name]
	if !ok || !p.Index[i].Shape.Equal(info.Shape) {
		panic(fmt.Sprintf("graph: parameters hold no %s of shape %v", info.Name, info.Shape))
	}
	return i
}
