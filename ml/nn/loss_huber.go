package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
)

// Huber compares values: squared near the target, a line far from it.
type Huber struct {
	Delta float64
}

func init() {
	RegisterLoss(LossInfo{Type: "huber", Title: "Huber", Values: true,
		Doc:     "Squared error for small differences and absolute error for large ones",
		Formula: "L = mean e²/2 where |e| ≤ δ, else δ·(|e| - δ/2)",
		New:     func() Loss { return &Huber{Delta: 1} }})
}

func (l *Huber) Fields() []config.Field {
	return []config.Field{
		config.Float("delta", &l.Delta, 1e-6, 1e6, "The difference from which on the error grows like a line"),
	}
}

func (l *Huber) Attach(a *Attachment) Heads {
	return a.values(func(oneHot bool) graph.Op { return op.Huber{Delta: float32(l.Delta), OneHot: oneHot} })
}

func (*Huber) Ends() string { return "" }

func (l *Huber) PyTorch(c *LossCode) {
	c.Expr = python.Call("F.huber_loss", python.Raw("out"), python.Raw(c.row()), python.Unless("delta", l.Delta, 1))
}

func (l *Huber) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = python.Call("keras.losses.Huber", python.Unless("delta", l.Delta, 1))
}
