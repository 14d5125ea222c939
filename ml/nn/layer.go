// Package nn holds the layers, which are what a person sees and saves. A layer
// is one file: its settings, how it is built from ops, and its catalogue
// entry. The palette, the forms, the JSON and the tests all read the catalogue,
// so there is no second place to change.
package nn

import (
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/tensor"
)

// A Layer is the settings of one kind of layer.
type Layer interface {
	// Fields binds the settings for reading, writing and forms.
	Fields() []config.Field

	// Build applies the layer to its inputs. What is wrong with them it says
	// through Fail and returns the zero Value.
	Build(b *Builder, in ...graph.Value) graph.Value
}

// An Info is a layer's entry in the catalogue.
type Info struct {
	Type    string // "conv2d": the name in JSON
	Title   string // "Convolution 2-D"
	Doc     string // one line
	Formula string // what it computes, in plain characters
	Group   string // where the palette shows it: core, image, sequence, normalisation, regularisation, merge, shape
	Inputs  [2]int // the fewest and the most nodes it reads; zero means one
	// WholeBatch says that the layer computes over all samples of a batch, so
	// that it must not be cut into shards.
	WholeBatch bool
	New        func() Layer
}

var catalogue []Info

// Register adds a layer; each layer's file calls it once.
func Register(info Info) {
	at := 0
	for at < len(catalogue) && catalogue[at].Type < info.Type {
		at++
	}
	catalogue = slices.Insert(catalogue, at, info)
}

// Layers returns the catalogue, sorted by type.
func Layers() []Info { return slices.Clone(catalogue) }

// Lookup finds a layer by type.
func Lookup(typ string) (Info, bool) {
	i := slices.IndexFunc(catalogue, func(info Info) bool { return info.Type == typ })
	if i < 0 {
		return Info{}, false
	}
	return catalogue[i], true
}

func types() []string {
	var out []string
	for _, info := range Layers() {
		out = append(out, info.Type)
	}
	return out
}

// A Builder is the graph under construction as one layer sees it: every name
// it gives begins with the node's.
type Builder struct {
	graph *graph.Builder
	node  string
	seed  uint64
	l1l2  [2]float64
	data  Options // what is known of the input
	// blocks is how many blocks of transformers the model stacks.
	blocks int
	// Frozen says that the node is not to be trained: its parameters stay, and
	// a normalisation uses its running statistics.
	Frozen bool
}

// Shape returns one sample's shape: the batch dimension is left out.
func (b *Builder) Shape(v graph.Value) tensor.Shape {
	s := b.graph.Shape(v)
	if len(s) == 0 {
		return nil
	}
	return s[1:]
}

// Weight declares a parameter that is multiplied with inputs, and is therefore
// subject to the L1 and L2 penalties; Bias one that is added and is not.
func (b *Builder) Weight(name, init string, shape ...int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: shape, Init: initialiser(init), L1: b.l1l2[0], L2: b.l1l2[1]})
}

func (b *Builder) Bias(name string, n int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: tensor.Shape{n}, Init: initialisers["zeros"]})
}

// Gain declares a parameter that starts at 1 and is not penalised.
func (b *Builder) Gain(name string, n int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: tensor.Shape{n}, Init: constant(1)})
}

// State declares what the layer keeps from batch to batch; see graph.ParamInfo.
func (b *Builder) State(name string, start float32, momentum float64, n int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: tensor.Shape{n}, Init: constant(start), State: true, Momentum: momentum})
}

func (b *Builder) param(info graph.ParamInfo) graph.Value {
	info.Name, info.Frozen = b.node+"."+info.Name, b.Frozen
	return b.graph.Param(info)
}

// Stream returns the node's own random numbers, and stream those of a part.
func (b *Builder) Stream() tensor.Stream { return tensor.NewStream(b.seed, b.node) }

func (b *Builder) stream(part string) tensor.Stream { return tensor.NewStream(b.seed, b.node+"."+part) }

// Apply adds the op that makes the node's result.
func (b *Builder) Apply(op graph.Op, in ...graph.Value) graph.Value {
	return b.graph.Apply(b.node, op, in...)
}

// Part adds an op whose result is a step on the way, called node.part.
func (b *Builder) Part(part string, op graph.Op, in ...graph.Value) graph.Value {
	return b.graph.Apply(b.node+"."+part, op, in...)
}

// Fail notes a problem with a field, or with the inputs when field is "".
func (b *Builder) Fail(field, fix, format string, args ...any) graph.Value {
	e := config.Problem(format, args...).At(field)
	e.Node, e.Fix = b.node, fix
	b.graph.Fail(e)
	return graph.Value{}
}
