package nn

import (
	"math"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/tensor"
)

// Embedding gives each token a vector of its own. Parameters:
// weight[tokens, size], which starts as N(0, 1/size), so that a vector's length
// is about 1 whatever the size.
type Embedding struct {
	Tokens, Size int
}

func init() {
	Register(Info{Type: "embedding", Title: "Embedding", Group: "sequence",
		Doc:     "Looks each token up in a table of learned vectors; tokens used alike end up near each other",
		Formula: "y[t] = W[x[t]]",
		New:     func() Layer { return &Embedding{Tokens: 256, Size: 64} }})
}

func (l *Embedding) Fields() []config.Field {
	return []config.Field{
		config.Int("tokens", &l.Tokens, 1, 1<<20, "How many different tokens there are; their numbers run from 0"),
		config.Int("size", &l.Size, 1, 1<<14, "How many numbers a token's vector has"),
	}
}

func (l *Embedding) Build(b *Builder, in ...graph.Value) graph.Value {
	if !b.tokens("embedding", in[0]) {
		return graph.Value{}
	}
	if n := b.data.Tokens; n > l.Tokens {
		return b.Fail("tokens", "", "the embedding has vectors for %d tokens, and the data has %d different ones; set tokens to %d", l.Tokens, n, n)
	}
	return b.Apply(op.Embedding{}, in[0], b.table("weight", l.Tokens, l.Size))
}

// tokens reports whether a value can be the numbers of tokens, which only the
// data has: what a layer has computed is no whole number.
func (b *Builder) tokens(layer string, v graph.Value) bool {
	if s := b.Shape(v); len(s) != 1 {
		b.Fail("", "", "%s wants the numbers of tokens, one for each step, and what arrives has the shape %v; "+
			"let it read a source of text", layer, s)
		return false
	}
	if made, _ := b.graph.Source(v); made != nil {
		b.Fail("from", "", "%s wants the numbers of tokens as they are in the data, and reads what %q has computed; let it read %q",
			layer, b.graph.Name(v), InputName)
		return false
	}
	if b.data.Mixed {
		b.Fail("", "", "%s wants the numbers of tokens, and mixup in data.augment makes others of them; remove it", layer)
		return false
	}
	return true
}

// table declares a parameter of vectors that are looked up.
func (b *Builder) table(name string, rows, size int) graph.Value {
	return b.param(graph.ParamInfo{Name: name, Shape: tensor.Shape{rows, size}, L1: b.l1l2[0], L2: b.l1l2[1],
		Init: func(dst []float32, shape tensor.Shape, s tensor.Stream) {
			sd := 1 / math.Sqrt(float64(shape[1]))
			for i := range dst {
				dst[i] = float32(s.Normal(uint64(i)) * sd)
			}
		}})
}

// steps returns the sizes of a sequence [time, channels]; for anything else it
// says what the layer wants.
func (b *Builder) steps(layer string, v graph.Value) (time, channels int, ok bool) {
	s := b.Shape(v)
	switch len(s) {
	case 2:
		return s[0], s[1], true
	case 1:
		b.Fail("", "", "%s wants a sequence, [time, channels], and what arrives is one row of %d; "+
			"put an embedding before it if these are tokens, or let the layer before it return all steps", layer, s[0])
	default:
		b.Fail("", "", "%s wants a sequence, [time, channels], and what arrives has the shape %v", layer, s)
	}
	return 0, 0, false
}

// Looks returns the embedding with the smallest table, by id, and how many
// tokens it has; 0 when the model has none. Embeddings read nothing but the data.
func (m Model) Looks() (node string, tokens int) {
	for _, n := range m.Nodes {
		if l, ok := n.Layer.(*Embedding); ok && (tokens == 0 || l.Tokens < tokens) {
			node, tokens = n.ID, l.Tokens
		}
	}
	return node, tokens
}
