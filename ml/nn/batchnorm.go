package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// BatchNorm brings each channel to mean 0 and variance 1 over the batch.
// Parameters: gain[channels], bias[channels]; kept from batch to batch:
// mean[channels], variance[channels].
type BatchNorm struct {
	Eps, Momentum float64
}

func init() {
	Register(Info{Type: "batch_norm", Title: "Batch normalisation", Group: "normalisation", WholeBatch: true,
		Doc: "Brings each channel to mean 0 and variance 1 over the batch, then stretches it as learned; " +
			"outside training it uses running means of both",
		Formula: "y = (x - mean x)/√(var x + eps)·gain + bias",
		New:     func() Layer { return &BatchNorm{Eps: 1e-5, Momentum: 0.9} }})
}

func (l *BatchNorm) Fields() []config.Field {
	return []config.Field{
		epsField(&l.Eps),
		config.Float("momentum", &l.Momentum, 0, 0.9999,
			"How much of the running mean and variance stays in each step, as Keras counts it; PyTorch's momentum is 1 minus this"),
	}
}

func (l *BatchNorm) Build(b *Builder, in ...graph.Value) graph.Value {
	n := b.channels(in[0])
	return b.Apply(op.BatchNorm{Eps: l.Eps, Frozen: b.Frozen}, in[0], b.Gain("gain", n), b.Bias("bias", n),
		b.State("mean", 0, l.Momentum, n), b.State("variance", 1, l.Momentum, n))
}
