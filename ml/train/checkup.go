package train

import (
	"math"
	"strings"

	"descent/ml/config"
	"descent/ml/nn"
)

// A Vital is how a node of the model does. A figure that the node does not have
// is -1.
type Vital struct {
	Node string
	// Of its weights: the root mean square of the gradient, over the steps since
	// the last checkup, and of the numbers themselves; and how far the latest
	// measured step moved them, as a part of their length.
	Grad, Weight, Ratio float64
	Dead                float64 // the share of its units that are 0 for every sample looked at; of relu
	Saturated           float64 // the share of its values that stand at an end of their range; of tanh and sigmoid
}

// A Checkup looks at every node of the model: at its gradients, which training
// adds up on the way, and at what it answers to some training samples. It runs
// a program of its own, so that training goes on as if nobody had looked.
type Checkup struct {
	t     *Trainer
	nodes []bent
	p     *program // nil where no node bends its values in a way that can go wrong
	ids   []int
}

// bent is a node whose values an activation function has bent.
type bent struct {
	node, function string
}

// checkupSamples is how many samples a checkup looks at.
const checkupSamples = 32

// Values that stand so near to an end of their range hardly pass a gradient:
// at 0.99, tanh passes a fiftieth and sigmoid a hundredth.
const saturated = 0.99

// Checkup prepares looking at the model, as often as wanted.
func (t *Trainer) Checkup() *Checkup {
	c := &Checkup{t: t}
	for _, n := range t.exp.Model.Nodes {
		if f := bends(n); f != "" && n.ID != t.exp.Model.Nodes[len(t.exp.Model.Nodes)-1].ID {
			c.nodes = append(c.nodes, bent{n.ID, f})
		}
	}
	if n := min(checkupSamples, t.train.Len()); len(c.nodes) > 0 && n > 0 {
		for i := range n { // spread over all of them, which may be sorted
			c.ids = append(c.ids, i*t.train.Len()/n)
		}
		c.p = t.newReplica(false).compile(n, func(name string) bool {
			for _, b := range c.nodes {
				if name == b.node {
					return true
				}
			}
			return false
		})
	}
	return c
}

// bends returns the activation function that a node ends with, where it is one
// that can die or saturate; else "".
func bends(n nn.Node) string {
	setting := ""
	switch n.Type {
	case "activation":
		setting = "function"
	case "dense", "conv1d", "conv2d", "depthwise_conv2d", "separable_conv2d", "conv2d_transpose":
		setting = "activation"
	}
	for _, f := range n.Layer.Fields() {
		if v := f.Value(); f.Name == setting && v.Kind == config.String {
			switch v.Str {
			case "relu", "tanh", "sigmoid":
				return v.Str
			}
		}
	}
	return ""
}

// Run looks, and begins to add up gradients anew.
func (c *Checkup) Run() []Vital {
	t := c.t
	out := make([]Vital, len(t.exp.Model.Nodes))
	for i, n := range t.exp.Model.Nodes {
		out[i] = t.gauge.vital(n.ID)
	}
	t.gauge.newRound()
	if c.p == nil {
		return out
	}
	c.p.fill(t.train, c.ids)
	c.p.Forward(0, 0)
	for _, b := range c.nodes {
		for i := range out {
			if out[i].Node == b.node {
				v := c.p.At(b.node)
				c.look(b.function, v.Data, v.Shape[len(v.Shape)-1], &out[i])
			}
		}
	}
	return out
}

func (c *Checkup) look(function string, x []float32, units int, v *Vital) {
	if function == "relu" {
		alive := make([]bool, units)
		for i, y := range x {
			if y > 0 {
				alive[i%units] = true
			}
		}
		dead := 0
		for _, a := range alive {
			if !a {
				dead++
			}
		}
		v.Dead = float64(dead) / float64(units)
		return
	}
	low := float32(-saturated)
	if function == "sigmoid" {
		low = 1 - saturated
	}
	n := 0
	for _, y := range x {
		if y > saturated || y < low {
			n++
		}
	}
	v.Saturated = float64(n) / float64(len(x))
}

// vital is what the gauge knows of a node's weights.
func (g *gauge) vital(node string) Vital {
	v := Vital{Node: node, Grad: -1, Weight: -1, Ratio: -1, Dead: -1, Saturated: -1}
	n, grad, weight, moved, length := 0, 0.0, 0.0, 0.0, 0.0
	for i, info := range g.params.Index {
		if !strings.HasPrefix(info.Name, node+".") || info.Frozen || info.State || len(info.Shape) < 2 {
			continue // biases begin at zero, and say little
		}
		n += info.Shape.Len()
		grad += g.squares[i]
		moved, length = moved+g.moved[i], length+g.length[i]
		w := g.params.Of(g.params.Value, i)
		k, squares := stride(len(w)), 0.0
		for j := 0; j < len(w); j += k {
			squares += float64(w[j]) * float64(w[j])
		}
		weight += squares * float64(k)
	}
	if n == 0 {
		return v
	}
	v.Weight = math.Sqrt(weight / float64(n))
	if g.steps > 0 {
		v.Grad = math.Sqrt(grad / float64(n) / float64(g.steps))
	}
	if length > 0 {
		v.Ratio = math.Sqrt(moved / length)
	}
	return v
}

func (g *gauge) newRound() {
	clear(g.squares)
	g.steps = 0
}
