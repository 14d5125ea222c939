package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// Transformer is one block of a transformer, which the types
// transformer_encoder and transformer_decoder share: attention, then two linear
// maps for each step, each with a shortcut around it. Parameters:
//
//	norm1, norm2 (and norm3)      gain, bias
//	attention.query, .key, .value, .output   weight, bias
//	cross.query, …                weight, bias: a decoder that reads two nodes
//	expand, contract              weight, bias
//
// Of the parts, attention.weights and cross.weights are what the heads look at.
type Transformer struct {
	Heads, Hidden  int
	Activation     string
	Norm           string
	Dropout        float64
	Causal, Rotary bool
	name           string
}

func init() {
	Register(Info{Type: "transformer_encoder", Title: "Transformer encoder", Group: "sequence", Inputs: [2]int{1, 2},
		Doc:     "A block of attention and two dense layers with shortcuts, which sees the whole sequence; a second node can be a padding_mask",
		Formula: "h = x + attention(norm(x)); y = h + W₂·f(W₁·norm(h))",
		New: func() Layer {
			return &Transformer{Heads: 4, Activation: "gelu", Norm: "pre", name: "transformer_encoder"}
		}})
	Register(Info{Type: "transformer_decoder", Title: "Transformer decoder", Group: "sequence", Inputs: [2]int{1, 3},
		Doc:     "The block that writes: each step sees only those before it and, if a second node is named, all of that one's",
		Formula: "h = x + attention(norm(x)); h' = h + attention(norm(h), context); y = h' + W₂·f(W₁·norm(h'))",
		New: func() Layer {
			return &Transformer{Heads: 4, Activation: "gelu", Norm: "pre", Causal: true, name: "transformer_decoder"}
		}})
}

func (l *Transformer) Fields() []config.Field {
	return []config.Field{
		headsField(&l.Heads),
		config.Int("hidden", &l.Hidden, 0, 1<<16, "How many units the first of the two dense layers has; 0 means four times the channels"),
		config.Choice("activation", &l.Activation, []string{"gelu", "gelu_tanh", "relu", "silu"}, "The function between the two dense layers"),
		config.Choice("norm", &l.Norm, []string{"pre", "post"},
			"pre normalises what goes into each half, which trains more easily; post normalises after each shortcut, as in the first paper"),
		config.Float("dropout", &l.Dropout, 0, 0.99, "The share of values that is switched off before each shortcut while training"),
		causalField(&l.Causal),
		rotaryField(&l.Rotary),
	}
}

func (l *Transformer) Build(b *Builder, in ...graph.Value) graph.Value {
	context, mask, ok := b.reads(l.name, in)
	if !ok {
		return graph.Value{}
	}
	if context.OK() && l.name == "transformer_encoder" {
		return b.Fail("from", "", "an encoder looks only at itself, and %q is another sequence; take a transformer_decoder", b.graph.Name(context))
	}
	channels := b.Shape(in[0])[1]
	hidden := l.Hidden
	if hidden == 0 {
		hidden = 4 * channels
	}
	none, own, other := graph.Value{}, mask, graph.Value{}
	if context.OK() { // the mask is that of the sequence that is looked at
		own, other = none, mask
	}
	x := l.half(b, "attention", 1, false, in[0], func(x graph.Value) graph.Value {
		return attend{l.Heads, 0, l.Causal, l.Rotary}.build(b, "attention.", x, none, own, false)
	})
	norms := 2
	if context.OK() {
		x = l.half(b, "cross", 2, false, x, func(x graph.Value) graph.Value {
			return attend{l.Heads, 0, false, false}.build(b, "cross.", x, context, other, false)
		})
		norms = 3
	}
	return l.half(b, "dense", norms, true, x, func(x graph.Value) graph.Value {
		x = b.linear("expand", false, x, hidden)
		return b.linear("contract", false, b.Part("hidden", activation(l.Activation), x), channels)
	})
}

// half applies one half of the block, the k-th: f with its normalisation,
// dropout and shortcut.
func (l *Transformer) half(b *Builder, part string, k int, result bool, x graph.Value, f func(graph.Value) graph.Value) graph.Value {
	norm := "norm" + string(rune('0'+k))
	y := x
	if l.Norm == "pre" {
		y = b.norm(norm, false, x)
	}
	if !y.OK() {
		return graph.Value{}
	}
	y = f(y)
	if !y.OK() {
		return graph.Value{}
	}
	if l.Dropout > 0 {
		y = b.Part(part+".dropout", op.Dropout{Rate: l.Dropout, Stream: b.Stream().Fork(uint64(k))}, y)
	}
	if l.Norm == "pre" {
		return b.put(part+".sum", result, op.Binary{Do: op.Add}, x, y)
	}
	return b.norm(norm, result, b.Part(part+".sum", op.Binary{Do: op.Add}, x, y))
}

// norm applies a layer normalisation with parameters of the part's name.
func (b *Builder) norm(part string, result bool, x graph.Value) graph.Value {
	if !x.OK() {
		return graph.Value{}
	}
	n := b.channels(x)
	return b.put(part, result, op.LayerNorm{Eps: 1e-5}, x, b.Gain(part+".gain", n), b.Bias(part+".bias", n))
}
