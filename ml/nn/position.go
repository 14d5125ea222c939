package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
)

// PositionEmbedding adds a learned vector to each step. Parameters:
// weight[positions, channels].
type PositionEmbedding struct {
	Positions int
	Init      string
}

// SinusoidalPosition adds fixed waves to the steps.
type SinusoidalPosition struct{}

func init() {
	Register(Info{Type: "position_embedding", Title: "Position embedding", Group: "sequence",
		Doc:     "Adds a learned vector to each step, so that attention, which sees a set, knows the order",
		Formula: "y[t] = x[t] + P[t]",
		New:     func() Layer { return &PositionEmbedding{Init: "unit_length"} }})
	Register(Info{Type: "sinusoidal_position", Title: "Sinusoidal position", Group: "sequence",
		Doc:     "Adds waves of many lengths to the steps, from which their order can be read; nothing is learned",
		Formula: "y[t,2k] = x[t,2k] + sin(t/10000^(2k/C)), y[t,2k+1] = x[t,2k+1] + cos(t/10000^(2k/C))",
		New:     func() Layer { return &SinusoidalPosition{} }})
}

func (l *PositionEmbedding) Fields() []config.Field {
	return []config.Field{
		config.Int("positions", &l.Positions, 0, 1<<16, "How many steps have a vector; 0 means as many as the sequence has").With("steps"),
		tableInitField(&l.Init),
	}
}

func (l *PositionEmbedding) Build(b *Builder, in ...graph.Value) graph.Value {
	time, size, ok := b.steps("position_embedding", in[0])
	if !ok {
		return graph.Value{}
	}
	positions := l.Positions
	if positions == 0 {
		positions = time
	}
	if positions < time {
		return b.Fail("positions", "", "there are %d positions, and the sequence has %d steps; make it at least %d", positions, time, time)
	}
	return b.Apply(op.Position{}, in[0], b.Weight("weight", l.Init, positions, size))
}

func (*SinusoidalPosition) Fields() []config.Field { return nil }

func (*SinusoidalPosition) Build(b *Builder, in ...graph.Value) graph.Value {
	time, size, ok := b.steps("sinusoidal_position", in[0])
	if !ok {
		return graph.Value{}
	}
	return b.Apply(op.NewSinusoid(time, size), in[0])
}
