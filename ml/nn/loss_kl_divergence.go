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
