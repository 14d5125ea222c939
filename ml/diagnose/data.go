package diagnose

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/data"
)

// scaled has the samples brought to about -1 to 1; false where something is
// done with them already, or where they are tokens.
func (r *Run) scaled() (Fix, bool) {
	d := r.Experiment.Data
	if r.Tokens || len(d.Preprocess) > 0 || len(r.Experiment.Model.Nodes) > 0 && strings.Contains(r.Experiment.Model.Nodes[0].Type, "norm") {
		return Fix{}, false
	}
	return Fix{Kind: "scale", Does: config.Word("Standardise the inputs and train again"),
		Set: []Setting{{"data.preprocess", config.List(config.Text("standardise"))}}}, true
}

// unscaled is inputs that are far from -1 to 1.
func unscaled(r *Run) (f Finding, found bool) {
	fix, ok := r.scaled()
	if r.Facts == nil || !ok || r.Facts.Size < 20 {
		return f, false
	}
	return Finding{Kind: Unscaled,
		Seen:  config.Say("The inputs are large: a feature is about %s on average.", number(r.Facts.Size)),
		Why:   config.Word("The first weights suit inputs of about -1 to 1. Larger ones make some slopes very steep and others flat, so no learning rate suits all weights."),
		Fixes: []Fix{fix},
	}, true
}

// imbalance is classes of which one is rare beside another.
func imbalance(r *Run) (f Finding, found bool) {
	if r.Facts == nil || len(r.Facts.Counts) < 2 || r.Facts.Looked < 50 {
		return f, false
	}
	counts := r.Facts.Counts
	most, least := slices.Max(counts), slices.Max(counts)
	for _, n := range counts {
		if n > 0 {
			least = min(least, n)
		}
	}
	if most < 8*least || r.Experiment.Train.Loss != "cross_entropy" || r.balanced() {
		return f, false
	}
	at := func(n int) string {
		i := slices.Index(counts, n)
		if i < len(r.Classes) {
			return r.Classes[i]
		}
		return string(config.Num(float64(i)).Append(nil, ""))
	}
	return Finding{Kind: Imbalance,
		Seen: config.Say("The classes are of very different size: of %d samples %d are %q and %d are %q.", r.Facts.Looked, most, at(most), least, at(least)),
		Why: config.Say("Who always answers %q is right in %s %% of all cases and has learned nothing, so accuracy says little here and rare classes are neglected.",
			at(most), percent(float64(most)/float64(max(1, r.Facts.Looked)))),
		Fixes: []Fix{{Kind: "balance", Does: config.Word("Let rare classes count as much as common ones and train again"),
			Set: []Setting{{"train.loss", config.Obj(config.Member{Key: "type", Value: config.Text("cross_entropy")},
				config.Member{Key: "class_weights", Value: config.Text("balanced")})}}}},
	}, true
}

// balanced reports whether the loss weighs classes.
func (r *Run) balanced() bool {
	for _, f := range r.Experiment.Train.Objective.Fields() {
		if v := f.Value(); f.Name == "class_weights" {
			return v.Kind == config.String && v.Str != "" || len(v.Items) > 0
		}
	}
	return false
}

// duplicates is samples that are trained on and validated with.
func duplicates(r *Run) (f Finding, found bool) {
	if r.Facts == nil || r.Facts.Shared < 5 || 20*r.Facts.Shared < r.Facts.Checked {
		return f, false
	}
	return Finding{Kind: Duplicates,
		Seen:  config.Say("%d of %d validation samples are also among the training samples, number for number.", r.Facts.Shared, r.Facts.Checked),
		Why:   config.Word("Who has seen an answer before need not understand the question: the validation looks better than the model is. Samples that are there twice must be in one part only."),
		Fixes: []Fix{{Kind: "look_data", Does: config.Word("Look at the data"), Look: "data"}},
	}, true
}

// telling is a column that gives the answer away.
func telling(r *Run) (f Finding, found bool) {
	if r.Facts == nil || r.Facts.Telling == "" {
		return f, false
	}
	told := r.Facts.Told
	switch {
	case len(r.Facts.Counts) > 0 && told < 0.99, len(r.Facts.Counts) == 0 && told < 0.9995:
		return f, false
	case len(r.Facts.Counts) > 0:
		if most := slices.Max(r.Facts.Counts); float64(most) > 0.9*float64(r.Facts.Looked) {
			return f, false // nearly all are of one class anyway
		}
		f.Seen = config.Say("The column %q alone tells the class of %s %% of the samples.", r.Facts.Telling, percent(told))
	default:
		f.Seen = config.Say("The column %q alone tells the value: their correlation is %s.", r.Facts.Telling, number(told))
	}
	f.Kind = Telling
	f.Why = config.Word("Such a column is often made from the answer, or is a number of the row in a sorted file. When the model is used it will not be there, or will not help.")
	if _, ok := r.Experiment.Data.Settings.(data.Learner); ok {
		for _, field := range r.Experiment.Data.Settings.Fields() {
			if field.Name == "skip" {
				skip := r.Facts.Telling
				if was := field.Value().Str; was != "" {
					skip = was + ", " + skip
				}
				f.Fixes = append(f.Fixes, Fix{Kind: "skip", Does: config.Say("Leave the column %q out and train again", r.Facts.Telling),
					Set: []Setting{{"data.source.skip", config.Text(skip)}}})
			}
		}
	}
	f.Fixes = append(f.Fixes, Fix{Kind: "look_data", Does: config.Word("Look at the data"), Look: "data"})
	return f, true
}

// tooGood is a table whose validation samples are all told right after an epoch.
func tooGood(r *Run) (f Finding, found bool) {
	source, _ := data.Lookup(r.Experiment.Data.Source)
	if len(r.Valid) == 0 || source.Kind != "table" || r.Facts == nil || r.Facts.Checked < 50 || r.Facts.Telling != "" && r.Facts.Told >= 0.99 {
		return f, false
	}
	v := r.Valid[0]
	if v.Epoch > 1.01 || v.Accuracy < 0.999 {
		return f, false
	}
	return Finding{Kind: TooGood,
		Seen:  config.Say("After one epoch all of %d validation samples are told right.", r.Facts.Checked),
		Why:   config.Word("Hardly any real task is so easy. Perhaps a column holds the answer in other words, or the same cases are in both parts."),
		Fixes: []Fix{{Kind: "look_data", Does: config.Word("Look at the data"), Look: "data"}},
	}, true
}
