package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// MSE compares values, or a score for each class with 1 and 0.
type MSE struct{}

func init() {
	RegisterLoss(LossInfo{Type: "mse", Title: "Mean squared error", Values: true,
		Doc:     "The mean of the squared differences; for values",
		Formula: "L = mean (x - t)²",
		New:     func() Loss { return &MSE{} }})
}

func (*MSE) Fields() []config.Field { return nil }

func (*MSE) Attach(a *Attachment) Heads {
	return a.values(func(oneHot bool) graph.Op { return op.MSE{OneHot: oneHot} })
}

func (*MSE) Ends() string { return "" }

func (*MSE) PyTorch(c *LossCode) { c.Expr = "F.mse_loss(out, " + c.row() + ")" }

func (*MSE) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = "keras.losses.MeanSquaredError()"
}
