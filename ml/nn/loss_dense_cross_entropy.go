package nn

import (
	"descent/ml/config"
	"descent/ml/op"
	"descent/ml/python"
)

// DenseCrossEntropy compares logits with probabilities, such as labels of which
// people disagree, or another model's answers. A class index counts as certain.
type DenseCrossEntropy struct{}

func init() {
	RegisterLoss(LossInfo{Type: "dense_cross_entropy", Title: "Cross entropy of distributions", Classes: true, Values: true,
		Doc:     "Cross entropy where the target is a probability for each class and not one right class",
		Formula: "L = -Σj t[j]·log softmax(x)[j]",
		New:     func() Loss { return &DenseCrossEntropy{} }})
}

func (*DenseCrossEntropy) Fields() []config.Field { return nil }

func (*DenseCrossEntropy) Targets() (low, high float32) { return 0, 1 }

func (*DenseCrossEntropy) Attach(a *Attachment) Heads { return a.distribution(false) }

// distribution attaches a comparison of the result's softmax with probabilities.
func (a *Attachment) distribution(divergence bool) Heads {
	oneHot, ok := a.compared()
	if !ok {
		return Heads{}
	}
	if a.Shape[len(a.Shape)-1] == 1 {
		return a.Fail("a softmax of one output is always 1, so there is nothing to learn; give the last layer a unit for each class")
	}
	score, predict := a.logits()
	return Heads{Loss: a.Apply(op.DenseCrossEntropy{OneHot: oneHot, Divergence: divergence}, score),
		Score: score, Predict: predict, Answer: OneClass, Logits: true}
}

func (*DenseCrossEntropy) Ends() string { return "softmax" }

func (*DenseCrossEntropy) PyTorch(c *LossCode) { c.Expr = "F.cross_entropy(out, " + c.row() + ")" }

func (*DenseCrossEntropy) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = python.Call("keras.losses.CategoricalCrossentropy", python.Unless("from_logits", !c.Ended, false))
}
