package evaluation

import "math"

// Measured is what was already measured of the outputs' samples, by the names
// of experiment.Metrics, with what shares are of.
type Measured struct {
	Values           map[string]float64
	Decisions        int // of accuracy and top_k
	Correct          int
	Sequences, Exact int      // of exact_match
	Top              float64  // the share top_k, of Decisions
	Areas            []AreaOf // of each class; roc_auc is their mean
}

// More returns figures that are not among the metrics of training: the mean
// surprise at the right class (log_loss), the mean squared distance (mse), and
// of a choice between two classes the average precision.
func (o *Outputs) More() map[string]float64 {
	more := map[string]float64{}
	if o.Classes == 0 {
		if squares := o.squares(); len(squares) > 0 {
			more["mse"], _ = Mean(squares)
		}
		return more
	}
	if s := o.surprises(); len(s) > 0 {
		more["log_loss"], _ = Mean(s)
	}
	if o.Classes == 2 {
		if c, ok := o.Trace(1); ok {
			more["average_precision"] = c.Precision
		}
	}
	return more
}

// Intervals returns where the figures would lie for other samples of the same
// kind; figures without an interval are left out. What is drawn for it comes
// from the seed.
func (o *Outputs) Intervals(m Measured, seed uint64) map[string]Interval {
	out := map[string]Interval{}
	set := func(name string, i Interval) {
		if i.Known() {
			out[name] = i
		}
	}
	if m.Sequences > 0 {
		set("exact_match", Share(m.Exact, m.Sequences))
	}
	if o.Classes == 0 {
		o.ofValues(set, seed)
		return out
	}
	set("accuracy", Share(m.Correct, m.Decisions))
	if _, ok := m.Values["top_k"]; ok {
		set("top_k", Share(int(math.Round(m.Top*float64(m.Decisions))), m.Decisions))
	}
	mean, i := Mean(o.surprises())
	set("log_loss", i)
	if i.Known() {
		set("perplexity", Interval{math.Exp(i.Low), math.Exp(i.High), i.Method})
		if bits, ok := m.Values["bits_per_character"]; ok && mean > 0 {
			set("bits_per_character", Interval{bits * i.Low / mean, bits * i.High / mean, i.Method})
		}
	}
	if !o.Single || o.Classes > 256 {
		return out
	}
	if o.Classes == 2 {
		if c, ok := o.Trace(1); ok {
			set("roc_auc", Area(c.Area, c.Positive, c.Negative))
		}
	} else if len(m.Areas) > 0 {
		set("roc_auc", Areas(m.Areas))
	}
	matrix := make([]int, o.Classes*o.Classes)
	macro := resample(seed, len(o.Truth), 3, func(drawn []int32, now []float64) {
		clear(matrix)
		for _, d := range drawn {
			matrix[int(o.Truth[d])*o.Classes+int(o.Guess[d])]++
		}
		of := Macro(matrix, o.Classes)
		copy(now, of[:])
	})
	for k, name := range []string{"precision", "recall", "f1"} {
		set(name, macro[k])
	}
	return out
}

// ofValues are the intervals of a regression.
func (o *Outputs) ofValues(set func(string, Interval), seed uint64) {
	squares := o.squares()
	_, i := Mean(squares)
	if !i.Known() {
		return
	}
	set("mse", i)
	set("rmse", Interval{math.Sqrt(max(0, i.Low)), math.Sqrt(i.High), i.Method})
	var absolute []float64
	for k := range o.Values[:len(squares)] {
		absolute = append(absolute, math.Abs(float64(o.Answers[k])-float64(o.Values[k])))
	}
	_, i = Mean(absolute)
	set("mae", i)
	if o.Width != 1 {
		return
	}
	r2 := resample(seed, len(squares), 1, func(drawn []int32, now []float64) {
		mean, squared, spread := 0.0, 0.0, 0.0
		for _, d := range drawn {
			mean += float64(o.Values[d]) / float64(len(drawn))
		}
		for _, d := range drawn {
			squared += squares[d]
			spread += (float64(o.Values[d]) - mean) * (float64(o.Values[d]) - mean)
		}
		now[0] = 1 - squared/spread
	})
	set("r2", r2[0])
}

// surprises are -log of what each right class was given. A probability of 0
// counts as the smallest that is told from it, 1e-38, or one sample would make
// the mean infinite.
func (o *Outputs) surprises() []float64 {
	out := make([]float64, len(o.Chance))
	for i, p := range o.Chance {
		out[i] = -math.Log(max(float64(p), 1e-38))
	}
	return out
}

func (o *Outputs) squares() []float64 {
	out := make([]float64, o.rows()*o.Width)
	for i := range out {
		d := float64(o.Answers[i]) - float64(o.Values[i])
		out[i] = d * d
	}
	return out
}

// Macro returns precision, recall and F1 of a confusion matrix, the mean over
// the classes that have samples or were guessed; a share of nothing counts as 0.
func Macro(matrix []int, classes int) (out [3]float64) {
	seen := 0.0
	share := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return float64(a) / float64(b)
	}
	for i := range classes {
		right, of, called := matrix[i*classes+i], 0, 0
		for j := range classes {
			of += matrix[i*classes+j]
			called += matrix[j*classes+i]
		}
		if of+called == 0 {
			continue
		}
		seen++
		out[0] += share(right, called)
		out[1] += share(right, of)
		out[2] += share(2*right, of+called)
	}
	for k := range out {
		out[k] /= seen
	}
	return out
}
