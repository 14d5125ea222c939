package session

import (
	"time"

	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// spent is how long the speed of a machine is measured: long enough for a
// clock that counts tenths of a millisecond, too short to be noticed.
const spent = 8 * time.Millisecond

// speed measures how many FLOPs of training a second this machine does, with a
// small convolutional network. It is only to be estimated by: what a model
// reaches depends on its layers, and on how many workers share the steps.
func speed() float64 {
	var conv, dense nn.Layer
	for typ, l := range map[string]*nn.Layer{"conv2d": &conv, "dense": &dense} {
		info, _ := nn.Lookup(typ)
		*l = info.New()
	}
	flat, _ := nn.Lookup("flatten")
	loss, _ := nn.LookupLoss("cross_entropy")
	m := nn.Model{Nodes: []nn.Node{{ID: "conv", Type: "conv2d", Layer: conv}, {ID: "flat", Type: "flatten", Layer: flat.New()}, {ID: "dense", Type: "dense", Layer: dense}}}
	const batch, side, classes = 4, 12, 64
	g := graph.NewBuilder()
	out, _ := m.Build(g, tensor.Shape{batch, side, side, 4}, nn.Options{Seed: 1, Classes: classes})
	heads := m.Attach(g, out, loss.New(), tensor.Shape{1}, classes)
	if g.Err() != nil {
		return 0
	}
	p := g.Compile(graph.NewParams(g.Params(), 1), graph.Options{Loss: heads.Loss, Train: true})
	cost := p.Cost()
	start, steps := time.Now(), 0
	for ; steps < 3 || time.Since(start) < spent; steps++ {
		p.Forward(0, 0)
		p.Backward(1.0 / batch)
	}
	return float64(steps) * float64(cost.Forward+cost.Backward) / max(time.Since(start).Seconds(), 1e-9)
}
