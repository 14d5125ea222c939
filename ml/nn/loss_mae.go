package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// MAE compares values, and takes outliers more calmly than MSE.
type MAE struct{}

func init() {
	RegisterLoss(LossInfo{Type: "mae", Title: "Mean absolute error", Values: true,
		Doc:     "The mean distance between prediction and value; outliers count for less than with squares",
		Formula: "L = mean |x - t|",
		New:     func() Loss { return &MAE{} }})
}

func (*MAE) Fields() []config.Field { return nil }

func (*MAE) Attach(a *Attachment) Heads {
	return a.values(func(oneHot bool) graph.Op { return op.MAE{OneHot: oneHot} })
}

func (*MAE) Ends() string { return "" }

func (*MAE) PyTorch(c *LossCode) { c.Expr = "F.l1_loss(out, " + c.row() + ")" }

func (*MAE) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = "keras.losses.MeanAbsoluteError()"
}
