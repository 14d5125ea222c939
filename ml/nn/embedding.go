package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Embedding gives each token a vector of its own. Parameters:
// weight[tokens, size]. No tokens are as many as the data has, and no size is as
// many as it has classes: then the table holds scores.
type Embedding struct {
	Tokens, Size int
	Init         string
}

func init() {
	Register(Info{Type: "embedding", Title: "Embedding", Group: "sequence",
		Doc:     "Looks each token up in a table of learned vectors; tokens used alike end up near each other",
		Formula: "y[t] = W[x[t]]",
		New:     func() Layer { return &Embedding{Size: 64, Init: "unit_length"} }})
}

func (l *Embedding) Fields() []config.Field {
	return []config.Field{
		config.Int("tokens", &l.Tokens, 0, 1<<20, "How many different tokens there are, numbered from 0; 0 means as many as the data has"),
		config.Int("size", &l.Size, 0, 1<<14, "How many numbers a token's vector has; 0 means one for each class of the data, so that the table holds scores"),
		tableInitField(&l.Init),
	}
}

func (l *Embedding) Build(b *Builder, in ...graph.Value) graph.Value {
	if !b.tokens("embedding", in[0]) {
		return graph.Value{}
	}
	tokens, n, size := l.Tokens, b.data.Tokens, l.Size
	if size == 0 {
		size = b.data.Classes
	}
	switch {
	case tokens == 0 && n == 0:
		return b.Fail("tokens", "", "0 tokens mean as many as the data has, and this data does not say how many; say it here")
	case size == 0:
		return b.Fail("size", "", "a size of 0 means one number for each class, and nothing is known of classes in this data; say how many numbers")
	case tokens == 0:
		tokens = n
	case tokens < n:
		return b.Fail("tokens", "tokens_data", "the embedding has vectors for %d tokens, and the data has %d different ones; set tokens to %d", tokens, n, n)
	}
	return b.Apply(op.Embedding{}, in[0], b.Weight("weight", l.Init, tokens, size))
}

// tokens reports whether a value can be the numbers of tokens, which only the
// data has, whole or a slice of it: what a layer has computed is no whole number.
func (b *Builder) tokens(layer string, v graph.Value) bool {
	if s := b.Shape(v); len(s) != 1 {
		b.Fail("", "", "%s wants the numbers of tokens, one for each step, and what arrives has the shape %v; "+
			"let it read a source of text", layer, s)
		return false
	}
	for made, from := b.graph.Source(v); made != nil; made, from = b.graph.Source(from) {
		if _, slice := made.(op.Slice); slice {
			continue
		}
		b.Fail("from", "read_input", "%s wants the numbers of tokens as they are in the data, and reads what %q has computed; let it read %q",
			layer, b.graph.Name(v), InputName)
		return false
	}
	if b.data.Mixed {
		b.Fail("", "", "%s wants the numbers of tokens, and mixup in data.augment makes others of them; remove it", layer)
		return false
	}
	return true
}

// tableInitField is the setting of layers whose weights are vectors that are
// looked up.
func tableInitField(p *string) config.Field {
	return config.Amount("init", p, []string{"unit_length", "uniform", "normal", "truncated_normal", "orthogonal", "zeros"},
		[]string{"uniform", "normal", "truncated_normal", "orthogonal"},
		"How the vectors start: unit_length draws them about 1 long, whatever their size; uniform and normal take a number, as in normal(0.02)")
}

// flat is the layers over time that there are for images too.
var flat = map[string]string{"conv1d": "conv2d", "max_pool1d": "max_pool2d", "avg_pool1d": "avg_pool2d"}

// Twin returns the type of layer that does over images what one does over time,
// or over time what one does over images; "" where there is none.
func Twin(typ string) string {
	for time, image := range flat {
		switch typ {
		case time:
			return image
		case image:
			return time
		}
	}
	return ""
}

// steps returns the sizes of a sequence [time, channels]; for anything else it
// says what the layer wants.
func (b *Builder) steps(layer string, v graph.Value) (time, channels int, ok bool) {
	s := b.Shape(v)
	switch len(s) {
	case 2:
		return s[0], s[1], true
	case 1:
		fix := ""
		if made, _ := b.graph.Source(v); made == nil && b.data.Tokens > 0 {
			fix = "insert_embedding"
		} else if _, step := made.(op.Step); step {
			fix = "return_all"
		}
		b.Fail("", fix, "%s wants a sequence, [time, channels], and what arrives is one row of %d; "+
			"put an embedding before it if these are tokens, or let the layer before it return all steps", layer, s[0])
	default:
		fix := ""
		if len(s) == 3 && flat[layer] != "" {
			fix = "over_image"
		}
		b.Fail("", fix, "%s wants a sequence, [time, channels], and what arrives has the shape %v", layer, s)
	}
	return 0, 0, false
}

// Looks returns the embedding with the smallest table, by id, and how many
// tokens it has, given how many the data has; 0 when the model has none.
// Embeddings read nothing but the data.
func (m Model) Looks(data int) (node string, tokens int) {
	for _, n := range m.Nodes {
		l, ok := n.Layer.(*Embedding)
		if !ok {
			continue
		}
		have := l.Tokens
		if have == 0 {
			have = data
		}
		if tokens == 0 || have < tokens {
			node, tokens = n.ID, have
		}
	}
	return node, tokens
}

func (l *Embedding) PyTorch(c *Code) {
	m := c.module("", python.Call("nn.Embedding", c.tokens(l.Tokens), c.Out[1]))
	c.start(m+".weight", l.Init)
	c.take(m+".weight", "weight", asIs)
	c.Expr = m + "(" + c.x() + ")"
}

func (l *Embedding) Keras(c *Code) {
	if c.Data.L1 > 0 || c.Data.L2 > 0 {
		defer func() {
			c.Note("Descent's penalties also count the vectors of %s, as embeddings_regularizer does here.", c.Name)
		}()
	}
	made := c.kerasOf("", "layers.Embedding", c.tokens(l.Tokens), c.Out[1], python.Arg("embeddings_initializer", c.kerasInit(l.Init, c.Out[1])),
		python.Arg("embeddings_regularizer", c.penalty()))
	if c.Shared {
		c.line("%s_table = %s", c.Name, made)
		made = c.Name + "_table"
	}
	c.Expr = made + "(" + c.x() + ")"
}

// tokens is how many tokens an embedding has, given how many it says.
func (c *Code) tokens(said int) int {
	if said == 0 {
		return c.Data.Tokens
	}
	return said
}
