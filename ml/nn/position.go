package nn

import (
	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/op"
	"descent/ml/python"
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

func (l *PositionEmbedding) PyTorch(c *Code) {
	time, size := c.Out[0], c.Out[1]
	m := c.module("", python.Call("nn.Parameter", python.Raw(python.Call("torch.empty", max(l.Positions, time), size))))
	c.start(m, l.Init)
	c.take(m, "weight", asIs)
	if l.Positions > time {
		m += "[:" + python.Literal(time) + "]"
	}
	c.Expr = c.x() + " + " + m
}

func (l *PositionEmbedding) Keras(c *Code) {
	c.Need(kerasPosition)
	c.keras("PositionEmbedding", max(l.Positions, c.Out[0]), python.Arg("initializer", c.kerasInit(l.Init, c.Out[1])), python.Arg("regularizer", c.penalty()))
}

var kerasPosition = python.Def{Name: "PositionEmbedding", Text: `class PositionEmbedding(layers.Layer):
    """Adds a learned vector to each step."""

    def __init__(self, positions, initializer="glorot_uniform", regularizer=None, **kwargs):
        super().__init__(**kwargs)
        self.positions, self.initializer, self.regularizer = positions, initializer, regularizer

    def build(self, shape):
        self.table = self.add_weight(shape=(self.positions, shape[-1]), initializer=self.initializer,
                                     regularizer=self.regularizer, name="table")

    def call(self, x):
        return x + self.table[: x.shape[1]]
`}

func (*SinusoidalPosition) PyTorch(c *Code) {
	c.Need(torchSinusoid)
	m := "self." + c.Name
	c.Make = append(c.Make, python.Call("self.register_buffer", c.Name, python.Raw(python.Call("sinusoid", c.Out[0], c.Out[1])), python.Arg("persistent", false)))
	c.Expr = c.x() + " + " + m
}

func (*SinusoidalPosition) Keras(c *Code) {
	c.Need(kerasSinusoid)
	c.Expr = c.x() + " + " + python.Call("sinusoid", c.Out[0], c.Out[1])
}

var torchSinusoid = python.Def{Name: "sinusoid", Text: `def sinusoid(steps, channels):
    """Waves of many lengths, from which the place of a step can be read."""
    angles = torch.arange(steps)[:, None] / 10000 ** (2 * torch.div(torch.arange(channels), 2, rounding_mode="floor") / channels)
    return torch.where(torch.arange(channels) % 2 == 0, angles.sin(), angles.cos())
`}

var kerasSinusoid = python.Def{Name: "sinusoid", Text: `def sinusoid(steps, channels):
    """Waves of many lengths, from which the place of a step can be read."""
    angles = np.arange(steps)[:, None] / 10000 ** (2 * (np.arange(channels) // 2) / channels)
    return np.where(np.arange(channels) % 2 == 0, np.sin(angles), np.cos(angles)).astype("float32")
`}
