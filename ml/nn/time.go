package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// LastStep keeps a sequence's last step.
type LastStep struct{}

// FirstStep keeps a sequence's first step.
type FirstStep struct{}

// MeanOverTime averages a sequence's steps, or those that a mask marks.
type MeanOverTime struct{}

// ClassToken puts a learned step before a sequence. Parameters: weight[channels].
type ClassToken struct{}

func init() {
	Register(Info{Type: "last_step", Title: "Last step", Group: "sequence",
		Doc:     "Keeps only the last step of a sequence, which has seen all the others",
		Formula: "y = x[T-1]",
		New:     func() Layer { return &LastStep{} }})
	Register(Info{Type: "first_step", Title: "First step", Group: "sequence",
		Doc:     "Keeps only the first step of a sequence, where a class token stands",
		Formula: "y = x[0]",
		New:     func() Layer { return &FirstStep{} }})
	Register(Info{Type: "mean_over_time", Title: "Mean over time", Group: "sequence", Inputs: [2]int{1, 2},
		Doc:     "Averages the steps of a sequence into one row; a padding_mask as second node says which of them count",
		Formula: "y = Σt x[t] / T, or Σt m[t]·x[t] / Σt m[t]",
		New:     func() Layer { return &MeanOverTime{} }})
	Register(Info{Type: "cls_token", Title: "Class token", Group: "sequence",
		Doc:     "Puts a learned step before the sequence, in which attention can gather what a classifier needs",
		Formula: "y[0] = w, y[t+1] = x[t]",
		New:     func() Layer { return &ClassToken{} }})
}

func (*LastStep) Fields() []config.Field { return nil }

func (*LastStep) Build(b *Builder, in ...graph.Value) graph.Value {
	if _, _, ok := b.steps("last_step", in[0]); !ok {
		return graph.Value{}
	}
	return b.Apply(op.Step{}, in[0])
}

func (*FirstStep) Fields() []config.Field { return nil }

func (*FirstStep) Build(b *Builder, in ...graph.Value) graph.Value {
	if _, _, ok := b.steps("first_step", in[0]); !ok {
		return graph.Value{}
	}
	return b.Apply(op.Step{First: true}, in[0])
}

func (*MeanOverTime) Fields() []config.Field { return nil }

func (*MeanOverTime) Build(b *Builder, in ...graph.Value) graph.Value {
	time, _, ok := b.steps("mean_over_time", in[0])
	if !ok {
		return graph.Value{}
	}
	if len(in) == 2 {
		if s := b.Shape(in[1]); len(s) != 1 || s[0] != time {
			return b.Fail("from", "", "the second node marks which of the %d steps count, and %q gives %v; name a padding_mask of the same text", time, b.graph.Name(in[1]), s)
		}
		return b.Apply(op.MaskedMean{}, in...)
	}
	return b.Apply(op.Reduce{Do: op.Mean, Axes: []int{1}}, in[0])
}

func (*ClassToken) Fields() []config.Field { return nil }

func (*ClassToken) Build(b *Builder, in ...graph.Value) graph.Value {
	_, size, ok := b.steps("cls_token", in[0])
	if !ok {
		return graph.Value{}
	}
	return b.Apply(op.Prepend{}, in[0], b.Bias("weight", size))
}

func (*LastStep) PyTorch(c *Code)  { c.Expr = c.x() + "[:, -1]" }
func (*LastStep) Keras(c *Code)    { c.Expr = c.x() + "[:, -1]" }
func (*FirstStep) PyTorch(c *Code) { c.Expr = c.x() + "[:, 0]" }
func (*FirstStep) Keras(c *Code)   { c.Expr = c.x() + "[:, 0]" }

func (*MeanOverTime) PyTorch(c *Code) {
	if len(c.In) == 1 {
		c.Expr = c.x() + ".mean(1)"
		return
	}
	c.Expr = "(" + c.x() + " * " + c.In[1].Expr + ".unsqueeze(-1)).sum(1) / " + c.In[1].Expr + ".sum(1, keepdim=True).clamp(min=1)"
}

func (*MeanOverTime) Keras(c *Code) {
	if len(c.In) == 1 {
		c.Expr = "ops.mean(" + c.x() + ", axis=1)"
		return
	}
	mask := c.In[1].Expr
	c.Expr = "ops.sum(" + c.x() + " * ops.expand_dims(" + mask + ", -1), axis=1) / ops.maximum(ops.sum(" + mask + ", axis=1, keepdims=True), 1)"
}

func (*ClassToken) PyTorch(c *Code) {
	m := c.module("", python.Call("nn.Parameter", python.Raw(python.Call("torch.zeros", c.Out[1]))))
	c.take(m, "weight", asIs)
	c.Expr = "torch.cat([" + m + ".expand(len(" + c.x() + "), 1, -1), " + c.x() + "], dim=1)"
}

func (*ClassToken) Keras(c *Code) {
	c.Need(kerasClassToken)
	c.keras("ClassToken")
}

var kerasClassToken = python.Def{Name: "ClassToken", Text: `class ClassToken(layers.Layer):
    """Puts a learned step before the sequence."""

    def build(self, shape):
        self.token = self.add_weight(shape=(1, 1, shape[-1]), initializer="zeros", name="token")

    def call(self, x):
        return ops.concatenate([ops.repeat(self.token, ops.shape(x)[0], axis=0), x], axis=1)
`}
