package diagnose

import (
	"descent/ml/config"
	"descent/ml/nn"
)

// overfit is a validation loss that rises while the training loss falls.
func overfit(r *Run) (f Finding, found bool) {
	n := len(r.Valid)
	if n < 8 || len(r.Train) < 20 {
		return f, false
	}
	best := 0
	for i, p := range r.Valid {
		if p.Loss < r.Valid[best].Loss {
			best = i
		}
	}
	low := r.Valid[best].Loss
	valid := mean(losses(last(r.Valid, 3)))
	train := mean(losses(last(r.Train, 5)))
	since := n - 1 - best
	switch {
	case since < max(5, n/5), valid < 1.25*low, valid-low < 0.08*r.begin(), train > 0.8*low:
		return f, false
	}
	f = Finding{Kind: Overfit,
		Seen: config.Say("The validation loss was best at epoch %s with %s and is %s now, while the training loss has fallen to %s.",
			number(r.Valid[best].Epoch), number(low), number(valid), number(train)),
		Why: config.Say("The model has begun to learn its %d training samples by heart: it gets better at those and worse at samples that it has not seen. It overfits.", r.Samples),
	}
	if !r.Experiment.Train.EarlyStopping.On() {
		f.Fixes = append(f.Fixes, Fix{Kind: "early", Does: config.Word("Stop when the validation gets no better, keep the best weights, and train again"),
			Set: []Setting{{"train.early_stopping", config.Obj(config.Member{Key: "patience", Value: config.Num(float64(max(5, n/10)))})}}})
	}
	if fix, ok := r.dropout(); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	if r.Experiment.Train.L2 == 0 {
		f.Fixes = append(f.Fixes, Fix{Kind: "l2", Does: config.Say("Keep the weights small with an L2 penalty of %s and train again", number(1e-3)),
			Set: []Setting{{"train.l2", config.Num(1e-3)}}})
	}
	if len(f.Fixes) == 0 {
		f.Fixes = append(f.Fixes, Fix{Kind: "look_data", Does: config.Word("Look at the data: more samples help most"), Look: "data"})
	}
	return f, true
}

// dropout puts one before the last layer; false where there is one, or where the
// last layer reads something else than the one before it.
func (r *Run) dropout() (Fix, bool) {
	nodes := r.Experiment.Model.Nodes
	if len(nodes) < 2 {
		return Fix{}, false
	}
	for _, n := range nodes {
		if n.Type == "dropout" {
			return Fix{}, false
		}
	}
	end := nodes[len(nodes)-1]
	if end.Type != "dense" || len(end.From) > 1 {
		return Fix{}, false
	}
	return Fix{Kind: "dropout", Does: config.Say("Put a dropout of %s %% before the last layer and train again", percent(0.3)),
		Insert: []Insertion{{end.ID, "dropout", config.Obj(config.Member{Key: "rate", Value: config.Num(0.3)})}}}, true
}

// underfit is a model that has learned all it can and is not good.
func underfit(r *Run) (f Finding, found bool) {
	if !r.settled() || !r.level(0.01) || r.Tokens || len(r.Classes) == 0 || len(r.Valid) == 0 || r.scheduledDown() && r.Step < r.Steps {
		return f, false
	}
	accuracy := 0.0
	recent := last(r.Train, 20)
	for _, p := range recent {
		accuracy += p.Accuracy / float64(len(recent))
	}
	valid := r.Valid[len(r.Valid)-1].Accuracy
	if accuracy > 0.8 || accuracy < 0 || r.hasNoise() {
		return f, false
	}
	f = Finding{Kind: Underfit,
		Seen: config.Say("The loss no longer falls, and only %s %% of the training samples are told right (%s %% of the validation samples).", percent(accuracy), percent(valid)),
		Why:  config.Say("The model is too simple for this task: with %d parameters it cannot even learn the samples it sees. It underfits.", r.Parameters),
	}
	f.Fixes = append(f.Fixes, r.larger())
	return f, true
}

// hasNoise reports whether labels were made wrong on purpose.
func (r *Run) hasNoise() bool { return r.Experiment.Data.LabelNoise > 0 }

// larger gives hidden layers twice the units, or the model a hidden layer.
func (r *Run) larger() Fix {
	nodes := r.Experiment.Model.Nodes
	f := Fix{Kind: "larger"}
	for i, n := range nodes {
		if l, ok := n.Layer.(*nn.Dense); ok && i < len(nodes)-1 && l.Units > 0 && l.Activation != "none" {
			f.Set = append(f.Set, Setting{"model.nodes." + n.ID + ".config.units", config.Num(float64(max(8, 2*l.Units)))})
		}
	}
	if len(f.Set) > 0 {
		f.Does = several(len(f.Set), config.Word("Give the hidden layer at least twice the units and train again"),
			config.Say("Give %d layers at least twice the units and train again", len(f.Set)))
		return f
	}
	end := nodes[len(nodes)-1].ID
	layer := func() *config.Value {
		return config.Obj(config.Member{Key: "units", Value: config.Num(16)}, config.Member{Key: "activation", Value: config.Text("relu")})
	}
	return Fix{Kind: "deeper", Does: config.Say("Add two hidden layers of %d units and train again", 16),
		Insert: []Insertion{{end, "dense", layer()}, {end, "dense", layer()}}}
}
