package nn

import (
	"fmt"
	"strings"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/op"
	"descent/ml/python"
	"descent/ml/tensor"
)

// MultiHeadAttention lets each step of a sequence gather from the others, or
// from those of a second node. Parameters: query, key, value and output, each
// with weight[in, out] and, if wanted, bias[out]. What each head looks at is
// node.weights.
type MultiHeadAttention struct {
	Heads, KVHeads int
	Causal, Rotary bool
	Dropout        float64
	Bias           bool
}

// PaddingMask marks the tokens that are no padding.
type PaddingMask struct {
	Token int
}

func init() {
	Register(Info{Type: "multi_head_attention", Title: "Multi-head attention", Group: "sequence", Inputs: [2]int{1, 3},
		Doc: "Every step asks all others and gathers what fits, several heads at once; a second node is asked instead if named, " +
			"and a padding_mask hides what is none of the text",
		Formula: "y = concat over heads of softmax(q·kᵀ/√d)·v, times W; q, k, v = x·Wq, x·Wk, x·Wv",
		New:     func() Layer { return &MultiHeadAttention{Heads: 4, Bias: true} }})
	Register(Info{Type: "padding_mask", Title: "Padding mask", Group: "sequence",
		Doc:     "Marks with 1 the tokens of a text and with 0 those that only fill it up, for attention to read",
		Formula: "y[t] = 1 where x[t] ≠ token, else 0",
		New:     func() Layer { return &PaddingMask{Token: -1} }})
}

func (l *MultiHeadAttention) Fields() []config.Field {
	return []config.Field{
		headsField(&l.Heads),
		kvHeadsField(&l.KVHeads),
		causalField(&l.Causal),
		rotaryField(&l.Rotary),
		attentionDropoutField(&l.Dropout),
		config.Toggle("bias", &l.Bias, "Whether each unit has a number of its own that is added"),
	}
}

func headsField(p *int) config.Field {
	return config.Int("heads", p, 1, 256, "How many heads look at once, each at its own part of the channels")
}

func kvHeadsField(p *int) config.Field {
	return config.Int("kv_heads", p, 0, 256, "How many heads of keys and values the heads share, which saves weights; 0 means one each")
}

func attentionDropoutField(p *float64) config.Field {
	return config.Float("attention_dropout", p, 0, 0.99, "The share of what the heads look at that is switched off while training")
}

func causalField(p *bool) config.Field {
	return config.Toggle("causal", p, "Whether a step sees only itself and the steps before it, as is needed to predict the next")
}

func rotaryField(p *bool) config.Field {
	return config.Toggle("rotary", p, "Turns queries and keys by their position, so that a head can tell how far apart steps are")
}

func (l *MultiHeadAttention) Build(b *Builder, in ...graph.Value) graph.Value {
	context, mask, ok := b.reads("multi_head_attention", in)
	if !ok {
		return graph.Value{}
	}
	a := attend{heads: l.Heads, kvHeads: l.KVHeads, causal: l.Causal, rotary: l.Rotary, dropout: l.Dropout,
		linear: linear{init: "glorot_uniform", bias: l.Bias}, output: linear{init: "glorot_uniform", bias: l.Bias}}
	return a.build(b, "", in[0], context, mask, true)
}

func (l *PaddingMask) Fields() []config.Field {
	return []config.Field{config.Int("token", &l.Token, -1, 1<<20, "The number of the token that fills short texts up; -1 for the data's own")}
}

func (l *PaddingMask) Build(b *Builder, in ...graph.Value) graph.Value {
	if !b.tokens("padding_mask", in[0]) {
		return graph.Value{}
	}
	token := l.Token
	if token < 0 {
		token = b.data.Pad
	}
	if token < 0 {
		return b.Fail("token", "", "this data has no token that fills short texts up, so that there is nothing to mask; remove the mask, or write the token's number")
	}
	return b.Apply(op.PaddingMask{Token: token}, in[0])
}

// reads sorts out what an attention layer reads: a sequence, perhaps a second
// one to look at, which is the zero Value if there is none, and perhaps a mask
// of what is looked at.
func (b *Builder) reads(layer string, in []graph.Value) (context, mask graph.Value, ok bool) {
	if _, _, ok := b.steps(layer, in[0]); !ok {
		return context, mask, false
	}
	seen := in[0]
	for _, v := range in[1:] {
		switch s := b.Shape(v); {
		case len(s) == 2 && !context.OK() && !mask.OK():
			context, seen = v, v
		case len(s) == 1 && !mask.OK():
			mask = v
		default:
			b.Fail("from", "", "%s reads a sequence, then perhaps another one to look at, then perhaps a padding_mask, "+
				"and %q, which gives %v, is none of these", layer, b.graph.Name(v), s)
			return context, mask, false
		}
	}
	if mask.OK() && b.Shape(mask)[0] != b.Shape(seen)[0] {
		b.Fail("from", "", "the mask has %d steps, and the sequence that is looked at has %d; "+
			"let padding_mask read the tokens of that sequence", b.Shape(mask)[0], b.Shape(seen)[0])
		return context, mask, false
	}
	return context, mask, true
}

// attend is an attention with its projections, alone or within a block.
type attend struct {
	heads, kvHeads int
	causal, rotary bool
	dropout        float64
	linear, output linear // how queries, keys and values are made, and the result
}

// build applies it to x, looking at context or, without one, at x itself. The
// names of its parts begin with prefix; result says that it is the node's result.
func (a attend) build(b *Builder, prefix string, x, context, mask graph.Value, result bool) graph.Value {
	if !context.OK() {
		context = x
	} else if a.causal {
		return b.Fail("causal", "", "a step of another sequence is neither before nor after; switch causal off")
	}
	s := b.Shape(x)
	time, channels := s[0], s[1]
	if channels%a.heads != 0 {
		return b.Fail("heads", "", "%d channels cannot be split among %d heads evenly; take %s", channels, a.heads, divisors(channels, a.heads))
	}
	kvHeads := a.kvHeads
	if kvHeads == 0 {
		kvHeads = a.heads
	}
	if a.heads%kvHeads != 0 {
		return b.Fail("kv_heads", "", "%d heads cannot share %d heads of keys evenly; take %s", a.heads, kvHeads, divisors(a.heads, kvHeads))
	}
	size := channels / a.heads
	if a.rotary && size%2 != 0 {
		return b.Fail("rotary", "", "rotary turns pairs of values, and a head has %d; take another number of heads, or switch rotary off", size)
	}
	q := a.linear.build(b, prefix+"query", false, x, channels)
	k := a.linear.build(b, prefix+"key", false, context, kvHeads*size)
	v := a.linear.build(b, prefix+"value", false, context, kvHeads*size)
	if a.rotary {
		q = b.Part(prefix+"query.turned", op.NewRotary(time, size), q)
		k = b.Part(prefix+"key.turned", op.NewRotary(b.Shape(k)[0], size), k)
	}
	o := op.Attention{Heads: a.heads, KVHeads: kvHeads, Causal: a.causal, Dropout: a.dropout, Stream: b.stream(prefix + "weights")}
	looked, gathered := []graph.Value{q, k}, []graph.Value{q, k, v}
	if mask.OK() {
		looked, gathered = append(looked, mask), append(gathered, mask)
	}
	b.Part(prefix+"weights", op.AttentionWeights(o), looked...)
	return a.output.build(b, prefix+"output", result, b.Part(prefix+"gathered", o, gathered...), channels)
}

// linear is how the linear maps of a layer begin, and whether they have biases.
type linear struct {
	init  string
	scale float64 // of the first weights; 0 is 1
	bias  bool
}

// start fills a new weight.
func (l linear) start() graph.Init {
	start := initialiser(l.init)
	if l.scale == 0 {
		return start
	}
	return func(dst []float32, shape tensor.Shape, s tensor.Stream) {
		start(dst, shape, s)
		kernel.Scale(dst, dst, float32(l.scale))
	}
}

// build applies a linear map with parameters of the part's name.
func (l linear) build(b *Builder, part string, result bool, x graph.Value, units int) graph.Value {
	if !x.OK() {
		return graph.Value{}
	}
	in := []graph.Value{x, b.param(graph.ParamInfo{Name: part + ".weight", Shape: tensor.Shape{b.channels(x), units},
		Init: l.start(), L1: b.l1l2[0], L2: b.l1l2[1]})}
	if l.bias {
		in = append(in, b.Bias(part+".bias", units))
	}
	return b.put(part, result, op.Linear{}, in...)
}

// divisors names the numbers near k that divide n.
func divisors(n, k int) string {
	var out []string
	for d := 1; d <= n; d++ {
		if n%d == 0 && d <= 4*k {
			out = append(out, fmt.Sprint(d))
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	return strings.Join(out[:len(out)-1], ", ") + " or " + out[len(out)-1]
}

func (l *PaddingMask) PyTorch(c *Code) {
	c.Expr = "(" + c.x() + " != " + python.Literal(c.pad(l.Token)) + ").float()"
}

func (l *PaddingMask) Keras(c *Code) {
	c.Expr = "ops.cast(ops.not_equal(" + c.x() + ", " + python.Literal(c.pad(l.Token)) + `), "float32")`
}

// pad is the token that fills short texts up, given the one that a layer names.
func (c *Code) pad(said int) int {
	if said < 0 {
		return c.Data.Pad
	}
	return said
}

// looks sorts out what an attention reads besides its first input: arguments
// for another sequence and a mask, and the channels that are looked at.
func (c *Code) looks() (args string, context int) {
	context = c.In[0].channels()
	for _, t := range c.In[1:] {
		if len(t.Shape) == 2 {
			args, context = args+", context="+t.Expr, t.channels()
		} else {
			args += ", seen=" + t.Expr
		}
	}
	return args, context
}

func (l *MultiHeadAttention) PyTorch(c *Code) {
	c.Need(torchAttention, torchStart)
	args, context := c.looks()
	m := c.module("", python.Call("Attention", c.Out[1], context, l.Heads, python.Unless("kv_heads", l.KVHeads, 0), python.Unless("causal", l.Causal, false),
		python.Unless("rotary", l.Rotary, false), python.Unless("dropout", l.Dropout, 0), python.Unless("bias", l.Bias, true)))
	c.Start = append(c.Start, "start("+m+", nn.init.xavier_uniform_)")
	c.takeAttention(m, "", l.Bias)
	c.Expr = m + "(" + c.x() + args + ")"
}

func (l *MultiHeadAttention) Keras(c *Code) {
	c.Need(kerasAttention)
	args, context := c.looks()
	c.Expr = c.kerasOf("", "Attention", c.Out[1], context, l.Heads, python.Unless("kv_heads", l.KVHeads, 0), python.Unless("causal", l.Causal, false),
		python.Unless("rotary", l.Rotary, false), python.Unless("dropout", l.Dropout, 0), python.Unless("bias", l.Bias, true),
		python.Arg("regularizer", c.penalty())) + "(" + c.x() + args + ")"
}

// takeAttention says where the weights of an attention go.
func (c *Code) takeAttention(module, prefix string, bias bool) {
	for _, part := range []string{"query", "key", "value", "output"} {
		c.takeLinear(module+"."+part, prefix+part, bias)
	}
}

func (c *Code) takeLinear(theirs, ours string, bias bool) {
	c.take(theirs+".weight", ours+".weight", transposed)
	if bias {
		c.take(theirs+".bias", ours+".bias", asIs)
	}
}
