package nn

import (
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// TiedDense is a dense layer whose weight is the table of an embedding, read
// the other way (Press and Wolf, 2017). Parameters: bias[tokens], if wanted;
// the weight belongs to the embedding.
type TiedDense struct {
	To   string
	Bias bool
}

func init() {
	Register(Info{Type: "tied_dense", Title: "Tied dense", Group: "sequence",
		Doc:     "Scores every token by how well its own embedding fits; the table is shared, which saves weights",
		Formula: "y = x·Wᵀ (+ b), W the table of the embedding",
		New:     func() Layer { return &TiedDense{} }})
}

func (l *TiedDense) Fields() []config.Field {
	return []config.Field{
		config.Reference("to", &l.To, "The node of the embedding whose table is shared"),
		config.Toggle("bias", &l.Bias, "Whether each token also has a number of its own that is added"),
	}
}

func (l *TiedDense) Build(b *Builder, in ...graph.Value) graph.Value {
	all := b.graph.Params()
	i := slices.IndexFunc(all, func(p graph.ParamInfo) bool { return p.Name == l.To+".weight" })
	if l.To == "" || i < 0 {
		return b.Fail("to", "", "tied_dense shares the table of an embedding before it, and there is no embedding called %q; write its id", l.To)
	}
	table, s := all[i], b.Shape(in[0])
	if len(table.Shape) != 2 {
		return b.Fail("to", "", "%s has a weight of the shape %v, which is no table; name an embedding", l.To, table.Shape)
	}
	if len(s) == 0 || len(s) > 2 || s[len(s)-1] != table.Shape[1] {
		return b.Fail("", "", "the vectors of %s have %d numbers, and what arrives has the shape %v; "+
			"put a dense of %d units before tied_dense, or make the embedding as wide", l.To, table.Shape[1], s, table.Shape[1])
	}
	values := []graph.Value{in[0], b.graph.Param(table)}
	if l.Bias {
		values = append(values, b.Bias("bias", table.Shape[0]))
	}
	return b.Apply(op.Linear{Transposed: true}, values...)
}

func (l *TiedDense) PyTorch(c *Code) {
	name, n := c.Of(l.To)
	table := "self." + name + ".weight"
	switch n.Layer.(type) {
	case *Embedding:
	case *PositionEmbedding:
		table = "self." + name
	case *Dense:
		table += ".T"
	default:
		table = c.module("weight", python.Call("nn.Parameter", python.Raw(python.Call("torch.empty", c.Out[len(c.Out)-1], c.In[0].channels()))))
		c.start(table, "glorot_uniform")
		c.Note("%s shares the weight of %q in Descent; here it has its own.", c.Name, l.To)
	}
	args := []any{python.Raw(c.x()), python.Raw(table)}
	if l.Bias {
		m := c.module("bias", python.Call("nn.Parameter", python.Raw(python.Call("torch.zeros", c.Out[len(c.Out)-1]))))
		c.take(m, "bias", asIs)
		args = append(args, python.Raw(m))
	}
	c.Expr = python.Call("F.linear", args...)
}

func (l *TiedDense) Keras(c *Code) {
	name, n := c.Of(l.To)
	if _, ok := n.Layer.(*Embedding); !ok {
		c.Note("%s shares the weight of %q in Descent; here it has its own.", c.Name, l.To)
		c.keras("layers.Dense", c.Out[len(c.Out)-1], python.Unless("use_bias", l.Bias, true))
		return
	}
	c.Need(kerasTied)
	c.keras("TiedDense", python.Raw(name+"_table"), python.Unless("use_bias", l.Bias, false))
}

var kerasTied = python.Def{Name: "TiedDense", Text: `class TiedDense(layers.Layer):
    """Scores every token by how well its own embedding fits."""

    def __init__(self, embedding, use_bias=False, **kwargs):
        super().__init__(**kwargs)
        self.embedding, self.use_bias = embedding, use_bias

    def build(self, shape):
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.embedding.input_dim,), initializer="zeros", name="bias")

    def call(self, x):
        scores = ops.matmul(x, ops.transpose(self.embedding.embeddings))
        return scores + self.bias if self.use_bias else scores
`}
