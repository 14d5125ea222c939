package train

import (
	"math"

	"descent/ml/nn"
)

// A Report is everything that is measured of a part of the data.
type Report struct {
	Metrics
	// Values holds what the model's answers have, by the names of
	// experiment.Metrics. What is not defined, such as the ROC curve of a class
	// without samples, is left out.
	Values map[string]float64
	K      int // of top_k
	// Classes has a line for each class, or for each question of yes or no.
	Classes []ClassReport
	// Confusion counts samples by [right class][predicted class].
	Confusion [][]int
}

// A ClassReport tells how well a class is found.
type ClassReport struct {
	Precision, Recall, F1 float64
	AUC                   float64 // one against the rest; NaN when there is none
	Samples               int     // that are of it
}

// report computes what was gathered.
func (t *tally) report(m Metrics) Report {
	r := Report{Metrics: m, Values: map[string]float64{"loss": m.Loss()}, K: t.k}
	set := func(name string, v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			r.Values[name] = v
		}
	}
	if a, ok := m.Accuracy(); ok {
		set("accuracy", a)
	}
	if a, ok := m.ExactMatch(); ok {
		set("exact_match", a)
	}
	switch t.kind {
	case nn.OneClass:
		if t.scored == 0 {
			return r
		}
		n := float64(t.scored)
		if t.k > 0 {
			set("top_k", float64(t.top)/n)
		}
		if t.logits {
			set("perplexity", math.Exp(t.surprise/n))
			set("bits_per_character", t.surprise/float64(t.length)/math.Ln2)
		}
		t.perClass(&r)
	case nn.YesNo:
		for i, d := range t.yes {
			step := len(t.yes)
			r.Classes = append(r.Classes, line(d, t.area(i, step, func(row int) bool { return t.truth[i+row*step] == 1 })))
		}
	default:
		t.ofValues(set)
	}
	r.means(set)
	return r
}

func (t *tally) area(from, step int, is func(int) bool) float64 {
	if t.whole {
		if a, ok := t.auc(from, step, is); ok {
			return a
		}
	}
	return math.NaN()
}

func (t *tally) perClass(r *Report) {
	c := t.classes
	if t.confusion == nil {
		return
	}
	for i := range c {
		var d decisions
		d.right = t.confusion[i*c+i]
		for j := range c {
			if j != i {
				d.missed += t.confusion[i*c+j]
				d.wrong += t.confusion[j*c+i]
			}
		}
		r.Classes = append(r.Classes, line(d, t.area(i, c, func(row int) bool { return t.truth[row] == int32(i) })))
		r.Confusion = append(r.Confusion, t.confusion[i*c:(i+1)*c])
	}
}

// line computes a class's figures; a share of nothing counts as 0, as
// scikit-learn has it.
func line(d decisions, auc float64) ClassReport {
	share := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return float64(a) / float64(b)
	}
	return ClassReport{Precision: share(d.right, d.right+d.wrong), Recall: share(d.right, d.right+d.missed),
		F1: share(2*d.right, 2*d.right+d.wrong+d.missed), AUC: auc, Samples: d.right + d.missed}
}

// means are over the classes that have samples or were predicted, and over
// those that have a ROC curve.
func (r *Report) means(set func(string, float64)) {
	var precision, recall, f1, auc, n, curves float64
	for i, c := range r.Classes {
		seen := c.Samples > 0
		for j := range r.Confusion {
			seen = seen || r.Confusion[j][i] > 0
		}
		if seen {
			precision, recall, f1, n = precision+c.Precision, recall+c.Recall, f1+c.F1, n+1
		}
		if !math.IsNaN(c.AUC) {
			auc, curves = auc+c.AUC, curves+1
		}
	}
	set("precision", precision/n)
	set("recall", recall/n)
	set("f1", f1/n)
	set("roc_auc", auc/curves)
}

// ofValues computes the figures of a regression; R² is the mean of the outputs'.
func (t *tally) ofValues(set func(string, float64)) {
	var absolute, squared, r2, n float64
	for _, m := range t.values {
		absolute += m.absolute
		squared += m.squared
		n += float64(m.n)
		r2 += (1 - m.squared/m.spread) / float64(len(t.values))
	}
	if n == 0 {
		return
	}
	set("mae", absolute/n)
	set("rmse", math.Sqrt(squared/n))
	set("r2", r2)
}
