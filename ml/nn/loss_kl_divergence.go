package nn

import "descent/ml/config"

// KLDivergence is DenseCrossEntropy less the entropy of the target.
type KLDivergence struct{}

func init() {
	RegisterLoss(LossInfo{Type: "kl_divergence", Title: "Kullback-Leibler divergence", Classes: true, Values: true,
		Doc:     "How far the model's probabilities are from the target's, in nats: 0 when they are the same",
		Formula: "L = Σj t[j]·(log t[j] - log softmax(x)[j])",
		New:     func() Loss { return &KLDivergence{} }})
}

func (*KLDivergence) Fields() []config.Field { return nil }

func (*KLDivergence) Targets() (low, high float32) { return 0, 1 }

func (*KLDivergence) Attach(a *Attachment) Heads { return a.distribution(true) }

func (*KLDivergence) Ends() string { return "softmax" }

func (*KLDivergence) PyTorch(c *LossCode) {
	c.Expr = `F.kl_div(F.log_softmax(out, dim=-1), ` + c.row() + `, reduction="batchmean")`
}

func (*KLDivergence) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = "keras.losses.KLDivergence()"
	if !c.Ended {
		c.Expr = "lambda y, out: keras.losses.kl_divergence(y, ops.softmax(out))"
	}
}
