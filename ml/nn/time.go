package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// LastStep keeps a sequence's last step.
type LastStep struct{}

// MeanOverTime averages a sequence's steps.
type MeanOverTime struct{}

// ClassToken puts a learned step before a sequence. Parameters: weight[channels].
type ClassToken struct{}

func init() {
	Register(Info{Type: "last_step", Title: "Last step", Group: "sequence",
		Doc:     "Keeps only the last step of a sequence, which has seen all the others",
		Formula: "y = x[T-1]",
		New:     func() Layer { return &LastStep{} }})
	Register(Info{Type: "mean_over_time", Title: "Mean over time", Group: "sequence",
		Doc:     "Averages the steps of a sequence into one row",
		Formula: "y = Σt x[t] / T",
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

func (*MeanOverTime) Fields() []config.Field { return nil }

func (*MeanOverTime) Build(b *Builder, in ...graph.Value) graph.Value {
	if _, _, ok := b.steps("mean_over_time", in[0]); !ok {
		return graph.Value{}
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
