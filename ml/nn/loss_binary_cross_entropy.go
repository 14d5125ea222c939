package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/op"
	"descent/ml/python"
)

// BinaryCrossEntropy is for questions that are answered by yes or no: one
// output for two classes, or any number of outputs that do not exclude each
// other. It looks through a sigmoid that ends the model, and where there is
// none adds one for showing predictions.
type BinaryCrossEntropy struct{}

func init() {
	RegisterLoss(LossInfo{Type: "binary_cross_entropy", Title: "Binary cross entropy", Classes: true, Values: true,
		Doc:     "Cross entropy of a yes or no for each output; for two classes with one output, or several labels at once",
		Formula: "L = -t·log σ(x) - (1-t)·log(1-σ(x))",
		New:     func() Loss { return &BinaryCrossEntropy{} }})
}

func (*BinaryCrossEntropy) Fields() []config.Field { return nil }

func (*BinaryCrossEntropy) Targets() (low, high float32) { return 0, 1 }

func (*BinaryCrossEntropy) Attach(a *Attachment) Heads {
	oneHot, ok := a.compared()
	if !ok {
		return Heads{}
	}
	var sigmoid graph.Op = op.Activation{Act: kernel.Sigmoid}
	logits, answers := a.Through(sigmoid)
	h := Heads{Loss: a.Apply(op.BinaryCrossEntropy{OneHot: oneHot}, logits), Score: answers, Predict: answers, Answer: YesNo}
	if oneHot {
		h.Answer = OneClass // the surest yes is the predicted class
	}
	return h
}

func (*BinaryCrossEntropy) Ends() string { return "sigmoid" }

func (*BinaryCrossEntropy) PyTorch(c *LossCode) {
	c.Expr = "F.binary_cross_entropy_with_logits(out, " + c.row() + ")"
}

func (*BinaryCrossEntropy) Keras(c *LossCode) {
	c.kerasRow()
	c.Expr = python.Call("keras.losses.BinaryCrossentropy", python.Unless("from_logits", !c.Ended, false))
}
