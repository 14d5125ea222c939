package session

import (
	"time"

	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// Gauged is how fast this machine trains, from a small convolutional network. It
// is only to be estimated by: what a model reaches depends on its layers, and on
// how many workers share the steps.
type Gauged struct {
	FLOPS float64 // FLOPs of training a second
}

// A gauge measures the speed in short turns while there is nothing else to do.
// Most turns are for the engine: a browser compiles what runs often once more,
// and faster, while it runs.
type gauge struct {
	turns   int
	best    float64
	cost    float64 // FLOPs of a step
	program *graph.Program
}

const (
	gaugeTurns = 25
	gaugeTurn  = 8 * time.Millisecond // long enough for a clock that counts tenths of a millisecond
	gaugePause = 16 * time.Millisecond
)

// gaugeBatch is small, so that a turn of the slowest machine stays short.
const gaugeBatch = 4

// turn measures once, and reports whether there is more to do.
func (g *gauge) turn() (more bool) {
	if g.program == nil && !g.build() {
		g.turns = gaugeTurns
		return false
	}
	start, steps := time.Now(), 0
	for ; steps == 0 || time.Since(start) < gaugeTurn; steps++ {
		g.program.Forward(0, 0)
		g.program.Backward(1.0 / gaugeBatch)
	}
	g.best = max(g.best, float64(steps)*g.cost/max(time.Since(start).Seconds(), 1e-9))
	if g.turns++; g.turns == gaugeTurns {
		g.program = nil
	}
	return g.turns < gaugeTurns
}

// build makes the network.
func (g *gauge) build() bool {
	const side, channels, classes = 12, 4, 64
	m := nn.Model{}
	for _, typ := range []string{"conv2d", "flatten", "dense"} {
		info, _ := nn.Lookup(typ)
		m.Nodes = append(m.Nodes, nn.Node{ID: typ, Type: typ, Layer: info.New()})
	}
	loss, _ := nn.LookupLoss("cross_entropy")
	b := graph.NewBuilder()
	out, _ := m.Build(b, tensor.Shape{gaugeBatch, side, side, channels}, nn.Options{Seed: 1, Classes: classes})
	if b.Err() != nil {
		return false
	}
	heads := m.Attach(b, out, loss.New(), tensor.Shape{1}, classes)
	if b.Err() != nil {
		return false
	}
	g.program = b.Compile(graph.NewParams(b.Params(), 1), graph.Options{Loss: heads.Loss, Train: true})
	cost := g.program.Cost()
	g.cost = float64(cost.Forward + cost.Backward)
	return true
}

// measureGauge goes on with measuring where that was asked for, and returns how
// long Work's owner may wait.
func (s *Session) measureGauge() time.Duration {
	if !s.Gauge || s.gauge.turns >= gaugeTurns || s.phase != Ready {
		return Idle
	}
	if s.gauge.turn() {
		return gaugePause
	}
	s.emit(Event{Gauged: &Gauged{FLOPS: s.gauge.best}})
	return Idle
}
