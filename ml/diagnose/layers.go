package diagnose

import (
	"strings"

	"descent/ml/config"
)

// bent lists the nodes whose activation is one of those, and the path of that
// setting.
func (r *Run) bent(functions ...string) (paths []string) {
	nodes := r.Experiment.Model.Nodes
	for i, n := range nodes {
		if i == len(nodes)-1 {
			break // what the answers are made of stays
		}
		for _, f := range n.Layer.Fields() {
			if f.Name != "activation" && f.Name != "function" || len(f.Choices) == 0 {
				continue
			}
			for _, function := range functions {
				if f.Value().Str == function && takes(f, "relu") && takes(f, "leaky_relu") {
					paths = append(paths, "model.nodes."+n.ID+".config."+f.Name)
				}
			}
		}
	}
	return paths
}

func takes(f config.Field, choice string) bool {
	for _, c := range f.Choices {
		if c == choice {
			return true
		}
	}
	return false
}

func setAll(paths []string, to string) (out []Setting) {
	for _, p := range paths {
		out = append(out, Setting{p, config.Text(to)})
	}
	return out
}

// vanishing is gradients that hardly reach the first layers, in a model that
// does not learn.
func vanishing(r *Run) (f Finding, found bool) {
	c := r.Checkup
	if c == nil || r.Step < 50 || len(r.Train) < 25 || r.now() < 0.7*r.begin() {
		return f, false
	}
	type layer struct {
		name string
		grad float64
	}
	var layers []layer
	for i, name := range c.Nodes {
		if i < len(c.Grad) && c.Grad[i] >= 0 && !r.embeds(name) {
			layers = append(layers, layer{name, c.Grad[i]})
		}
	}
	if len(layers) < 3 {
		return f, false
	}
	first, end := layers[0], layers[len(layers)-1]
	if first.grad > 1e-3*end.grad {
		return f, false
	}
	f = Finding{Kind: Vanishing,
		Seen: config.Say("The gradient of %q is %s, and of %q it is %s: the first layer feels less than a thousandth of what the last one feels, and the loss is still %s.",
			first.name, number(first.grad), end.name, number(end.grad), number(r.now())),
		Why: config.Word("On its way back from the loss each layer makes the gradient smaller: sigmoid to a quarter at most, tanh to almost nothing where its values stand at their ends. What reaches the first layers is too little to learn from."),
	}
	if paths := r.bent("sigmoid", "tanh"); len(paths) > 0 {
		f.Fixes = append(f.Fixes, Fix{Kind: "relu", Does: several(len(paths), config.Word("Give the layer relu, which passes the gradient on as it is, and train again"),
			config.Say("Give %d layers relu, which passes the gradient on as it is, and train again", len(paths))),
			Set: setAll(paths, "relu")})
	}
	if fix, ok := r.normalised(); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	if len(f.Fixes) == 0 {
		f.Fixes = append(f.Fixes, r.faster(10))
	}
	return f, true
}

// embeds reports whether a node looks tokens up: most rows of its table have no
// gradient in a step.
func (r *Run) embeds(node string) bool {
	for _, n := range r.Experiment.Model.Nodes {
		if n.ID == node {
			return strings.Contains(n.Type, "embedding") || strings.Contains(n.Type, "position")
		}
	}
	return false
}

// normalised puts a layer normalisation before every hidden dense layer but the
// first; false where the model has such layers or no chain of dense ones.
func (r *Run) normalised() (Fix, bool) {
	var in []Insertion
	for i, n := range r.Experiment.Model.Nodes {
		switch {
		case strings.Contains(n.Type, "norm"), len(n.From) > 1:
			return Fix{}, false
		case n.Type == "dense" && i > 0:
			in = append(in, Insertion{n.ID, "layer_norm", config.Obj()})
		}
	}
	if len(in) == 0 {
		return Fix{}, false
	}
	return Fix{Kind: "normalise", Does: several(len(in), config.Word("Put a normalisation before the layer, which keeps its inputs of one size, and train again"),
		config.Say("Put a normalisation before %d layers, which keeps their inputs of one size, and train again", len(in))), Insert: in}, true
}

// deadReLU is layers most of whose units are always zero.
func deadReLU(r *Run) (f Finding, found bool) {
	c := r.Checkup
	if c == nil {
		return f, false
	}
	worst, share := "", 0.0
	for i, name := range c.Nodes {
		if i < len(c.Dead) && c.Dead[i] > share {
			worst, share = name, c.Dead[i]
		}
	}
	learns := len(r.Train) > 25 && r.now() < 0.7*r.begin()
	if share < 0.6 || share < 0.95 && learns {
		return f, false
	}
	f = Finding{Kind: DeadReLU,
		Seen: config.Say("%s %% of the units of %q answer 0 to every sample that was looked at.", percent(share), worst),
		Why:  config.Word("A unit of relu whose sum is below zero for all samples passes no gradient, so it can never come back: it is dead. A learning rate that is too high, or inputs that are not scaled, push units there."),
	}
	if paths := r.bent("relu"); len(paths) > 0 {
		f.Fixes = append(f.Fixes, Fix{Kind: "leaky", Does: several(len(paths), config.Word("Give the layer leaky relu, which never passes nothing, and train again"),
			config.Say("Give %d layers leaky relu, which never passes nothing, and train again", len(paths))),
			Set: setAll(paths, "leaky_relu")})
	}
	f.Fixes = append(f.Fixes, r.slower(10))
	return f, true
}
