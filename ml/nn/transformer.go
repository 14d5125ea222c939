package nn

import (
	"fmt"
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
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
// all biases if wanted. Of the parts, attention.weights and cross.weights are what the heads look at.
type Transformer struct {
	Heads, KVHeads   int
	Hidden           int
	Activation       string
	Norm             string // where: pre or post
	Normalisation    string // which
	Dropout          float64
	AttentionDropout float64
	Causal, Rotary   bool
	Bias             bool
	Init             string
	ScaledInit       bool
	name             string
}

func init() {
	Register(Info{Type: "transformer_encoder", Title: "Transformer encoder", Group: "sequence", Inputs: [2]int{1, 2},
		Doc:     "A block of attention and two dense layers with shortcuts, which sees the whole sequence; a second node can be a padding_mask",
		Formula: "h = x + attention(norm(x)); y = h + W₂·f(W₁·norm(h))",
		New: func() Layer {
			return newTransformer("transformer_encoder", false)
		}})
	Register(Info{Type: "transformer_decoder", Title: "Transformer decoder", Group: "sequence", Inputs: [2]int{1, 3},
		Doc:     "The block that writes: each step sees only those before it and, if a second node is named, all of that one's",
		Formula: "h = x + attention(norm(x)); h' = h + attention(norm(h), context); y = h' + W₂·f(W₁·norm(h'))",
		New: func() Layer {
			return newTransformer("transformer_decoder", true)
		}})
}

func newTransformer(name string, causal bool) *Transformer {
	return &Transformer{Heads: 4, Activation: "gelu", Norm: "pre", Normalisation: "layer_norm", Causal: causal, Bias: true,
		Init: "glorot_uniform", name: name}
}

func (l *Transformer) Fields() []config.Field {
	return []config.Field{
		headsField(&l.Heads),
		kvHeadsField(&l.KVHeads),
		config.Int("hidden", &l.Hidden, 0, 1<<16, "How many units the first of the two dense layers has; 0 means four times the channels"),
		config.Choice("activation", &l.Activation, []string{"gelu", "gelu_tanh", "relu", "silu"}, "The function between the two dense layers"),
		config.Choice("norm", &l.Norm, []string{"pre", "post"},
			"pre normalises what goes into each half, which trains more easily; post normalises after each shortcut, as in the first paper"),
		config.Choice("normalisation", &l.Normalisation, []string{"layer_norm", "rms_norm"},
			"layer_norm brings the channels to mean 0 and variance 1; rms_norm leaves their mean alone, and is cheaper"),
		config.Float("dropout", &l.Dropout, 0, 0.99, "The share of values that is switched off before each shortcut while training"),
		attentionDropoutField(&l.AttentionDropout),
		causalField(&l.Causal),
		rotaryField(&l.Rotary),
		config.Toggle("bias", &l.Bias, "Whether the linear maps and normalisations within also add numbers of their own"),
		initField(&l.Init),
		config.Toggle("scaled_init", &l.ScaledInit,
			"Whether the weights that lead into a shortcut start smaller, by the root of twice the number of blocks, as in GPT-2"),
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
	inner, outer := linear{init: l.Init, bias: l.Bias}, linear{init: l.Init, bias: l.Bias}
	if l.ScaledInit {
		outer.scale = 1 / math.Sqrt(float64(2*b.blocks))
	}
	look := attend{heads: l.Heads, kvHeads: l.KVHeads, dropout: l.AttentionDropout, linear: inner, output: outer}
	x := l.half(b, "attention", 1, false, in[0], func(x graph.Value) graph.Value {
		look := look
		look.causal, look.rotary = l.Causal, l.Rotary
		return look.build(b, "attention.", x, none, own, false)
	})
	norms := 2
	if context.OK() {
		x = l.half(b, "cross", 2, false, x, func(x graph.Value) graph.Value {
			return look.build(b, "cross.", x, context, other, false)
		})
		norms = 3
	}
	return l.half(b, "dense", norms, true, x, func(x graph.Value) graph.Value {
		x = inner.build(b, "expand", false, x, hidden)
		return outer.build(b, "contract", false, b.Part("hidden", activation(l.Activation), x), channels)
	})
}

// half applies one half of the block, the k-th: f with its normalisation,
// dropout and shortcut.
func (l *Transformer) half(b *Builder, part string, k int, result bool, x graph.Value, f func(graph.Value) graph.Value) graph.Value {
	norm := "norm" + string(rune('0'+k))
	y := x
	if l.Norm == "pre" {
		y = l.normalise(b, norm, false, x)
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
	return l.normalise(b, norm, result, b.Part(part+".sum", op.Binary{Do: op.Add}, x, y))
}

// normalise applies a normalisation with parameters of the part's name.
func (l *Transformer) normalise(b *Builder, part string, result bool, x graph.Value) graph.Value {
	if !x.OK() {
		return graph.Value{}
	}
	n := b.channels(x)
	values := []graph.Value{x, b.Gain(part+".gain", n)}
	if l.Normalisation == "rms_norm" {
		return b.put(part, result, op.RMSNorm{Eps: 1e-5}, values...)
	}
	if l.Bias {
		values = append(values, b.Bias(part+".bias", n))
	}
	return b.put(part, result, op.LayerNorm{Eps: 1e-5}, values...)
}

// Blocks counts the blocks of transformers in a model.
func (m Model) Blocks() (n int) {
	for _, node := range m.Nodes {
		if _, ok := node.Layer.(*Transformer); ok {
			n++
		}
	}
	return n
}

// inits is how the weights of a block's linear maps begin, and how much smaller
// those that lead into a shortcut.
func (l *Transformer) inits(c *Code) (residual float64) {
	if l.ScaledInit {
		return rounded(1 / math.Sqrt(float64(2*c.Blocks)))
	}
	return 1
}

func (l *Transformer) PyTorch(c *Code) {
	c.Need(torchBlock, torchStart)
	norm := fmt.Sprintf("lambda: nn.LayerNorm(%d)", c.Out[1])
	bias := l.Bias
	switch {
	case l.Normalisation == "rms_norm":
		c.Need(torchRMSNorm)
		norm, bias = fmt.Sprintf("lambda: RMSNorm(%d)", c.Out[1]), false
	case !l.Bias:
		c.Need(torchLayerNorm)
		norm = fmt.Sprintf("lambda: LayerNorm(%d)", c.Out[1])
	}
	args, context := c.looks()
	crosses := strings.Contains(args, "context=")
	settings := append(l.settings(c, crosses, context), python.Arg("activation", python.Raw("lambda x: "+torchFunction(l.Activation, "x", -1))),
		python.Arg("norm", python.Raw(norm)))
	m := c.module("", python.Call("Block", settings...))
	init := torchInit("w", l.Init)
	c.Start = append(c.Start, python.Call("start", python.Raw(m), python.Raw("lambda w: "+init), python.Unless("residual", l.inits(c), 1)))
	c.takeAttention(m+".attention", "attention.", l.Bias)
	norms := []string{"norm1", "norm2"}
	if crosses {
		c.takeAttention(m+".cross", "cross.", l.Bias)
		norms = append(norms, "norm3")
	}
	for _, n := range norms {
		c.take(m+"."+n+".weight", n+".gain", asIs)
		if bias {
			c.take(m+"."+n+".bias", n+".bias", asIs)
		}
	}
	c.takeLinear(m+".expand", "expand", l.Bias)
	c.takeLinear(m+".contract", "contract", l.Bias)
	c.Expr = m + "(" + c.x() + args + ")"
}

// settings are the arguments of a block that both libraries share.
func (l *Transformer) settings(c *Code, crosses bool, context int) []any {
	hidden := l.Hidden
	if hidden == 0 {
		hidden = 4 * c.Out[1]
	}
	if !crosses {
		context = 0
	}
	return []any{c.Out[1], l.Heads, hidden, python.Unless("kv_heads", l.KVHeads, 0), python.Unless("context", context, 0),
		python.Unless("causal", l.Causal, false), python.Unless("rotary", l.Rotary, false), python.Unless("pre_norm", l.Norm == "pre", true),
		python.Unless("dropout", l.Dropout, 0), python.Unless("attention_dropout", l.AttentionDropout, 0), python.Unless("bias", l.Bias, true)}
}

func (l *Transformer) Keras(c *Code) {
	c.Need(kerasBlock)
	norm := "lambda: layers.LayerNormalization(epsilon=1e-5)"
	switch {
	case l.Normalisation == "rms_norm":
		c.Need(kerasRMSNorm)
		norm = "lambda: RMSNorm()"
	case !l.Bias:
		norm = "lambda: layers.LayerNormalization(epsilon=1e-5, center=False)"
	}
	args, context := c.looks()
	settings := append(l.settings(c, strings.Contains(args, "context="), context), python.Unless("activation", kerasName(l.Activation), "gelu"),
		python.Arg("norm", python.Raw(norm)), python.Arg("regularizer", c.penalty()))
	inner, residual := l.Init, l.inits(c)
	if init := c.kerasInit(inner, c.Out[1]); init != nil || residual != 1 {
		if init == nil {
			init = inner
		}
		settings = append(settings, python.Arg("weights", python.Raw("lambda: "+python.Literal(init))))
		if residual != 1 {
			settings = append(settings, python.Arg("outward", python.Raw("lambda: "+kerasScaled(inner, residual))))
		}
	}
	c.Expr = c.kerasOf("", "Block", settings...) + "(" + c.x() + args + ")"
}

// kerasName is the name of an activation between two layers of a block.
func kerasName(name string) any {
	if v := kerasActivation(name); v != nil {
		return v
	}
	return "linear"
}

// kerasScaled is an initialiser whose draws are times a factor.
func kerasScaled(init string, by float64) string {
	name, number, given := config.Split(init)
	if a, ok := amounts[name]; ok && !given {
		number = a.usual
	}
	scaled := short(number * by)
	switch name {
	case "uniform":
		return "keras.initializers.RandomUniform(-" + scaled + ", " + scaled + ")"
	case "normal":
		return "keras.initializers.RandomNormal(stddev=" + scaled + ")"
	case "truncated_normal":
		return "keras.initializers.TruncatedNormal(stddev=" + scaled + ")"
	case "constant":
		return "keras.initializers.Constant(" + scaled + ")"
	case "orthogonal":
		return "keras.initializers.Orthogonal(gain=" + scaled + ")"
	case "zeros":
		return `"zeros"`
	}
	kind, rule, _ := strings.Cut(name, "_")
	scale := map[string]float64{"glorot": 1, "he": 2, "lecun": 1}[kind] * by * by
	mode := map[string]string{"glorot": "fan_avg", "he": "fan_in", "lecun": "fan_in"}[kind]
	if rule == "normal" {
		rule = "untruncated_normal"
	}
	return python.Call("keras.initializers.VarianceScaling", python.Raw(short(scale)), mode, rule)
}
